import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { objectOf } from '../../formats/value.ts';

/** ISO 8601, also in an object as the database writes it, or epoch milliseconds. */
export const timeOf = (value: unknown): Date | undefined =>
  fromIso(value) ??
  fromIso(objectOf(value).$date) ??
  fromEpochMilliseconds(objectOf(value).$date ?? (typeof value === 'number' ? value : null));
