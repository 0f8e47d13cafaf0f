import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMaskedViews, publishedSchemas } from '../../data/masked-views.ts';
import { columnKinds, columnRules, decidedKind, wordColumns } from '../../data/personal-columns.ts';
import { Store } from '../../data/store.ts';

interface Column {
  database: string;
  table: string;
  name: string;
  type: string;
}

const store = await Store.open();
const catalog = await createMaskedViews(store);
const columns = await store.all<Column>(
  `select database_name as database, schema_name || '.' || table_name as "table", column_name as name, data_type as type
   from duckdb_columns() where list_contains($schemas, schema_name) order by all`,
  { schemas: publishedSchemas },
);
const stored = columns.filter(({ database }) => database !== catalog);
const viewed = columns.filter(({ database }) => database === catalog);
test.after(() => store.close());

test('of every published column that can hold text somebody has decided whether it is personal', () => {
  const open = stored.filter(({ table, name, type }) => decidedKind(table, name, type) === undefined);
  assert.deepEqual(
    open.map(({ table, name, type }) => `${table}.${name} (${type})`),
    [],
    'list them in data/personal-columns.ts',
  );
});

test('the list names each column once, and none that is gone', () => {
  const listed = Object.entries(columnRules).flatMap(([table, rules]) =>
    columnKinds.flatMap((kind) => (rules[kind] ?? []).map((column) => `${table}.${column}`)),
  );
  const there = new Set(stored.map(({ table, name }) => `${table}.${name}`));
  assert.deepEqual(
    listed.filter((name) => !there.has(name)),
    [],
  );
  assert.equal(new Set(listed).size, listed.length);
});

test('text is what nobody has decided about until it is listed; numbers and times are not', () => {
  assert.equal(decidedKind('core.utterance', 'nickname', 'VARCHAR'), undefined);
  assert.equal(decidedKind('core.utterance', 'nicknames', 'VARCHAR[]'), undefined);
  assert.equal(decidedKind('core.utterance', 'face', 'BLOB'), undefined);
  assert.equal(decidedKind('core.utterance', 'extra', 'STRUCT(name VARCHAR)'), undefined);
  assert.equal(decidedKind('core.utterance', 'count_words', 'INTEGER'), 'harmless');
});

test('there is a view for every table, with the same columns of the same types', () => {
  const shape = (rows: Column[]) => rows.map(({ table, name, type }) => `${table}.${name} ${type}`);
  assert.deepEqual(shape(viewed), shape(stored));
});

test('a column nobody has decided about is withheld', async () => {
  const own = await Store.open();
  await own.run('alter table core.queue add column nickname varchar');
  await own.run("insert into core.queue values (uuid(), 'x', '1', 'Billing', 1, 1, 1, 'Ada')");
  const views = await createMaskedViews(own);
  assert.deepEqual(await own.all(`select name, nickname from ${views}.core.queue`), [
    { name: 'Billing', nickname: null },
  ]);
  await own.close();
});

test('every table with words has a revision, by which masking knows what is new', () => {
  const withRevision = new Set(stored.filter(({ name }) => name === 'revision').map(({ table }) => table));
  assert.deepEqual(
    wordColumns.filter(({ table }) => !withRevision.has(table)),
    [],
  );
});
