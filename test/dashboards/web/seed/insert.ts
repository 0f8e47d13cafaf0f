import type { Store } from '../../../../data/store.ts';
import type { Bindable } from '../../../../data/values.ts';

export type SeedRow = Readonly<Record<string, Bindable>>;

interface Column {
  readonly name: string;
  readonly type: string;
}

const batchSize = 60;

/**
 * Inserts rows by the names of their fields; all rows have the fields of the first. Columns that must have a value and
 * were given none, because no page reads them, get an empty one of their type.
 */
export async function insertRows(store: Store, table: string, rows: readonly SeedRow[]): Promise<void> {
  const given = Object.keys(rows[0] ?? {});
  const needed = (await requiredColumns(store, table)).filter(({ name }) => !given.includes(name));
  const names = [...given, ...needed.map(({ name }) => name)];
  const empty = needed.map(({ type }) => emptyOf(type));
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    const places = batch.map(() => `(${names.map(() => '?').join(', ')})`).join(', ');
    const values = batch.flatMap((row) => [...given.map((name) => row[name]), ...empty]);
    await store.run(`insert into ${table} (${names.join(', ')}) values ${places}`, values);
  }
}

async function requiredColumns(store: Store, table: string): Promise<Column[]> {
  const [schema, name] = table.split('.');
  return store.all<Column>(
    `select column_name as name, data_type as type
    from duckdb_columns()
    where schema_name = ? and table_name = ? and not is_nullable and column_default is null`,
    [schema, name],
  );
}

function emptyOf(type: string): Bindable {
  if (/int|double|float|decimal/i.test(type)) return 0;
  if (/bool/i.test(type)) return false;
  if (/uuid/i.test(type)) return '00000000-0000-5000-8000-000000000000';
  return /timestamp|date/i.test(type) ? new Date(0) : '';
}
