import { fromIsoAsUtc } from '../../formats/time.ts';
import { isLoose, textOf } from '../../formats/value.ts';

/** A field is text, a reference `{link, value}`, or `{display_value, value}`; all values are text, missing ones empty. */
export const valueOf = (field: unknown): string | undefined =>
  textOf(isLoose(field) ? (field.value ?? field.display_value) : field);

/**
 * The id that a reference leads to. Read for display it has a name instead, `{display_value, link}`: the id then stands
 * at the end of the link. A text is an id only where it can be one (`isForDisplay`: the record has names for values).
 */
export function referenceOf(field: unknown, isForDisplay = false): string | undefined {
  if (isLoose(field)) return textOf(field.value) ?? /\/(\w+)$/.exec(textOf(field.link) ?? '')?.[1];
  const text = isForDisplay ? undefined : textOf(field);
  return text && /^\w+$/.test(text) ? text : undefined;
}

export const displayOf = (field: unknown): string | undefined =>
  isLoose(field) ? textOf(field.display_value) : undefined;
export const timeOf = (field: unknown): Date | undefined => fromIsoAsUtc(valueOf(field));
