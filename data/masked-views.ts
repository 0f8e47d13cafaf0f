import { decidedKind, type ColumnKind } from './personal-columns.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import type { Store } from './store.ts';

/** The schemas that analysts get; raw deliveries, keys and runs stay in the store. */
export const publishedSchemas = ['core', 'identity', 'signal', 'mart'] as const;

/** A database in memory with one view for every published table, under the same schema and name. */
export const maskedCatalog = 'masked_views';
/** The one table beside the published ones that the views read. */
export const maskedWordsTable = 'ops.masked_words';
/** What stands for words that no pass has masked so far. */
export const notMaskedYet = '[not masked yet]';

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/**
 * Makes views over the published tables in which personal data is masked; returns their database. They have the tables'
 * names, columns and types, so that a statement reads the one or the other by the search path alone. May be called again.
 */
export async function createMaskedViews(store: Store): Promise<string> {
  await store.run(`attach if not exists ':memory:' as ${maskedCatalog}`);
  const columns = await store.all<Column & { database: string }>(
    `select columns.database_name as database, columns.schema_name as schema, columns.table_name as "table",
       columns.column_name as name, columns.data_type as type
     from duckdb_columns() as columns
     where columns.database_name = current_database() and list_contains($schemas, columns.schema_name)
     order by columns.schema_name, columns.table_name, columns.column_index`,
    { schemas: publishedSchemas },
  );
  const tables = new Map<string, (typeof columns)[number][]>();
  for (const column of columns) {
    const name = `${column.schema}.${column.table}`;
    tables.set(name, [...(tables.get(name) ?? []), column]);
  }
  await store.transaction(async (session) => {
    for (const schema of publishedSchemas) await session.run(`create schema if not exists ${maskedCatalog}.${schema}`);
    for (const group of tables.values()) await session.run(viewSql(group[0]!.database, group));
  });
  return maskedCatalog;
}

function viewSql(database: string, columns: readonly Column[]): string {
  const { schema, table } = columns[0]!;
  const name = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  const kinds = columns.map((column) => decidedKind(`${schema}.${table}`, column.name, column.type) ?? 'withheld');
  const shown = columns.map((column, index) => `${shownAs(kinds[index]!, column)} as ${quoteIdentifier(column.name)}`);
  const joins = columns
    .filter((_, index) => kinds[index] === 'words')
    .map(
      (column) =>
        `left join ${quoteIdentifier(database)}.${maskedWordsTable} as ${joined(column)}
         on ${joined(column)}.hash = md5(${own(column)})::uuid`,
    );
  return `create or replace view ${maskedCatalog}.${name} as
    select ${shown.join(', ')} from ${quoteIdentifier(database)}.${name} as record ${joins.join(' ')}`;
}

const own = ({ name }: Column): string => `record.${quoteIdentifier(name)}`;
const joined = ({ name }: Column): string => quoteIdentifier(`masked_${name}`);

function shownAs(kind: ColumnKind, column: Column): string {
  const value = own(column);
  switch (kind) {
    case 'harmless':
      return value;
    case 'words':
      return `case when ${value} is null then null when ${joined(column)}.hash is null then ${quoteString(notMaskedYet)}
        else coalesce(${joined(column)}.words, ${value}) end`;
    case 'name':
      return `case when ${value} is not null then '[name]' end`;
    case 'address':
      return `concat('[', record.type, ']')`;
    case 'label':
      return column.type.endsWith('[]') ? `list_transform(${value}, lambda label: ${label('label')})` : label(value);
    case 'withheld':
      return `cast(null as ${column.type})`;
  }
}

/** Nine digits and more are taken for a number of a person. */
const label = (value: string): string =>
  `case when contains(${value}, '@') then '[email]'
     when regexp_matches(${value}, '[0-9]([ ./()-]{0,2}[0-9]){8}') then '[phone]' else ${value} end`;
