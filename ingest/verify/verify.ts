import type { Trust } from '../trust.ts';
import { verifyHmac } from './hmac.ts';
import { verifyJwt, verifyPublicJwt } from './json-web-token.ts';
import { verifyParameters, verifyQuery } from './parameters.ts';
import { isEd25519Key, isPublicKey, verifyEd25519, verifyRsa } from './public-key.ts';
import { verifyBodySecret, verifyHeaderToken, verifyPathSecret } from './shared-secret.ts';
import type { SignedDelivery } from './signed.ts';
import { refuse, type Verdict } from './verdict.ts';

/**
 * Says whether a delivery is its vendor's own. Pure; compares in constant time; a reason tells what to correct and never
 * holds a secret or the signature that would have been right.
 */
export function verifyDelivery({ trust, secret, ...delivery }: SignedDelivery): Verdict {
  if (!secret) return refuse('no secret is configured for this source; set its secretEnv or secretFile');
  switch (trust.scheme) {
    case 'one-of':
      return verifyOneOf(trust.schemes, { secret, ...delivery });
    case 'hmac':
      return verifyHmac({ trust, secret, ...delivery });
    case 'rsa-sha256':
      return verifyRsa({ trust, secret, ...delivery });
    case 'ed25519':
      return verifyEd25519({ trust, secret, ...delivery });
    case 'jwt':
      return verifyJwt({ trust, secret, ...delivery });
    case 'jwt-rs256':
      return verifyPublicJwt({ trust, secret, ...delivery });
    case 'parameter-hmac':
      return verifyParameters({ trust, secret, ...delivery });
    case 'sorted-query':
      return verifyQuery({ trust, secret, ...delivery });
    case 'header-token':
      return verifyHeaderToken({ trust, secret, ...delivery });
    case 'body-secret':
      return verifyBodySecret({ trust, secret, ...delivery });
    case 'path-secret':
      return verifyPathSecret({ trust, secret, ...delivery });
  }
}

/** The secret of these is a key that the vendor publishes. */
const PUBLIC_SCHEMES: ReadonlySet<Trust['scheme']> = new Set<Trust['scheme']>(['rsa-sha256', 'ed25519', 'jwt-rs256']);

/**
 * Each scheme that the configured secret can be for is tried; what a delivery carries in vain is named in the reason. A
 * public key is never taken for a token, nor a token for a public key.
 */
function verifyOneOf(
  schemes: readonly Exclude<Trust, { scheme: 'one-of' }>[],
  delivery: Omit<SignedDelivery, 'trust'> & { secret: string },
): Verdict {
  const isPublic =
    isPublicKey(delivery.secret) ||
    (schemes.some(({ scheme }) => scheme === 'ed25519') && isEd25519Key(delivery.secret));
  const verdicts = schemes
    .filter(({ scheme }) => PUBLIC_SCHEMES.has(scheme) === isPublic)
    .map((trust) => verifyDelivery({ trust, ...delivery }));
  return (
    verdicts.find(({ ok }) => ok) ??
    verdicts.find((verdict) => !verdict.ok && !verdict.isAbsent) ??
    verdicts[0] ??
    refuse('the secret of this source is of another kind; expected a token, or the public key of the vendor')
  );
}
