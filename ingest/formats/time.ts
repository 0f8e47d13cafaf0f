/** Reads the times of sources. Each function returns a UTC instant, or undefined where the text is not of its form. */

/** No conversation was held before; a clock that is not set, or a number in another unit, may say so. */
const EARLIEST = Date.UTC(1900, 0);
const LATEST = Date.UTC(2200, 0);

const valid = (date: Date): Date | undefined =>
  date.getTime() >= EARLIEST && date.getTime() < LATEST ? date : undefined;

/** The number that a number or a text says; NaN for anything else. */
const numberIn = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;

/** Epoch seconds as number or text, with or without a fraction, e.g. `"1520383571"`, `1729618499.791`. */
export function fromEpochSeconds(value: unknown): Date | undefined {
  return valid(new Date(Math.round(numberIn(value) * 1000)));
}

/** Epoch milliseconds as number or text. */
export function fromEpochMilliseconds(value: unknown): Date | undefined {
  return valid(new Date(numberIn(value)));
}

/**
 * Epoch seconds or milliseconds, told apart by size: sources that document one send the other. Values from 1e11 on are
 * milliseconds (as seconds they would lie after the year 5000).
 */
export function fromEpoch(value: unknown): Date | undefined {
  return Math.abs(numberIn(value)) >= 1e11 ? fromEpochMilliseconds(value) : fromEpochSeconds(value);
}

/** What ids of some services say: milliseconds since an epoch of their own stand above the lower 22 bits. */
export const fromSnowflake = (id: string, epoch: number): Date | undefined =>
  /^\d{15,20}$/.test(id) ? fromEpochMilliseconds(Number(BigInt(id) >> 22n) + epoch) : undefined;

/** The instant a while after another; undefined where the distance is none that time has. */
export const after = (start: Date, milliseconds: number): Date | undefined =>
  valid(new Date(start.getTime() + milliseconds));

/** ISO 8601 with a zone, also `+0000` without a colon, and fractions finer than a millisecond. */
export function fromIso(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})$/i.exec(value.trim());
  if (!match) return undefined;
  const [, day, clock, fraction = '', zone = 'Z'] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  return valid(new Date(`${day}T${clock}${fraction.slice(0, 4)}${offset}`));
}

/** ISO 8601 with a zone, or epoch seconds or milliseconds: APIs write one, their webhooks or exports the other. */
export const fromIsoOrEpoch = (value: unknown): Date | undefined => fromIso(value) ?? fromEpoch(value);

/** ISO 8601 without a zone, read as UTC; the caller states `isZoneKnown: false` where that is a guess. */
export function fromIsoAsUtc(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  return fromIso(value) ?? fromIso(`${value.trim()}Z`);
}

/** RFC 2822, e.g. `Wed, 02 Aug 2017 20:39:00 +0000`. */
export function fromRfc2822(value: unknown): Date | undefined {
  return typeof value === 'string' && /\d{4}/.test(value) && /[A-Za-z]{3}/.test(value)
    ? valid(new Date(value))
    : undefined;
}
