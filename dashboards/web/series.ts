import type { Bounds } from './filters.ts';

const hour = 3_600_000;
const steps = { hour, day: 24 * hour, week: 7 * 24 * hour } as const;

export type Grain = keyof typeof steps;

/** The Monday of a week, the midnight of a day, the full hour; in UTC, as the API cuts them. */
function startOf(time: number, grain: Grain): number {
  // The epoch was a Thursday: weeks from Monday begin four days later.
  const shift = grain === 'week' ? 4 * steps.day : 0;
  return Math.floor((time - shift) / steps[grain]) * steps[grain] + shift;
}

/** Every step of a period that could have a row. */
export function bucketsOf({ from, to }: Bounds, grain: Grain): Date[] {
  const buckets: Date[] = [];
  for (let time = startOf(from.getTime(), grain); time < to.getTime(); time += steps[grain])
    buckets.push(new Date(time));
  return buckets;
}

export interface SeriesPoint {
  readonly bucket: Date;
  readonly value: number | null;
}

/** A value for every step: groups without conversations have no row, which for a count means 0. */
export function fillSeries(points: readonly SeriesPoint[], bounds: Bounds, grain: Grain, empty: number | null) {
  const known = new Map(points.map((point) => [point.bucket.getTime(), point.value]));
  return bucketsOf(bounds, grain).map((bucket) => ({ bucket, value: known.get(bucket.getTime()) ?? empty }));
}
