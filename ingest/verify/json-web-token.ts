import { createHash, createHmac, verify as verifySignature } from 'node:crypto';
import { fromEpochSeconds } from '../formats/time.ts';
import { parseBody, valueAt } from './body.ts';
import { readPublicKeys } from './public-key.ts';
import { isForm, keyOf, readHeader, type Signed } from './signed.ts';
import { checkWindow, isSameText, refuse, trusted, type Verdict } from './verdict.ts';

/** Clocks of two machines differ by this much at most. */
const CLOCK_SECONDS = 60;

/** A token signed with a secret that both sides know. */
export function verifyJwt(signed: Signed<'jwt'>): Verdict {
  const { trust, secret, method, headers, url, body, now } = signed;
  const token = readHeader(headers, trust.header, trust.prefix);
  if (typeof token !== 'string') return token;
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  const key = keyOf(secret, trust.secretEncoding);
  const expected = createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url');
  if (!isSameText(signature, expected) || rest.length > 0 || valueAt(parseToken(head), 'alg') !== 'HS256')
    return refuse(`${trust.header} is not signed with this secret; expected a JSON web token with HS256`);
  const claims = parseToken(payload);
  const age = checkClaimedTime(claims, now, trust.toleranceSeconds);
  if (!age.ok) return age;
  // A GET has no body: its parameters are in the address, which a claim of its own covers.
  const hasBody = body.length > 0 && !(trust.urlHashClaim && method.toUpperCase() === 'GET');
  if (trust.bodyHashClaim && hasBody && !isBodyHash(valueAt(claims, trust.bodyHashClaim), signed))
    return refuse(`${trust.bodyHashClaim} of ${trust.header} does not fit the body`);
  if (trust.urlHashClaim && !isHashOf(valueAt(claims, trust.urlHashClaim), url))
    return refuse(`${trust.urlHashClaim} of ${trust.header} does not fit the address; check publicUrl`);
  return trusted;
}

/**
 * A token signed with the vendor's own key, the same for all its customers: only who issued it tells ours from another
 * customer's, so the issuer is agreed on as the verify token.
 */
export function verifyPublicJwt({ trust, secret, verifyToken, headers, now }: Signed<'jwt-rs256'>): Verdict {
  const token = readHeader(headers, trust.header, trust.prefix);
  if (typeof token !== 'string') return token;
  if (!verifyToken) return refuse('no issuer is configured for this source; set its verifyTokenEnv');
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  const header = parseToken(head);
  const keys = readPublicKeys(secret, valueAt(header, 'kid') as string | undefined);
  const bytes = Buffer.from(signature, 'base64url');
  const isSigned =
    rest.length === 0 &&
    valueAt(header, 'alg') === 'RS256' &&
    bytes.toString('base64url') === signature &&
    keys.some((key) => verifySignature('sha256', Buffer.from(`${head}.${payload}`), key, bytes));
  if (!isSigned) return refuse(`${trust.header} is not signed with this key; expected a JSON web token with RS256`);
  const claims = parseToken(payload);
  if (!isSameText(String(valueAt(claims, 'iss') ?? ''), verifyToken)) return refuse('the token is of another issuer');
  if (valueAt(claims, 'exp') === undefined && valueAt(claims, 'iat') === undefined)
    return refuse('the token has no time; expected exp or iat');
  return checkClaimedTime(claims, now, valueAt(claims, 'exp') === undefined ? trust.toleranceSeconds : undefined);
}

const parseToken = (part: string): unknown => parseBody(Buffer.from(part, 'base64url'));

const isHashOf = (claim: unknown, signed: string | Uint8Array): boolean =>
  isSameText(String(claim).toLowerCase(), createHash('sha256').update(signed).digest('hex'));

/** Parameters of a form are hashed as the object of JSON they make. */
function isBodyHash(claim: unknown, { headers, body }: Signed<'jwt'>): boolean {
  const form = isForm(headers) ? Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body))) : undefined;
  return isHashOf(claim, body) || (form !== undefined && isHashOf(claim, JSON.stringify(form)));
}

function checkClaimedTime(claims: unknown, now: Date, toleranceSeconds: number | undefined): Verdict {
  const time = (name: string) => Number(valueAt(claims, name) ?? Number.NaN);
  const seconds = now.getTime() / 1000;
  if (seconds > time('exp') + CLOCK_SECONDS || seconds < time('nbf') - CLOCK_SECONDS)
    return refuse('the token is not valid at this time (a replay, or a wrong clock)');
  if (toleranceSeconds === undefined) return trusted;
  const signedAt = fromEpochSeconds(time('iat'));
  return signedAt ? checkWindow(signedAt, now, toleranceSeconds) : refuse('missing iat; expected the time of signing');
}
