import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sandbox } from '../../data/sandbox.ts';
import { Store } from '../../data/store.ts';
import { isCrosstalkError } from '../../errors.ts';

const limits = { rows: 100, bytes: 1_000_000, seconds: 5 };
const store = await Store.open();
const sandbox = new Sandbox(store);
test.after(async () => {
  await sandbox.close();
  await store.close();
});

const rowsOf = async (sql: string, parameters?: (string | number)[], some = {}) => {
  const { chunks, rowCount } = await sandbox.query(sql, parameters, { ...limits, ...some });
  return chunks.flatMap((chunk) => chunk.getRows()).slice(0, rowCount);
};
const codeOf = async (sql: string, some = {}) => {
  try {
    await rowsOf(sql, undefined, some);
    return 'allowed';
  } catch (error) {
    return isCrosstalkError(error) ? error.code : String(error);
  }
};

test('a SELECT over the clean schemas runs, with parameters, subqueries, windows and with expressions', async () => {
  await store.run("insert into core.queue values (uuid(), 'demo', 'billing', 'Billing', 1, 1, 1)");
  assert.deepEqual(await rowsOf('select name from core.queue where native_id = ?', ['billing']), [['Billing']]);
  assert.deepEqual(await rowsOf('from core.queue select name'), [['Billing']]);
  assert.deepEqual(await rowsOf('from queue select name'), [['Billing']]);
  assert.deepEqual(await rowsOf('with q as (select name from core.queue) select upper(name) from q'), [['BILLING']]);
  assert.deepEqual(
    await rowsOf(
      'with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select sum(i)::int from n',
    ),
    [[6]],
  );
  assert.deepEqual(await rowsOf('select i, row_number() over (order by i desc)::int from range(2) r(i) order by i'), [
    [0n, 2],
    [1n, 1],
  ]);
  assert.deepEqual(await rowsOf('select (select count(*) from mart.interaction_fact)::int'), [[0]]);
  assert.deepEqual(await rowsOf('select approx_percentile(i, 0.5) from range(11) t(i)'), [[5]]);
  assert.deepEqual(await rowsOf("select lpad('7', 3, '0'), len(range(5))"), [['007', 5n]]);
  assert.deepEqual(await rowsOf('select unnest([1, 2])'), [[1], [2]]);
  assert.deepEqual(await rowsOf('select channel from interaction_fact as a tablesample 10%'), []);
  assert.deepEqual(
    await rowsOf('select evidence from identity.edge as e join identity.decision using (handle_id)'),
    [],
  );
  assert.equal((await rowsOf('describe core.queue')).length > 5, true);
  assert.equal((await rowsOf('summarize core.queue')).length > 5, true);
});

const refused = [
  "copy (select 1) to '/tmp/crosstalk-copy.csv'",
  "copy core.queue to '/tmp/crosstalk-copy.csv'",
  "attach '/tmp/crosstalk-other.duckdb'",
  "attach ':memory:' as other",
  "export database '/tmp/crosstalk-export'",
  "select * from read_csv('/etc/passwd')",
  "select * from read_text('/etc/passwd')",
  "select * from READ_BLOB('/etc/passwd')",
  "select * from main.read_text('/etc/passwd')",
  "select * from system.main.read_text('/etc/passwd')",
  "select * from glob('/etc/*')",
  "select * from sniff_csv('/etc/passwd')",
  "select * from parquet_metadata('/etc/passwd')",
  "from '/etc/passwd'",
  "from 'data.csv'",
  'from "data.csv"',
  'with "/etc/passwd" as (select 1) select * from "/etc/passwd"',
  'select * from (with "data.csv" as (select 1) select * from "data.csv") a, "data.csv"',
  "describe '/etc/passwd'",
  "describe (select * from read_csv('/etc/passwd'))",
  "summarize 'data.csv'",
  "select * from core.queue where exists (select * from read_csv('/etc/passwd'))",
  "select (select max(content) from read_text('/etc/passwd'))",
  "select list_transform([1], x -> (select max(content) from read_text('/etc/passwd')))",
  "with x as (select * from read_text('/etc/passwd')) select * from x",
  "select 1 union all select (select max(content) from read_text('/etc/passwd'))",
  "select 1 order by (select max(content) from read_text('/etc/passwd'))",
  'pragma database_list',
  'select * from pragma_database_size()',
  'set threads = 1',
  "set memory_limit = '1GB'",
  'reset threads',
  'install httpfs',
  "load 'httpfs'",
  "select getenv('HOME')",
  "select current_setting('secret_directory')",
  "select GetVariable('x')",
  "select nextval('core.revision')",
  'select setseed(0.5)',
  'select sleep_ms(10)',
  "select write_log('x')",
  'select pg_catalog.pg_sleep(1)',
  "select json_serialize_plan('select * from read_text(''/etc/passwd'')')",
  "select * from json_execute_serialized_sql(json_serialize_sql('select 1'))",
  "select * from query('select * from ops.api_key')",
  "select * from query_table('ops.api_key')",
  "select * from sql_auto_complete('sel')",
  "select * from seq_scan('ops.api_key')",
  'select * from duckdb_secrets()',
  'select * from duckdb_settings()',
  'select * from duckdb_tables()',
  'select * from checkpoint()',
  'select * from information_schema.tables',
  'select * from pg_catalog.pg_tables',
  'select * from sqlite_master',
  'show tables',
  'show databases',
  'select * from ops.api_key',
  'select * from OPS."API_KEY"',
  'select * from memory.ops.api_key',
  'select * from memory.core.queue',
  'select * from raw.delivery',
  'select * from main.migration',
  'select * from migration',
  'select * from (with migration as (select 1) select * from migration) a, migration b',
  'select len(range(3000000000))',
  'select len(range(i)) from range(10) t(i)',
  "select repeat('x', 1000000000)",
  "select repeat('x', ?)",
  "select lpad('x', 20000)",
  'with a as (select * from migration), migration as (select 1) select * from a',
  'with a as (select * from sqlite_master), sqlite_master as (select 1) select * from a',
  'with a as (select * from pg_tables), pg_tables as (select 1) select * from a',
  'with a as (select * from duckdb_tables), duckdb_tables as (select 1) select * from a',
  'select * from (with sqlite_master as (select 1) select * from sqlite_master) a, sqlite_master b',
  'with migration as (select * from migration) select * from migration',
  'with recursive migration as (select name from migration union all select name from migration) select * from migration',
  'with x as (select * from ops.api_key) select * from x',
  'with api_key as (select * from ops.api_key) select * from api_key',
  'select * from core.queue q, lateral (select hash from ops.api_key) k',
  'select * from core.queue semi join ops.api_key on true',
  'select exists (from ops.api_key)',
  'select 1; select 2',
  'select 1; drop table core.queue',
  "insert into core.queue values (uuid(), 'x', 'x', 'x', 1, 1, 1)",
  'update core.queue set name = null',
  'delete from core.queue',
  'drop table core.queue',
  'create table core.mine (a int)',
  'create temp table mine as select 1',
  'create macro sneak() as 1',
  'prepare p as select * from ops.api_key',
  'execute p',
  'call pragma_version()',
  'begin transaction',
  'commit',
  'checkpoint',
  'vacuum',
  'use ops',
  'explain analyze select * from ops.api_key',
  'detach memory',
  "import database '/tmp'",
];

for (const sql of refused)
  test(`refused: ${sql}`, async () => {
    assert.equal(await codeOf(sql), 'forbidden');
  });

test('what is refused says why', async () => {
  await assert.rejects(
    rowsOf('select * from ops.api_key'),
    /table ops\.api_key is not allowed here; expected a table of/,
  );
  await assert.rejects(rowsOf("select getenv('HOME')"), /function getenv is not allowed here/);
  await assert.rejects(
    rowsOf('drop table core.queue'),
    /this kind of statement is not allowed here; expected one SELECT/,
  );
  await assert.rejects(
    rowsOf('with x as (insert into core.queue default values returning *) select * from x'),
    /SELECT/,
  );
  await assert.rejects(rowsOf('selec 1'), /invalid query: .*syntax error/);
  await assert.rejects(rowsOf('select nothing from core.queue'), /invalid query: .*nothing/s);
});

test('the row limit and the byte limit cut the answer and say so', async () => {
  const rows = await sandbox.query('select i from range(5000) t(i)', undefined, limits);
  assert.deepEqual([rows.rowCount, rows.isTruncated], [100, true]);
  const exact = await sandbox.query('select i from range(100) t(i)', undefined, limits);
  assert.deepEqual([exact.rowCount, exact.isTruncated], [100, false]);
  const wide = await sandbox.query("select repeat('x', 1000) from range(100000)", undefined, {
    ...limits,
    rows: 100_000,
  });
  assert.equal(wide.isTruncated, true);
  assert.ok(wide.rowCount < 10_000);
});

test('a heavy query is cut at its time limit while others are answered', async () => {
  const heavy = 'select count(*) from range(100000000) a, range(100000000) b where a.range * b.range % 7 = 3';
  const slow = codeOf(heavy, { seconds: 0.3 });
  assert.deepEqual(await store.all('select 1 as one'), [{ one: 1 }]);
  assert.equal(await store.run('update core.queue set version = 2'), 1);
  assert.deepEqual(await rowsOf('select 2'), [[2]]);
  assert.equal(await slow, 'query_timeout');
  assert.deepEqual(await rowsOf('select 3'), [[3]]);
});

test('more queries than connections wait for their turn', async () => {
  const answers = await Promise.all([1, 2, 3, 4, 5].map((i) => rowsOf('select ?::int', [i])));
  assert.deepEqual(answers.flat(2), [1, 2, 3, 4, 5]);
});

test('closing stops what runs and refuses what comes', async () => {
  const closing = new Sandbox(store, { maximumConcurrent: 1 });
  const running = closing.query(
    'select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = 3',
    undefined,
    limits,
  );
  const refusal = assert.rejects(running);
  await closing.close();
  await refusal;
  await assert.rejects(closing.query('select 1', undefined, limits), /closing/);
});
