import { fromIsoAsUtc } from '../../formats/time.ts';
import { isLoose, textOf } from '../../formats/value.ts';

/** A field is text, a reference `{link, value}`, or `{display_value, value}`; all values are text, missing ones empty. */
export const valueOf = (field: unknown): string | undefined =>
  textOf(isLoose(field) ? (field.value ?? field.display_value) : field);
export const displayOf = (field: unknown): string | undefined =>
  isLoose(field) ? textOf(field.display_value) : undefined;
export const timeOf = (field: unknown): Date | undefined => fromIsoAsUtc(valueOf(field));
