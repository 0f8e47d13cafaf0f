import type { Row } from '../../../data/values.ts';
import { QuerySchema, runQuery, type QueryResult as Computed } from '../../../transforms/query.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { presentDefinition } from '../present-metric.ts';
import { instant } from '../present.ts';
import { runnableSql } from '../runnable-sql.ts';
import { QueryResult, type QueryCell, type QueryRow } from '../schemas/query.ts';

export function queryRoutes(app: App, { store, now }: Dependencies): void {
  app.post(
    '/v1/query',
    {
      config: { permission: 'metrics' },
      schema: {
        summary: 'Metrics by dimensions, filters and time, with the period before to compare',
        body: QuerySchema,
        response: { 200: QueryResult },
      },
    },
    async ({ body }) => presentResult(await runQuery(store, body, { now: now() })),
  );
}

const presentResult = ({ columns, rows, period, comparison, sql, parameters, definitions }: Computed): QueryResult => ({
  columns: columns.map((column) => ({ ...column, unit: column.unit ?? null })),
  rows: rows.map(presentRow),
  period: presentPeriod(period),
  comparison: comparison ? { period: presentPeriod(comparison.period), rows: comparison.rows.map(presentRow) } : null,
  sql: runnableSql(sql, parameters),
  definitions: definitions.map(presentDefinition),
});

const presentPeriod = ({ from, to }: { from: Date; to: Date }) => ({ from: from.toISOString(), to: to.toISOString() });

/** Column names stay as the query calls them. */
const presentRow = (row: Row): QueryRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, presentCell(value)]));

const presentCell = (value: unknown): QueryCell => {
  if (value instanceof Date) return instant(value);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value as QueryCell);
};
