/** The forms in which vendors sign the address they call, and the parameters of a form. */

/** Without its parameters. */
export const plainAddress = (url: string): string => url.replace(/[?#].*$/s, '');

/** The characters that are signed as themselves though they are sent encoded; all others stay as they are sent. */
const DECODED = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

export const decodedAddress = (url: string): string =>
  url.replace(DECODED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Names in code-unit order, each with its distinct values, run together without separators. */
export function sortedForm(body: Uint8Array): string {
  return joined([...new Map(parametersOf(body).map((pair) => [pair.join('\u001f'), pair])).values()], '', '');
}

/**
 * The address with its parameters in order, `a=1&b=2`, and after them those of the form, run together; a question mark
 * stands where there are parameters of either kind, and a full stop between the two.
 */
export function orderedAddress(url: string, form: Uint8Array): string {
  const query = joined([...(URL.canParse(url) ? new URL(url).searchParams : [])], '=', '&');
  const parameters = joined(parametersOf(form), '', '');
  return [plainAddress(url), query || parameters ? '?' : '', query, query && parameters ? '.' : '', parameters].join(
    '',
  );
}

type Pair = [name: string, value: string];

const parametersOf = (form: Uint8Array): Pair[] => [...new URLSearchParams(new TextDecoder().decode(form))];

const joined = (pairs: readonly Pair[], equals: string, separator: string): string =>
  pairs
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => name + equals + value)
    .join(separator);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
