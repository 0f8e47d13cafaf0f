import type { Store } from '../../data/store.ts';
import { quoteIdentifier } from '../../data/quote.ts';

/** Every column of every table in which a text stands, as `schema.table.column`; blobs are read as text. */
export async function findTablesWith(store: Store, text: string): Promise<string[]> {
  const columns = await store.all<{ schema: string; table: string; column: string }>(
    `select table_schema as schema, table_name as "table", column_name as "column"
     from information_schema.columns
     where table_catalog = current_database() and table_schema not in ('information_schema', 'pg_catalog')
     order by all`,
  );
  const found: string[] = [];
  for (const { schema, table, column } of columns) {
    const [row] = await store.all<{ rows: number }>(
      `select count(*) as rows from ${quoteIdentifier(schema)}.${quoteIdentifier(table)}
       where contains(lower(${quoteIdentifier(column)}::varchar), lower($text))`,
      { text },
    );
    if (row!.rows > 0) found.push(`${schema}.${table}.${column}`);
  }
  return found;
}
