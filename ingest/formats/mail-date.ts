import { fromEpochMilliseconds, fromIso } from './time.ts';
import { tableOf } from './value.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Zone names of RFC 822, in minutes east of Greenwich. */
const ZONES = tableOf<number>({
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  CET: 60,
  CEST: 120,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  JST: 540,
});
const DATE =
  /(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s-]+(\d{2,3}|[1-9]\d{3})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?/;

export interface MailDate {
  readonly date: Date;
  readonly isZoneKnown: boolean;
}

/**
 * The instant of a Date header (RFC 5322, with the obsolete forms), or undefined where it is none. Two-digit years are
 * read as the RFC says; a zone that is missing or unknown is read as UTC, and stated as not known.
 */
export function parseMailDate(header: string | undefined): MailDate | undefined {
  const text = (header ?? '').replace(/\([^()]*\)/g, ' ').trim();
  const iso = fromIso(text);
  if (iso) return { date: iso, isZoneKnown: true };
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [day, year, hour, minute, second] = [match[1], match[3], match[4], match[5], match[6] ?? 0].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const month = MONTHS.indexOf(match[2]!.toLowerCase());
  if (month < 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = offsetMinutes(match[7]);
  const time = Date.UTC(fullYear(year, match[3]!.length), month, day, hour, minute, second) - (offset ?? 0) * 60_000;
  const date = fromEpochMilliseconds(time);
  return date && { date, isZoneKnown: offset !== undefined };
}

const fullYear = (year: number, digits: number): number =>
  digits > 3 ? year : digits === 3 ? 1900 + year : year + (year < 50 ? 2000 : 1900);

function offsetMinutes(zone: string | undefined): number | undefined {
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone ?? '');
  if (!numeric) return ZONES[(zone ?? '').toUpperCase()];
  return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
}
