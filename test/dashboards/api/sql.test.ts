import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import type { SqlBodyInput, SqlResult, SqlSchema } from '../../../dashboards/api/schemas/sql.ts';
import { fact, insert, keyFor, openApp } from './fixture.ts';

const values = `select 1::bigint as whole, 9007199254740993::bigint as huge, 0.1::decimal(4, 2) as price, 'a "b", c' as text, null as nothing,
  date '2026-03-01' as day, timestamp '2026-03-01 10:00:00' as moment, ['x'] as list, 'nan'::double as odd`;

test('the three formats carry the same rows', async (t) => {
  const { app } = await openApp(t);
  const ask = (payload: SqlBodyInput) => app.inject({ method: 'POST', url: '/v1/sql', payload });
  const json = (await ask({ sql: values })).json<SqlResult>();
  assert.deepEqual(json.rows, [
    [1, '9007199254740993', 0.1, 'a "b", c', null, '2026-03-01', '2026-03-01T10:00:00.000Z', ['x'], null],
  ]);
  assert.deepEqual(json.columns.slice(0, 3), [
    { name: 'whole', type: 'BIGINT' },
    { name: 'huge', type: 'BIGINT' },
    { name: 'price', type: 'DECIMAL(4,2)' },
  ]);
  const csv = await ask({ sql: values, format: 'csv' });
  assert.match(String(csv.headers['content-type']), /^text\/csv/);
  assert.equal(
    csv.body,
    'whole,huge,price,text,nothing,day,moment,list,odd\r\n1,9007199254740993,0.1,"a ""b"", c",,2026-03-01,2026-03-01T10:00:00.000Z,"[""x""]",\r\n',
  );
  const arrow = await ask({ sql: values, format: 'arrow' });
  assert.equal(arrow.headers['content-type'], 'application/vnd.apache.arrow.stream');
  const row = tableFromIPC(arrow.rawPayload).get(0)!.toJSON();
  assert.deepEqual([row.huge, row.text, row.nothing], [9007199254740993n, 'a "b", c', null]);
});

test('values are bound by place or by name', async (t) => {
  const { app, store } = await openApp(t);
  await insert(store, 'mart.interaction_fact', fact('one'));
  const rows = async (payload: SqlBodyInput) =>
    (await app.inject({ method: 'POST', url: '/v1/sql', payload })).json<SqlResult>().rows;
  assert.deepEqual(
    await rows({ sql: 'select channel from interaction_fact where native_id = ?', parameters: ['one'] }),
    [['voice']],
  );
  assert.deepEqual(await rows({ sql: 'select $a::integer + $b::integer', parameters: { a: 1, b: 2 } }), [[3]]);
});

test('the limit cuts and says so', async (t) => {
  const { app } = await openApp(t);
  const response = await app.inject({
    method: 'POST',
    url: '/v1/sql',
    payload: { sql: 'select * from range(10)', limit: 3 },
  });
  const { rowCount, isTruncated, rows } = response.json<SqlResult>();
  assert.deepEqual([rowCount, isTruncated, rows.length, response.headers['x-truncated']], [3, true, 3, 'true']);
});

test('mistakes and refusals are told in words', async (t) => {
  const { app } = await openApp(t, { options: { sqlSeconds: 0.2 } });
  const cases: [string, number, RegExp][] = [
    ['selec 1', 400, /syntax error/],
    ['select nothing', 400, /nothing/],
    ['select * from ops.api_key', 403, /table ops\.api_key is not allowed/],
    ["select * from read_csv('/etc/passwd')", 403, /read_csv/],
    ['drop table mart.episode', 403, /expected one SELECT/],
    [
      'select count(*) from range(100000000) a, range(100000000) b where a.range * b.range % 7 = 3',
      408,
      /stopped after 0\.2 s/,
    ],
  ];
  for (const [sql, status, message] of cases) {
    const response = await app.inject({ method: 'POST', url: '/v1/sql', payload: { sql } });
    assert.equal(response.statusCode, status, sql);
    assert.match(response.json().error.message, message);
  }
});

test('the schema lists tables analysts may read, and no others', async (t) => {
  const { app, store } = await openApp(t, { config: { host: '0.0.0.0' } });
  const response = await app.inject({ url: '/v1/sql/schema', headers: await keyFor(store, 'analyst') });
  const { tables } = response.json<SqlSchema>();
  assert.deepEqual([...new Set(tables.map(({ schema }) => schema))], ['mart', 'core', 'signal', 'identity']);
  const facts = tables.find(({ name }) => name === 'interaction_fact')!;
  assert.deepEqual(facts.columns[0], { name: 'interaction_id', type: 'VARCHAR', comment: null });
});
