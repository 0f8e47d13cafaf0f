import { z } from 'zod';
import { Metric, MetricUnit } from './metrics.ts';
import { Instant } from './shared.ts';

export const QueryCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const QueryRow = z.record(z.string(), QueryCell);
export const Period = z.object({ from: Instant, to: Instant });

/** `bucket` is the column of times, `count` how many rows a metric's value rests on. */
export const QueryColumn = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['bucket', 'dimension', 'metric', 'count']),
  unit: MetricUnit.nullable(),
});

/** A metric with the switches that were in force. */
export const Definition = Metric.extend({ inForce: z.record(z.string(), z.union([z.string(), z.number()])) });

/**
 * One row per bucket and combination of dimensions, keyed by column name; a metric that has nothing to count is null,
 * never 0. Buckets are wall-clock times of the query's zone, written as `2026-01-31T09:00:00.000Z`.
 */
export const QueryResult = z.object({
  columns: z.array(QueryColumn),
  rows: z.array(QueryRow),
  period: Period,
  comparison: z.object({ period: Period, rows: z.array(QueryRow) }).nullable(),
  sql: z.string().describe('The statement with its values, as /v1/sql takes it'),
  definitions: z.array(Definition),
});

export type QueryCell = z.infer<typeof QueryCell>;
export type QueryRow = z.infer<typeof QueryRow>;
export type QueryColumn = z.infer<typeof QueryColumn>;
export type Period = z.infer<typeof Period>;
export type Definition = z.infer<typeof Definition>;
export type QueryResult = z.infer<typeof QueryResult>;
