export const personalDataKinds = [
  'email',
  'card',
  'iban',
  'national id',
  'phone',
  'address',
  'name',
  'order number',
] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/** A place in the original text, in UTF-16 units. */
export interface PersonalSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalDataKind;
}

/** Every place that a pattern matches. */
export const matches = (text: string, pattern: RegExp, kind: PersonalDataKind): PersonalSpan[] =>
  [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, kind }));

/** Where an offset into the original words lies in the masked ones; one within a masked place goes to its end. */
export function maskedOffset(offset: number, spans: readonly PersonalSpan[]): number {
  let shift = 0;
  for (const { start, end, kind } of spans)
    if (start < offset) shift += kind.length + '[]'.length - (Math.min(offset, end) - start);
  return offset + shift;
}
