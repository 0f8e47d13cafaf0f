import * as Plot from '@observablehq/plot';
import { chartClass, type ChartSize } from './shared.ts';

export interface SparkPoint {
  readonly bucket: Date;
  readonly value: number | null;
}

/** The course of one number, without axes: shape, and where it stands now. Steps without a value leave a gap. */
export function sparkLine(data: readonly SparkPoint[], { width, height = 28 }: ChartSize) {
  const last = data.findLast((point) => point.value !== null);
  return Plot.plot({
    width,
    height,
    className: chartClass,
    ariaLabel: 'Course over the period',
    margin: 3,
    x: { type: 'utc', axis: null },
    y: { axis: null, zero: false },
    marks: [
      Plot.lineY(data, { x: 'bucket', y: 'value', stroke: 'var(--ink-faint)', strokeWidth: 1.25, curve: 'monotone-x' }),
      last ? Plot.dot([last], { x: 'bucket', y: 'value', r: 2.25, fill: 'var(--accent)' }) : null,
    ],
  });
}
