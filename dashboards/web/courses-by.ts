import type { QueryResult } from '../api/schemas/query.ts';
import type { SparkPoint } from './charts/spark-line.ts';
import { groupBy } from '../../group-by.ts';
import { textOf, valueIn } from './metric-value.ts';
import { fillSeries, type Grain } from './series.ts';

/** The course of contacts over the period for each value of a dimension; the empty text stands for those that have none. */
export function coursesBy(dimension: string, result: QueryResult, grain: Grain): Map<string, SparkPoint[]> {
  const bounds = { from: new Date(result.period.from), to: new Date(result.period.to) };
  const groups = groupBy(result.rows, (row) => textOf(row[dimension]) ?? '');
  return new Map(
    [...groups].map(([value, rows]) => [
      value,
      fillSeries(
        rows.map((row) => ({ bucket: new Date(String(row.bucket)), value: valueIn(row, 'volume') })),
        bounds,
        grain,
        0,
      ),
    ]),
  );
}
