import {
  createHash,
  createHmac,
  createPublicKey,
  timingSafeEqual,
  verify as verifySignature,
  type KeyObject,
} from 'node:crypto';
import { parse as parseLossless, stringify as stringifyLossless } from 'lossless-json';
import { fromEpoch, fromEpochMilliseconds, fromEpochSeconds, fromIso } from './formats/time.ts';
import type { SignedPart, Trust } from './trust.ts';

export interface SignedDelivery {
  readonly trust: Trust;
  /** The source's signing secret, token or public key; undefined where none is configured. */
  readonly secret: string | undefined;
  readonly method: string;
  /** The whole address as the vendor called it: with scheme, host and query, before any proxy rewrote it. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came, before any decoding. */
  readonly body: Uint8Array;
  readonly now: Date;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

type TrustOf<Scheme extends Trust['scheme']> = Extract<Trust, { scheme: Scheme }>;
type Signed<Scheme extends Trust['scheme']> = Omit<SignedDelivery, 'trust' | 'secret'> & {
  readonly trust: TrustOf<Scheme>;
  readonly secret: string;
};

const trusted: Verdict = { ok: true };
const refuse = (reason: string): Verdict => ({ ok: false, reason });

/**
 * Says whether a delivery is its vendor's own. Pure; compares in constant time; a reason tells what to correct and never
 * holds a secret or the signature that would have been right.
 */
export function verifyDelivery({ trust, secret, ...delivery }: SignedDelivery): Verdict {
  if (!secret) return refuse('no secret is configured for this source; set its secretEnv or secretFile');
  switch (trust.scheme) {
    case 'hmac':
      return verifyHmac({ trust, secret, ...delivery });
    case 'rsa-sha256':
      return verifyRsa({ trust, secret, ...delivery });
    case 'header-token':
      return verifyHeaderToken({ trust, secret, ...delivery });
    case 'jwt':
      return verifyJwt({ trust, secret, ...delivery });
    case 'parameter-hmac':
      return verifyParameters({ trust, secret, ...delivery });
    case 'sorted-query':
      return verifyQuery({ trust, secret, ...delivery });
    case 'body-secret':
      return verifyBodySecret({ trust, secret, ...delivery });
    case 'path-secret':
      return isSameText(lastSegment(delivery.url), secret)
        ? trusted
        : refuse('wrong or missing secret at the end of the path; expected /v1/ingest/<source>/<secret>');
  }
}

/** Compares digests of both, so that neither length nor content shows in the time it takes. */
export function isSameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function verifyHmac(signed: Signed<'hmac'>): Verdict {
  const { trust, secret, headers, now } = signed;
  const header = readHeader(headers, trust.header, trust.prefix);
  if (typeof header !== 'string') return header;
  const given = trust.list === undefined ? header : fieldOf(header, trust.list);
  const age = trust.timestamp && checkAge(trust.timestamp, headers, now);
  if (age && !age.ok) return age;
  const bodyClaim = trust.parts.includes('form') ? checkBodyHash(signed) : trusted;
  if (!bodyClaim.ok) return bodyClaim;
  // Every candidate is computed, so that time does not tell which of them fits.
  const matches = addressesOf(signed).filter((url) => {
    const hmac = createHmac(trust.algorithm, secret);
    for (const part of trust.parts) hmac.update(signedBytes(part, { ...signed, url }));
    return isSameText(given, hmac.digest(trust.encoding));
  });
  return matches.length > 0
    ? trusted
    : refuse(
        `${trust.header} does not fit the delivery; check the secret${trust.parts.includes('url') ? ' and publicUrl' : ''}`,
      );
}

/** The value of one field in a list such as `t=1700000000,s=ab12…`. */
const fieldOf = (header: string, name: string): string =>
  header
    .split(',')
    .find((field) => field.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

function signedBytes(part: SignedPart, { trust, method, url, headers, body }: Signed<'hmac'>): string | Uint8Array {
  if (part === 'body') return body;
  if (part === 'url') return url;
  if (part === 'method') return method.toUpperCase();
  if (part === 'form') return isForm(headers) ? sortedForm(body) : '';
  if ('field' in part) return fieldOf(headers[trust.header.toLowerCase()] ?? '', part.field);
  if ('base64' in part) return Buffer.from(String(valueAt(parseBody(body), part.base64) ?? ''), 'base64');
  return 'text' in part ? part.text : (headers[part.header.toLowerCase()] ?? '');
}

const isForm = (headers: SignedDelivery['headers']): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');

/** Names in code-unit order, each with its distinct values, run together without separators. */
function sortedForm(body: Uint8Array): string {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const names = [...new Set(form.keys())].sort();
  return names.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value)).join('');
}

/** A vendor that signs form parameters signs other bodies through their hash in the address; without it they are free. */
function checkBodyHash({ headers, url, body }: Signed<'hmac'>): Verdict {
  if (body.length === 0 || isForm(headers)) return trusted;
  const claimed = URL.canParse(url) ? new URL(url).searchParams.get('bodySHA256') : null;
  if (claimed === null)
    return refuse('the body is not covered by the signature; expected a form or bodySHA256 in the address');
  const hash = createHash('sha256').update(body).digest('hex');
  return isSameText(claimed.toLowerCase(), hash) ? trusted : refuse('bodySHA256 in the address does not fit the body');
}

/** Vendors differ on whether the standard port stands in the address they sign. */
function addressesOf({ trust, url }: Signed<'hmac'>): string[] {
  const match = /^(https?):\/\/([^/?#:]+)(:\d+)?(.*)$/is.exec(url);
  if (!trust.parts.includes('url') || !match) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  const standard = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  if (port !== undefined && port !== standard) return [url];
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${standard}${rest}`];
}

function checkAge(
  { header, field, unit, toleranceSeconds }: NonNullable<TrustOf<'hmac'>['timestamp']>,
  headers: SignedDelivery['headers'],
  now: Date,
): Verdict {
  const whole = headers[header.toLowerCase()];
  const given = field === undefined ? whole : fieldOf(whole ?? '', field);
  if (!given) return refuse(`missing header ${header}; expected the time of signing`);
  const read = { second: fromEpochSeconds, millisecond: fromEpochMilliseconds, epoch: fromEpoch, iso: fromIso }[unit];
  const signedAt = read(given);
  if (!signedAt)
    return refuse(
      `invalid ${header}; expected ${unit === 'iso' ? 'an ISO 8601 time' : unit === 'epoch' ? 'epoch seconds or milliseconds' : `epoch ${unit}s`}`,
    );
  return checkWindow(signedAt, now, toleranceSeconds);
}

function checkWindow(signedAt: Date, now: Date, toleranceSeconds: number): Verdict {
  const seconds = Math.abs(now.getTime() - signedAt.getTime()) / 1000;
  return seconds <= toleranceSeconds
    ? trusted
    : refuse(
        `signed ${Math.round(seconds)} s away from now; expected at most ${toleranceSeconds} s (a replay, or a wrong clock)`,
      );
}

function verifyRsa({ trust, secret, headers, body }: Signed<'rsa-sha256'>): Verdict {
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

/** Vendors label either encoding with either name and put the key on one line: the label and line breaks are ignored. */
function readPublicKey(pem: string): KeyObject | undefined {
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

/** Clocks of two machines differ by this much at most. */
const CLOCK_SECONDS = 60;

function verifyJwt({ trust, secret, headers, url, body, now }: Signed<'jwt'>): Verdict {
  const token = readHeader(headers, trust.header, trust.prefix);
  if (typeof token !== 'string') return token;
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  const key = trust.secretEncoding ? Buffer.from(secret, trust.secretEncoding) : secret;
  const expected = createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url');
  if (!isSameText(signature, expected) || rest.length > 0 || valueAt(parseToken(head), 'alg') !== 'HS256')
    return refuse(`${trust.header} is not signed with this secret; expected a JSON web token with HS256`);
  const claims = parseToken(payload);
  const age = checkClaimedTime(claims, now, trust.toleranceSeconds);
  if (!age.ok) return age;
  if (trust.bodyHashClaim && body.length > 0 && !isHashOf(valueAt(claims, trust.bodyHashClaim), body))
    return refuse(`${trust.bodyHashClaim} of ${trust.header} does not fit the body`);
  if (trust.urlHashClaim && !isHashOf(valueAt(claims, trust.urlHashClaim), url))
    return refuse(`${trust.urlHashClaim} of ${trust.header} does not fit the address; check publicUrl`);
  return trusted;
}

const parseToken = (part: string): unknown => parseBody(Buffer.from(part, 'base64url'));

const isHashOf = (claim: unknown, signed: string | Uint8Array): boolean =>
  isSameText(String(claim).toLowerCase(), createHash('sha256').update(signed).digest('hex'));

function checkClaimedTime(claims: unknown, now: Date, toleranceSeconds: number | undefined): Verdict {
  const time = (name: string) => Number(valueAt(claims, name) ?? Number.NaN);
  const seconds = now.getTime() / 1000;
  if (seconds > time('exp') + CLOCK_SECONDS || seconds < time('nbf') - CLOCK_SECONDS)
    return refuse('the token is not valid at this time (a replay, or a wrong clock)');
  if (toleranceSeconds === undefined) return trusted;
  const signedAt = fromEpochSeconds(time('iat'));
  return signedAt ? checkWindow(signedAt, now, toleranceSeconds) : refuse('missing iat; expected the time of signing');
}

function verifyParameters({ trust, secret, headers, body, now }: Signed<'parameter-hmac'>): Verdict {
  const text = new TextDecoder().decode(body);
  const parameters = isForm(headers)
    ? [...new URLSearchParams(text)]
    : Object.entries(Object(parseBody(body)) as object).map(([name, value]) => [name, String(value)] as const);
  const given = parameters.find(([name]) => name === trust.parameter)?.[1];
  if (!given) return refuse(`missing parameter ${trust.parameter}; expected the vendor's signature`);
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

function verifyQuery({ trust, secret, url, now }: Signed<'sorted-query'>): Verdict {
  const query = Object.fromEntries(URL.canParse(url) ? new URL(url).searchParams : []);
  if (!isSignedQuery(trust, query, secret))
    return refuse(`${trust.signature} does not fit the address; check the token of this source`);
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
): boolean {
  const signed = [secret, query[names.timestamp] ?? '', query[names.nonce] ?? ''].sort().join('');
  return isSameText(query[names.signature] ?? '', createHash('sha1').update(signed).digest('hex'));
}

function verifyHeaderToken({ trust, secret, headers }: Signed<'header-token'>): Verdict {
  const given = readHeader(headers, trust.header, trust.prefix);
  if (typeof given !== 'string') return given;
  return isSameText(given, secret) ? trusted : refuse(`wrong token in ${trust.header}`);
}

function verifyBodySecret({ trust, secret, body }: Signed<'body-secret'>): Verdict {
  const given = valueAt(parseBody(body), trust.path);
  if (typeof given !== 'string')
    return refuse(`missing ${trust.path} in the body; expected JSON with the secret there`);
  return isSameText(given, secret) ? trusted : refuse(`wrong secret at ${trust.path} of the body`);
}

function readHeader(headers: SignedDelivery['headers'], name: string, prefix = ''): string | Verdict {
  const given = headers[name.toLowerCase()];
  if (!given)
    return refuse(`missing header ${name}; expected the vendor's ${prefix ? `"${prefix}…"` : 'signature or token'}`);
  return given.startsWith(prefix)
    ? given.slice(prefix.length)
    : refuse(`invalid header ${name}; expected "${prefix}…"`);
}

function lastSegment(url: string): string {
  const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return '';
  }
}

function parseBody(body: Uint8Array): unknown {
  try {
    return parseLossless(new TextDecoder().decode(body), undefined, {
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch {
    return undefined;
  }
}

/** The value at a dotted path, or undefined. */
function valueAt(document: unknown, path: string): unknown {
  const holder = findHolder(document, path);
  return holder?.object[holder.key];
}

/** The object that holds the value at a dotted path, with the last key. */
function findHolder(document: unknown, path: string): { object: Record<string, unknown>; key: string } | undefined {
  const keys = path.split('.');
  const key = keys.pop()!;
  let object = document;
  for (const step of keys) object = isObject(object) ? object[step] : undefined;
  return isObject(object) && Object.hasOwn(object, key) ? { object, key } : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Headers that may carry credentials whatever the scheme is. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

/**
 * What of a delivery may be stored: without signature, token and credential headers, and with the secret in the body
 * blanked. Other values of the body keep their exact digits.
 */
export function stripSecrets<Headers extends Record<string, string>>(
  trust: Trust,
  headers: Headers,
  body: Uint8Array,
): { headers: Record<string, string>; body: Uint8Array } {
  const secret = new Set([...CREDENTIAL_HEADERS, ...('header' in trust ? [trust.header.toLowerCase()] : [])]);
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.has(name.toLowerCase())));
  return { headers: kept, body: trust.scheme === 'body-secret' ? blankSecret(trust.path, body) : body };
}

function blankSecret(path: string, body: Uint8Array): Uint8Array {
  const document = parseBody(body);
  const holder = findHolder(document, path);
  if (!holder) return body;
  holder.object[holder.key] = '';
  return new TextEncoder().encode(stringifyLossless(document));
}
