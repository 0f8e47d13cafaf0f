import { textOf } from './value.ts';

/**
 * The domain of a web or e-mail address, or of a bare host name: lower case, without `www.`. Undefined where there is
 * none, or it cannot be a company's (an IP address, a name without a dot).
 */
export function domainOf(value: unknown): string | undefined {
  const given = textOf(value)?.toLowerCase();
  if (!given) return undefined;
  const host = given
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^.*@/, '')
    .split(/[/?#:]/)[0]!
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]+$/u.test(host) ? host : undefined;
}

/** The domains of several addresses, each once, in order. */
export const domainsOf = (values: readonly unknown[]): string[] => [
  ...new Set(values.flatMap((value) => domainOf(value) ?? [])),
];
