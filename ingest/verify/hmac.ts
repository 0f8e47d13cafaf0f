import { createHash, createHmac } from 'node:crypto';
import { fromEpoch, fromEpochMilliseconds, fromEpochSeconds, fromIso } from '../formats/time.ts';
import type { SignedPart } from '../trust.ts';
import { plainAddress, decodedAddress, orderedAddress, sortedForm } from './address.ts';
import { parseBody, valueAt } from './body.ts';
import { isForm, keyOf, readHeader, type Signed, type SignedDelivery, type TrustOf } from './signed.ts';
import { checkWindow, isSameText, refuse, trusted, type Verdict } from './verdict.ts';

const ADDRESS_PARTS: readonly SignedPart[] = ['url', 'plain-url', 'decoded-url', 'ordered-url'];

export function verifyHmac(signed: Signed<'hmac'>): Verdict {
  const { trust, secret, headers, now } = signed;
  const header = readHeader(headers, trust.header, trust.prefix);
  if (typeof header !== 'string') return header;
  const age = trust.timestamp && checkAge(trust.timestamp, headers, now);
  if (age && !age.ok) return age;
  const bodyClaim = trust.parts.includes('form') ? checkBodyHash(signed) : trusted;
  if (!bodyClaim.ok) return bodyClaim;
  const given = trust.list === undefined ? header : fieldOf(header, trust.list);
  const key = keyOf(secret, trust.secretEncoding);
  // Every candidate is computed, so that time does not tell which of them fits.
  const matches = addressesOf(signed).flatMap((url) => {
    const hmac = createHmac(trust.algorithm, key);
    for (const part of trust.parts) hmac.update(signedBytes(part, { ...signed, url }));
    const expected = hmac.digest(trust.encoding);
    return (trust.hasSeveral ? given.split(',') : [given]).filter((each) => isSameText(each.trim(), expected));
  });
  return matches.length > 0
    ? trusted
    : refuse(
        `${trust.header} does not fit the delivery; check the secret${signsAddress(trust) ? ' and publicUrl' : ''}`,
      );
}

const signsAddress = ({ parts }: TrustOf<'hmac'>): boolean => parts.some((part) => ADDRESS_PARTS.includes(part));

/** The value of one field in a list such as `t=1700000000,s=ab12…`. */
const fieldOf = (header: string, name: string): string =>
  header
    .split(',')
    .find((field) => field.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

function signedBytes(part: SignedPart, { trust, method, url, headers, body }: Signed<'hmac'>): string | Uint8Array {
  if (typeof part !== 'string') {
    if ('field' in part) return fieldOf(headers[trust.header.toLowerCase()] ?? '', part.field);
    if ('base64' in part) return Buffer.from(String(valueAt(parseBody(body), part.base64) ?? ''), 'base64');
    return 'text' in part ? part.text : (headers[part.header.toLowerCase()] ?? '');
  }
  switch (part) {
    case 'body':
      return body;
    case 'body-hash':
      return createHash('sha256').update(body).digest();
    case 'method':
      return method.toUpperCase();
    case 'form':
      // The parameters of a GET stand in the address, which is signed as it is.
      return isForm(headers) && method.toUpperCase() !== 'GET' ? sortedForm(body) : '';
    case 'url':
      return url;
    case 'plain-url':
      return plainAddress(url);
    case 'decoded-url':
      return decodedAddress(url);
    case 'ordered-url':
      return orderedAddress(url, isForm(headers) ? body : new Uint8Array());
  }
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
  if (!signsAddress(trust) || !match) return [url];
  const [, scheme, host, port, rest] = match;
  const standard = scheme!.toLowerCase() === 'https' ? ':443' : ':80';
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
