import type { Trust } from '../trust.ts';
import { absent, refuse, type Verdict } from './verdict.ts';

export interface SignedDelivery {
  readonly trust: Trust;
  /** The source's signing secret, token or public key; undefined where none is configured. */
  readonly secret: string | undefined;
  /** A second text agreed with the vendor, e.g. who issues its tokens. */
  readonly verifyToken?: string | undefined;
  readonly method: string;
  /** The whole address as the vendor called it: with scheme, host and query, before any proxy rewrote it. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came, before any decoding. */
  readonly body: Uint8Array;
  readonly now: Date;
}

export type TrustOf<Scheme extends Trust['scheme']> = Extract<Trust, { scheme: Scheme }>;
export type Signed<Scheme extends Trust['scheme']> = Omit<SignedDelivery, 'trust' | 'secret'> & {
  readonly trust: TrustOf<Scheme>;
  readonly secret: string;
};

export function readHeader(headers: SignedDelivery['headers'], name: string, prefix = ''): string | Verdict {
  const given = headers[name.toLowerCase()];
  if (!given)
    return absent(`missing header ${name}; expected the vendor's ${prefix ? `"${prefix}…"` : 'signature or token'}`);
  return given.startsWith(prefix)
    ? given.slice(prefix.length)
    : refuse(`invalid header ${name}; expected "${prefix}…"`);
}

export const isForm = (headers: SignedDelivery['headers']): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');

export const queryOf = (url: string): Record<string, string> =>
  Object.fromEntries(URL.canParse(url) ? new URL(url).searchParams : []);

/** The key that a secret spells. */
export const keyOf = (secret: string, encoding: 'base64' | undefined): string | Buffer =>
  encoding ? Buffer.from(secret, encoding) : secret;
