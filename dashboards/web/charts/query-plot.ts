import * as Plot from '@observablehq/plot';
import { formatCompact } from '../format.ts';
import { chartClass, ink, type ChartSize } from './shared.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

export type Shape = { kind: 'line' | 'bar' | 'dot'; x: number; y: number } | undefined;

const isTime = (type: string): boolean => /^(timestamp|date)/i.test(type);
const isNumber = (type: string): boolean => /^(.*int|double|float|real|decimal|numeric)/i.test(type);
const mostBars = 40;

/** Which picture fits a result: time and number a line, words and number bars, two numbers a scatter. */
export function shapeOf(columns: readonly ResultColumn[]): Shape {
  const find = (test: (type: string) => boolean, skip = -1) =>
    columns.findIndex((column, index) => index !== skip && test(column.type));
  const y = find(isNumber);
  if (y === -1) return undefined;
  const time = find(isTime);
  if (time !== -1) return { kind: 'line', x: time, y };
  const words = find((type) => /^varchar/i.test(type));
  if (words !== -1) return { kind: 'bar', x: words, y };
  const second = find(isNumber, y);
  return second === -1 ? undefined : { kind: 'dot', x: y, y: second };
}

interface PlotInput {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly shape: NonNullable<Shape>;
}

/** A first picture of any result. */
export function queryPlot({ columns, rows, shape }: PlotInput, { width, height = 320 }: ChartSize) {
  const points = rows.map((row) => ({
    x: shape.kind === 'line' ? new Date(String(row[shape.x])) : row[shape.x],
    y: row[shape.y] === null ? null : Number(row[shape.y]),
  }));
  const shown = shape.kind === 'bar' ? points.slice(0, mostBars) : points;
  const isBar = shape.kind === 'bar';
  const number = { label: columns[shape.y]!.name, grid: true, tickSize: 0, tickFormat: formatCompact };
  return Plot.plot({
    width,
    height: isBar ? shown.length * 24 + 48 : height,
    className: chartClass,
    ariaLabel: `${columns[shape.y]!.name} by ${columns[shape.x]!.name}`,
    marginLeft: isBar ? 160 : 56,
    marginRight: 16,
    x: isBar ? number : { label: columns[shape.x]!.name, tickSize: 0 },
    y: isBar ? { label: null, tickSize: 0 } : number,
    marks: isBar
      ? [
          Plot.barX(shown, { x: 'y', y: 'x', fill: 'var(--accent)', sort: { y: null }, inset: 2, tip: true }),
          Plot.ruleX([0], { stroke: ink.faint }),
        ]
      : [pointsOrLine(shape.kind, shown), Plot.ruleY([0], { stroke: ink.faint })],
  });
}

const pointsOrLine = (kind: 'line' | 'dot' | 'bar', points: readonly object[]) =>
  kind === 'line'
    ? Plot.lineY(points, { x: 'x', y: 'y', stroke: 'var(--accent)', strokeWidth: 1.75, tip: true })
    : Plot.dot(points, { x: 'x', y: 'y', stroke: 'var(--accent)', fill: 'var(--accent)', fillOpacity: 0.3, tip: true });
