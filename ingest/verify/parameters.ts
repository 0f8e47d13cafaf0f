import { createHash, createHmac } from 'node:crypto';
import { fromEpochSeconds } from '../formats/time.ts';
import { parseBody } from './body.ts';
import { isForm, queryOf, type Signed, type TrustOf } from './signed.ts';
import { absent, checkWindow, isSameText, refuse, type Verdict } from './verdict.ts';

/** A signature among the parameters of a form, or among the fields of a JSON object. */
export function verifyParameters({ trust, secret, headers, body, now }: Signed<'parameter-hmac'>): Verdict {
  const text = new TextDecoder().decode(body);
  const parameters = isForm(headers)
    ? [...new URLSearchParams(text)]
    : Object.entries(Object(parseBody(body)) as object).map(([name, value]) => [name, String(value)] as const);
  const given = parameters.find(([name]) => name === trust.parameter)?.[1];
  if (!given) return absent(`missing parameter ${trust.parameter}; expected the vendor's signature`);
  const signed = parameters
    .filter(([name]) => name !== trust.parameter)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value.replaceAll(/[&=]/g, '_')}`)
    .join('');
  const expected = createHmac(trust.algorithm, secret).update(signed).digest('hex');
  if (!isSameText(given.toLowerCase(), expected))
    return refuse(`${trust.parameter} does not fit the parameters; check the secret`);
  const signedAt = fromEpochSeconds(parameters.find(([name]) => name === trust.timestampParameter)?.[1]);
  return signedAt
    ? checkWindow(signedAt, now, trust.toleranceSeconds)
    : refuse(`missing parameter ${trust.timestampParameter}; expected epoch seconds`);
}

export function verifyQuery({ trust, secret, url, body, now }: Signed<'sorted-query'>): Verdict {
  const query = queryOf(url);
  if (!isSignedQuery(trust, query, secret))
    return refuse(`${trust.signature} does not fit the address; check the token of this source`);
  if (!isSealSigned(trust, query, secret, body))
    return refuse(`${trust.seal?.signature} does not fit the body; check the token of this source`);
  const signedAt = fromEpochSeconds(query[trust.timestamp]);
  return signedAt
    ? checkWindow(signedAt, now, trust.toleranceSeconds)
    : refuse(`invalid ${trust.timestamp}; expected epoch seconds`);
}

/** Whether the query holds the SHA-1 of the secret, its time and its nonce, sorted and run together. */
export function isSignedQuery(
  names: Readonly<Record<'signature' | 'timestamp' | 'nonce', string>>,
  query: Readonly<Record<string, string | undefined>>,
  secret: string,
  ...more: string[]
): boolean {
  const signed = [secret, query[names.timestamp] ?? '', query[names.nonce] ?? '', ...more].sort().join('');
  return isSameText(query[names.signature] ?? '', createHash('sha1').update(signed).digest('hex'));
}

/** What is sealed is signed too, by a second signature over the sealed text itself. */
function isSealSigned(
  trust: TrustOf<'sorted-query'>,
  query: Readonly<Record<string, string>>,
  secret: string,
  body: Uint8Array,
): boolean {
  if (!trust.seal) return true;
  const { signature, field } = trust.seal;
  const sealed = sealedText(body, field);
  if (sealed === undefined) return query[signature] === undefined;
  return isSignedQuery({ ...trust, signature }, query, secret, sealed);
}

/** The text of one element of an XML body, in CDATA or plain. */
export function sealedText(body: Uint8Array, field: string): string | undefined {
  const text = new TextDecoder().decode(body);
  return new RegExp(`<${field}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(text)?.[1]?.trim();
}
