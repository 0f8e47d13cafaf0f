import { LIST, VARCHAR, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { toTimestamp } from './values.ts';

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
  // DuckDB reads the text faster than this side builds the number.
  uuid: (appender, value) => appender.appendVarchar(value),
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
  const appendTo = columns.map(({ type }) => appenders[type]);
  try {
    for (const row of rows) {
      for (let index = 0; index < appendTo.length; index++) {
        const value = row[index];
        if (value === undefined || value === null) appender.appendNull();
        else appendTo[index]!(appender, value);
      }
      appender.endRow();
      count++;
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
  return count;
}
