import { z } from 'zod';
import { Metric } from './metrics.ts';

export const QueryCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const QueryRow = z.record(z.string(), QueryCell);

export const QueryColumn = z.object({
  name: z.string(),
  title: z.string(),
  role: z.enum(['period', 'dimension', 'metric']),
  unit: z.string().nullable(),
});

/** The rows of the period before, keyed by the same dimensions, with its bounds. */
export const Comparison = z.object({ from: z.string(), to: z.string(), rows: z.array(QueryRow) });

/** One row per combination of dimensions and period; a metric that has nothing to count is null, never 0. */
export const QueryResult = z.object({
  columns: z.array(QueryColumn),
  rows: z.array(QueryRow),
  comparison: Comparison.nullable(),
  sql: z.string(),
  definitions: z.array(Metric),
});

export type QueryCell = z.infer<typeof QueryCell>;
export type QueryRow = z.infer<typeof QueryRow>;
export type QueryColumn = z.infer<typeof QueryColumn>;
export type QueryResult = z.infer<typeof QueryResult>;
