import * as Plot from '@observablehq/plot';
import { formatCount } from '../format.ts';
import { chartClass, type ChartSize } from './shared.ts';

export interface WeekCount {
  /** First day of the week. */
  readonly from: Date;
  readonly count: number;
}

/** How often, week by week, without axes; the last week, which decides on growth, stands out. */
export function weekBars(weeks: readonly WeekCount[], { width, height = 28 }: ChartSize) {
  const last = weeks.at(-1);
  const most = Math.max(1, ...weeks.map(({ count }) => count));
  return Plot.plot({
    width,
    height,
    className: chartClass,
    ariaLabel: `Sentences a week, the last ${formatCount(weeks.length)} weeks; the last one ${formatCount(last?.count ?? 0)}`,
    margin: 1,
    x: { type: 'band', axis: null, padding: 0.2 },
    y: { axis: null, domain: [0, most] },
    marks: [
      Plot.barY(weeks, {
        x: 'from',
        y: 'count',
        fill: (week: WeekCount) => (week === last ? 'var(--accent)' : 'var(--neutral)'),
      }),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  });
}
