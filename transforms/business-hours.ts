import { DateTime, Interval } from 'luxon';
import type { Config } from '../config.ts';
import type { Session } from '../data/store.ts';
import { ConfigError } from '../errors.ts';

export interface OpenInterval {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Open seconds before it begins, since the first one of the table. */
  readonly secondsBefore: number;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/**
 * The times that are open from a day before `from` until after `to`, in UTC. Clock times are those of the calendar's
 * zone on each day, so an interval is an hour longer or shorter where the clock changes within it. One that ends before
 * it begins (22:00 to 06:00) crosses midnight; `24:00` is the end of the day. A holiday closes the intervals that begin
 * on it. The first row is always an empty one, so that every instant of the period lies after some row.
 */
export function openIntervals(
  { timeZone, week, holidays }: Config['businessHours'],
  from: Date,
  to: Date,
): OpenInterval[] {
  const start = DateTime.fromJSDate(from, { zone: timeZone }).startOf('day').minus({ days: 2 });
  if (!start.isValid)
    throw new ConfigError(
      `invalid businessHours.timeZone: ${timeZone}; expected an IANA time zone such as Europe/Berlin`,
    );
  const intervals: OpenInterval[] = [{ startsAt: start.toJSDate(), endsAt: start.toJSDate(), secondsBefore: 0 }];
  let secondsBefore = 0;
  let endsAt: DateTime = start;
  for (let day: DateTime = start; day <= DateTime.fromJSDate(to, { zone: timeZone }); day = day.plus({ days: 1 })) {
    const hours = week[weekdays[day.weekday - 1]!];
    if (!hours || holidays.includes(day.toISODate()!)) continue;
    const open = openOn(day, hours);
    // What the night before already covers is not counted twice.
    const begins = DateTime.max(open.begins, endsAt);
    if (begins >= open.ends) continue;
    intervals.push({ startsAt: begins.toJSDate(), endsAt: open.ends.toJSDate(), secondsBefore });
    secondsBefore += Interval.fromDateTimes(begins, open.ends).length('seconds');
    endsAt = open.ends;
  }
  return intervals;
}

function openOn(day: DateTime, [opens, closes]: readonly [string, string]) {
  const at = (clock: string, date: DateTime) => {
    const [hour, minute] = clock.split(':').map(Number) as [number, number];
    return hour === 24 ? date.plus({ days: 1 }).startOf('day') : date.set({ hour, minute });
  };
  const begins = at(opens, day);
  const ends = at(closes, day);
  return { begins, ends: ends > begins ? ends : at(closes, day.plus({ days: 1 })) };
}

/** Business seconds between two instants; negative where `to` comes first. The SQL of the marts does the same set-wise. */
export function businessSeconds(intervals: readonly OpenInterval[], from: Date, to: Date): number {
  const openUpTo = (instant: Date): number => {
    const last = intervals.findLast(({ startsAt }) => startsAt <= instant);
    if (!last) return 0;
    const passed = Math.min(instant.getTime(), last.endsAt.getTime()) - last.startsAt.getTime();
    return last.secondsBefore + passed / 1000;
  };
  return openUpTo(to) - openUpTo(from);
}

/** Makes the temporary table `business_interval` for the period. */
export async function createBusinessIntervals(
  session: Session,
  hours: Config['businessHours'],
  from: Date,
  to: Date,
): Promise<void> {
  await session.run(
    'create or replace temp table business_interval (starts_at timestamp not null, ends_at timestamp not null, seconds_before double not null)',
  );
  await session.append(
    'business_interval',
    [
      { name: 'starts_at', type: 'timestamp' },
      { name: 'ends_at', type: 'timestamp' },
      { name: 'seconds_before', type: 'double' },
    ],
    openIntervals(hours, from, to).map(({ startsAt, endsAt, secondsBefore }) => [startsAt, endsAt, secondsBefore]),
  );
}
