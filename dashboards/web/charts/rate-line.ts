import * as Plot from '@observablehq/plot';
import { formatDay, formatRatio, formatWeekday } from '../format.ts';
import type { Grain } from '../series.ts';
import { chartClass, ink, type ChartSize } from './shared.ts';

export interface RatePoint {
  readonly bucket: Date;
  readonly rate: number | null;
  /** What the rate is of. */
  readonly count: number;
}

export interface RateOptions extends ChartSize {
  readonly grain: Grain;
  /** What the picture is called. */
  readonly title: string;
  /** What is counted, e.g. `episodes passed on`. */
  readonly of: string;
}

/**
 * The course of a rate from nothing upwards; the more it rests on, the larger its dot. Steps without a value leave a
 * gap.
 */
export function rateLine(data: readonly RatePoint[], { width, height = 176, grain, title, of }: RateOptions) {
  const known = data.filter((point) => point.rate !== null);
  const most = Math.max(0.05, ...known.map((point) => point.rate ?? 0));
  const position = { x: 'bucket', y: 'rate' };
  const when = ({ bucket }: RatePoint) => `${grain === 'week' ? 'Week of ' : ''}${formatWeekday(bucket)}`;
  const describe = (point: RatePoint) => `${when(point)}: ${formatRatio(point.rate ?? 0)}\nof ${point.count} ${of}`;
  return Plot.plot({
    width,
    height,
    className: chartClass,
    ariaLabel: title,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 12,
    marginBottom: 24,
    x: { type: 'utc', label: null, tickSize: 0, ticks: Math.max(3, Math.floor(width / 96)), tickFormat: formatDay },
    y: { domain: [0, most], label: null, grid: true, tickSize: 0, ticks: 4, tickFormat: formatRatio },
    r: { range: [1, 4] },
    marks: [
      Plot.ruleY([0], { stroke: ink.faint }),
      Plot.lineY(data, { ...position, stroke: 'var(--accent)', strokeWidth: 1.5, curve: 'monotone-x' }),
      Plot.dot(known, { ...position, r: 'count', fill: 'var(--accent)' }),
      Plot.tip(known, Plot.pointerX({ ...position, title: describe, lineHeight: 1.4 })),
    ],
  });
}
