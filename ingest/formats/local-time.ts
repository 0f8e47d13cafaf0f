import { DateTime } from 'luxon';
import { z } from 'zod';
import { fromEpochMilliseconds } from './time.ts';

/** Where a source writes wall-clock times without a zone: the zone of its clock. Without it they are read as UTC. */
export const TimeZone = z
  .string()
  .refine((zone) => DateTime.local({ zone }).isValid, 'expected a zone of the IANA database, e.g. Europe/Berlin')
  .optional();

/** A wall-clock time such as `2026-03-05 14:00:00` or `2026-03-05T14:00` in a zone; undefined where not of that form. */
export function fromLocal(value: unknown, zone = 'UTC'): Date | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(value.trim())) return undefined;
  const time = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
  return time.isValid ? fromEpochMilliseconds(time.toMillis()) : undefined;
}
