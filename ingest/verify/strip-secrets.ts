import { stringify as stringifyLossless } from 'lossless-json';
import type { Trust } from '../trust.ts';
import { findHolders, parseBody } from './body.ts';

/** Headers that may carry credentials whatever the scheme is. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

/**
 * What of a delivery may be stored: without signature, token and credential headers, and with secrets in the body
 * blanked. Other values of the body keep their exact digits.
 */
export function stripSecrets<Headers extends Record<string, string>>(
  trust: Trust,
  headers: Headers,
  body: Uint8Array,
): { headers: Record<string, string>; body: Uint8Array } {
  const schemes = trust.scheme === 'one-of' ? trust.schemes : [trust];
  const secret = new Set([
    ...CREDENTIAL_HEADERS,
    ...schemes.flatMap((scheme) => ('header' in scheme ? [scheme.header.toLowerCase()] : [])),
  ]);
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.has(name.toLowerCase())));
  const paths = schemes.flatMap((scheme) =>
    scheme.scheme === 'body-secret' ? [scheme.path] : scheme.scheme === 'hmac' ? (scheme.bodySecrets ?? []) : [],
  );
  return { headers: kept, body: paths.length > 0 ? blankSecrets(paths, body) : body };
}

function blankSecrets(paths: readonly string[], body: Uint8Array): Uint8Array {
  const document = parseBody(body);
  const holders = paths.flatMap((path) => findHolders(document, path));
  if (holders.length === 0) return body;
  for (const { object, key } of holders) object[key] = '';
  return new TextEncoder().encode(stringifyLossless(document));
}
