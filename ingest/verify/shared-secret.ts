import { countEntries, findHolders, parseBody } from './body.ts';
import { readHeader, type Signed } from './signed.ts';
import { absent, isSameText, refuse, trusted, type Verdict } from './verdict.ts';

export function verifyHeaderToken({ trust, secret, headers }: Signed<'header-token'>): Verdict {
  const given = readHeader(headers, trust.header, trust.prefix);
  if (typeof given !== 'string') return given;
  return isSameText(given, secret) ? trusted : refuse(`wrong token in ${trust.header}`);
}

/** Each entry of a list has to carry the secret: one that is right vouches for itself alone. */
export function verifyBodySecret({ trust, secret, body }: Signed<'body-secret'>): Verdict {
  const document = parseBody(body);
  const given = findHolders(document, trust.path).map(({ object, key }) => object[key]);
  if (given.length === 0 || given.some((value) => typeof value !== 'string'))
    return absent(`missing ${trust.path} in the body; expected JSON with the secret there`);
  const isRight = given.filter((value) => isSameText(value as string, secret)).length === given.length;
  return isRight && given.length === countEntries(document, trust.path)
    ? trusted
    : refuse(`wrong secret at ${trust.path} of the body`);
}

export function verifyPathSecret({ secret, url }: Signed<'path-secret'>): Verdict {
  return isSameText(lastSegment(url), secret)
    ? trusted
    : refuse('wrong or missing secret at the end of the path; expected /v1/ingest/<source>/<secret>');
}

function lastSegment(url: string): string {
  const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return '';
  }
}
