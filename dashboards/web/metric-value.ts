import type { Metric } from '../api/schemas/metrics.ts';
import type { QueryCell, QueryRow } from '../api/schemas/query.ts';
import { formatDecimal, formatValue } from './format.ts';

/** Scores on a wide scale need no decimals. */
const wideScores = new Set(['nps']);

/** A metric's value as its unit asks. */
export function formatMetric(name: string, value: number | null, unit: string): string {
  if (value !== null && wideScores.has(name)) return formatDecimal(value, 0);
  return formatValue(value, unit);
}

/** How a change of this metric is to be told; a wide score moves by whole points. */
export const changeUnit = (name: string, unit: string): string => (wideScores.has(name) ? 'points' : unit);

/** A cell as a number; null where there was nothing to count. */
export const numberOf = (cell: QueryCell | undefined): number | null =>
  cell === null || cell === undefined || cell === '' || Number.isNaN(Number(cell)) ? null : Number(cell);

/** A cell as a word; null where the conversation has none. */
export const textOf = (cell: QueryCell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);

export const valueIn = (row: QueryRow | undefined, name: string): number | null => numberOf(row?.[name]);

export const metricByName = (metrics: readonly Metric[], name: string): Metric | undefined =>
  metrics.find((metric) => metric.name === name);
