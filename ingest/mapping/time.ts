import { DateTime } from 'luxon';
import { precisionOf } from '../formats/helpdesk.ts';
import { fromLocal } from '../formats/local-time.ts';
import { fromEpoch, fromEpochMilliseconds, fromEpochSeconds, fromIso, fromRfc2822 } from '../formats/time.ts';
import type { FactOf } from '../records.ts';

export interface ReadTime {
  readonly at: Date;
  readonly nativeTime: string;
  readonly timePrecision: NonNullable<FactOf<'utterance'>['timePrecision']>;
  readonly isZoneKnown: boolean;
}

type Reader = (text: string, zone: string | undefined) => Omit<ReadTime, 'nativeTime'> | undefined;

const exact = (at: Date | undefined, timePrecision: ReadTime['timePrecision']) =>
  at && { at, timePrecision, isZoneKnown: true };

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
const epoch =
  (read: (value: unknown) => Date | undefined): Reader =>
  (text) => {
    const at = isNumber(text) ? read(text) : undefined;
    return exact(at, at && at.getTime() % 1000 !== 0 ? 'millisecond' : 'second');
  };

const readers: Readonly<Record<string, Reader>> = {
  iso: (text, zone) => exact(fromIso(text), precisionOf(text)) ?? readLocal(text, zone),
  epoch: epoch(fromEpoch),
  epoch_seconds: epoch(fromEpochSeconds),
  epoch_milliseconds: (text) => exact(isNumber(text) ? fromEpochMilliseconds(text) : undefined, 'millisecond'),
  rfc2822: (text) => exact(fromRfc2822(text), 'second'),
};

/** A day or a wall-clock time, in the zone that the mapping states. */
function readLocal(text: string, zone: string | undefined): ReturnType<Reader> {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = fromLocal(isDay ? `${text}T00:00` : text, zone);
  const timePrecision = isDay ? 'day' : /[T ]\d{2}:\d{2}:\d{2}/.test(text) ? precisionOf(text) : 'minute';
  return at && { at, timePrecision, isZoneKnown: zone !== undefined };
}

/** Any other name is a pattern in letters of Unicode, e.g. `dd.MM.yyyy HH:mm`; with `Z` in it, the zone is the text's. */
const byPattern =
  (pattern: string): Reader =>
  (text, zone) => {
    const letters = pattern.replaceAll(/'[^']*'/g, '');
    const time = DateTime.fromFormat(text, pattern, { zone: zone ?? 'UTC', locale: 'en-US' });
    if (!time.isValid) return undefined;
    const timePrecision = /[Su]/.test(letters)
      ? 'millisecond'
      : /[sXtT]/.test(letters)
        ? 'second'
        : /m/.test(letters)
          ? 'minute'
          : 'day';
    return { at: time.toJSDate(), timePrecision, isZoneKnown: zone !== undefined || /[ZXxz]/.test(letters) };
  };

/** Reads a time of one form; undefined where the text is not of it. */
export function readTime(text: string, form: string, zone: string | undefined): ReadTime | undefined {
  const read = Object.hasOwn(readers, form) ? readers[form]! : byPattern(form);
  const time = read(text, zone);
  return time && { ...time, nativeTime: text };
}
