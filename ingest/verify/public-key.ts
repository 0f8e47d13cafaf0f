import { createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import { fromEpochSeconds } from '../formats/time.ts';
import { readHeader, type Signed } from './signed.ts';
import { checkWindow, refuse, trusted, type Verdict } from './verdict.ts';

/** Whether a configured text is a key that the vendor publishes: everybody may know it, so it proves nothing as a token. */
export const isPublicKey = (secret: string): boolean => /^\s*(\{|\[|-----BEGIN)/.test(secret);

export function verifyRsa({ trust, secret, headers, body }: Signed<'rsa-sha256'>): Verdict {
  const given = readHeader(headers, trust.header);
  if (typeof given !== 'string') return given;
  const key = readPublicKey(secret);
  if (!key) return refuse('invalid public key of this source; expected PEM');
  const signature = Buffer.from(given, trust.encoding);
  const isExact = signature.toString(trust.encoding) === given;
  return isExact && verifySignature('sha256', body, key, signature)
    ? trusted
    : refuse(`${trust.header} does not fit the delivery; check the public key`);
}

/** Whether a configured text has the form of an Ed25519 key as its vendor shows it. */
export const isEd25519Key = (secret: string): boolean => /^\s*[\da-f]{64}\s*$/i.test(secret);

export function verifyEd25519({ trust, secret, headers, body, now }: Signed<'ed25519'>): Verdict {
  const given = readHeader(headers, trust.header);
  if (typeof given !== 'string') return given;
  const time = readHeader(headers, trust.timestampHeader);
  if (typeof time !== 'string') return time;
  if (!isEd25519Key(secret)) return refuse('invalid public key of this source; expected 64 hex digits');
  const x = Buffer.from(secret.trim(), 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const isSigned =
    /^[\da-f]{128}$/i.test(given) &&
    verifySignature(null, Buffer.concat([Buffer.from(time), body]), key, Buffer.from(given, 'hex'));
  if (!isSigned) return refuse(`${trust.header} does not fit the delivery; check the public key`);
  const signedAt = fromEpochSeconds(time);
  return signedAt
    ? checkWindow(signedAt, now, trust.toleranceSeconds)
    : refuse(`invalid ${trust.timestampHeader}; expected epoch seconds`);
}

/** Vendors label either encoding with either name and put the key on one line: the label and line breaks are ignored. */
export function readPublicKey(pem: string): KeyObject | undefined {
  const der = Buffer.from(pem.replaceAll(/-----[^-]*-----|\s+/g, ''), 'base64');
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      return createPublicKey({ key: der, format: 'der', type });
    } catch {
      // Not of this encoding.
    }
  }
  return undefined;
}

type JsonWebKey = Record<string, unknown>;

/** The keys in PEM, in a JSON web key or in a set of them; of a set, those with the given id, where it is given. */
export function readPublicKeys(secret: string, keyId: string | undefined): KeyObject[] {
  if (!/^\s*[{[]/.test(secret)) return [readPublicKey(secret) ?? []].flat();
  try {
    const given = JSON.parse(secret) as { keys?: JsonWebKey[] } | JsonWebKey[];
    const keys = [Array.isArray(given) ? given : (given.keys ?? (given as JsonWebKey))].flat();
    const named = keys.filter(
      ({ kid, kty }) => kty === 'RSA' && (kid === undefined || keyId === undefined || kid === keyId),
    );
    return named.map((key) => createPublicKey({ key, format: 'jwk' }));
  } catch {
    return [];
  }
}
