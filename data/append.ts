import { LIST, VARCHAR, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { toTimestamp, toUuid } from './values.ts';

export type AppendType =
  | 'uuid'
  | 'varchar'
  | 'timestamp'
  | 'bigint'
  | 'integer'
  | 'double'
  | 'float'
  | 'boolean'
  | 'blob'
  | 'json'
  | 'varchar[]';

export interface AppendColumn {
  readonly name: string;
  readonly type: AppendType;
}

const appenders: Record<AppendType, (appender: DuckDBAppender, value: any) => void> = {
  uuid: (appender, value) => appender.appendUUID(toUuid(value)),
  varchar: (appender, value) => appender.appendVarchar(value),
  timestamp: (appender, value) => appender.appendTimestamp(toTimestamp(value)),
  bigint: (appender, value) => appender.appendBigInt(BigInt(value)),
  integer: (appender, value) => appender.appendInteger(value),
  double: (appender, value) => appender.appendDouble(value),
  float: (appender, value) => appender.appendFloat(value),
  boolean: (appender, value) => appender.appendBoolean(value),
  blob: (appender, value) => appender.appendBlob(value),
  json: (appender, value) => appender.appendVarchar(JSON.stringify(value)),
  'varchar[]': (appender, value) => appender.appendList(value, LIST(VARCHAR)),
};

/**
 * Appends rows whose values stand in the order of the table's columns. `table` is `schema.name` or a temporary table.
 * Returns the number of rows.
 */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  columns: readonly AppendColumn[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const [name, schema] = table.split('.').toReversed() as [string, string?];
  const appender = await connection.createAppender(name, schema ?? null);
  let count = 0;
  try {
    for (const row of rows) {
      columns.forEach((column, index) => appendValue(appender, column, row[index]));
      appender.endRow();
      count++;
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
  return count;
}

function appendValue(appender: DuckDBAppender, column: AppendColumn, value: unknown): void {
  if (value === undefined || value === null) appender.appendNull();
  else appenders[column.type](appender, value);
}
