import type { Store } from '../../data/store.ts';
import type { SqlSchema } from './schemas/sql.ts';
import { readSql } from './sql.ts';

interface ColumnRow {
  schema: string;
  name: string;
  comment: string | null;
  column_name: string;
  data_type: string;
  column_comment: string | null;
}

const schemaSql = readSql('schema')();

/** The tables analysts may read, with their columns; for the editor and its completion. */
export async function readSqlSchema(store: Store): Promise<SqlSchema> {
  const tables = new Map<string, SqlSchema['tables'][number]>();
  for (const row of await store.all<ColumnRow>(schemaSql)) {
    const key = `${row.schema}.${row.name}`;
    const table = tables.get(key) ?? { schema: row.schema, name: row.name, comment: row.comment, columns: [] };
    table.columns.push({ name: row.column_name, type: row.data_type, comment: row.column_comment });
    tables.set(key, table);
  }
  return { tables: [...tables.values()] };
}
