/** Reads single values out of loose vendor objects; absent, null and empty are all undefined. */

export type Loose = Readonly<Record<string, unknown>>;

export const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at `value`, or an empty one. */
export const objectOf = (value: unknown): Loose => (isLoose(value) ? value : {});

let leftOut = 0;

/** The objects in the list at `value`, or none. */
export function objectsOf(value: unknown): Loose[] {
  if (!Array.isArray(value)) return [];
  const objects = value.filter(isLoose);
  if (objects.length < value.length)
    leftOut += value.filter((item) => (item ?? null) !== null && !isLoose(item)).length;
  return objects;
}

/** How many values `objectsOf` has left out since it was last asked, so that parsing can count them as refused. */
export function takeLeftOut(): number {
  const count = leftOut;
  leftOut = 0;
  return count;
}

/** A text that is not blank, trimmed; numbers become their digits; of a repeated parameter the last one counts. */
export function textOf(value: unknown): string | undefined {
  const single: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof single === 'number') return String(single);
  return typeof single === 'string' && single.trim() !== '' ? single.trim() : undefined;
}

/** The texts in the list at `value`, or none. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((each) => textOf(each) ?? []) : [];

/** The texts among `values`, joined; undefined where there is none. */
export const joinedTexts = (separator: string, values: readonly unknown[]): string | undefined =>
  textOf(textsOf(values).join(separator));

/** What stands behind the last slash of a path, link or resource name: mostly an id. Undefined where nothing does. */
export const lastSegment = (path: unknown): string | undefined => textOf(textOf(path)?.split('/').at(-1));

/** A finite number, also where it is sent as text. */
export function numberOf(value: unknown): number | undefined {
  const number = Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** A whole number, also where it is sent as text; undefined beyond what a number holds exactly. */
export function integerOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A table to look up words of a vendor in: it holds what it is given and nothing else (`constructor` is not in it). */
export const tableOf = <Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null) as Record<string, Value>, entries);

/** Whether a value is an e-mail address and nothing else. */
export const isAddress = (value: unknown): boolean => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(textOf(value) ?? '');
