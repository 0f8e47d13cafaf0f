import { DateTime } from 'luxon';
import type { Bindable } from '../data/values.ts';
import type { MartName } from './metric.ts';
import type { Period, Query } from './query-schema.ts';

interface Offset {
  readonly from: Date;
  readonly minutes: number;
}

const DAY = 86_400_000;

/**
 * The start of the hour, day, week (from Monday) or month that a row falls in, in wall-clock time of the zone. The
 * zone's offsets within the period are worked out here and bound, which is faster than asking the database for each row
 * and needs nothing that engines spell differently.
 */
export function bucketSql(
  grain: NonNullable<Query['grain']>,
  zone: string,
  period: Period,
  mart: MartName,
): { sql: string; parameters: Record<string, Bindable> } {
  const offsets = offsetsIn(zone, period);
  if (offsets.length === 1 && offsets[0]!.minutes === 0) return { sql: truncateUtc(grain, mart), parameters: {} };
  const parameters: Record<string, Bindable> = {};
  offsets.forEach(({ from, minutes }, index) => {
    parameters[`zone_minutes_${index}`] = minutes;
    if (index > 0) parameters[`zone_from_${index}`] = from;
  });
  const later = offsets.slice(1).map((_, index) => index + 1);
  const cases = later.toReversed().map((index) => `when started_at >= $zone_from_${index} then $zone_minutes_${index}`);
  const minutes = cases.length ? `case ${cases.join(' ')} else $zone_minutes_0 end` : '$zone_minutes_0';
  return {
    sql: `date_trunc('${grain}', started_at + interval '1' minute * cast(${minutes} as integer))`,
    parameters,
  };
}

/** The marts hold the UTC day, and the facts the hour, so that the common case truncates nothing. */
function truncateUtc(grain: NonNullable<Query['grain']>, mart: MartName): string {
  if (grain === 'hour' && mart === 'interaction_fact') return 'started_hour';
  if (grain === 'day') return 'cast(started_day as timestamp)';
  return `date_trunc('${grain}', started_at)`;
}

/** The offsets of a zone within a period, each with the instant from which it holds. */
export function offsetsIn(zone: string, { from, to }: Period): Offset[] {
  const minutesAt = (time: number) => DateTime.fromMillis(time, { zone }).offset;
  const offsets: Offset[] = [{ from, minutes: minutesAt(from.getTime()) }];
  for (let time = from.getTime(); time < to.getTime(); time += DAY) {
    const next = Math.min(time + DAY, to.getTime());
    const minutes = minutesAt(next);
    if (minutes !== offsets.at(-1)!.minutes)
      offsets.push({ from: new Date(changeBetween(time, next, minutesAt)), minutes });
  }
  return offsets;
}

/** The first millisecond after `before` at which the offset is that at `after`. */
function changeBetween(before: number, after: number, minutesAt: (time: number) => number): number {
  const target = minutesAt(after);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (minutesAt(middle) === target) high = middle;
    else low = middle;
  }
  return high;
}
