import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import type { Role } from '../../../dashboards/api/schemas/session.ts';
import type { SqlBodyInput, SqlResult, SqlSchema } from '../../../dashboards/api/schemas/sql.ts';
import { Store } from '../../../data/store.ts';
import { landPersonal, maskedWords, reading, traces, words } from '../../transforms/personal.ts';
import { keyFor, openApp } from './fixture.ts';

const said = 'select text from core.utterance order by all';

async function open(t: TestContext, role: Role) {
  const store = await Store.open();
  await landPersonal(store, reading);
  const { app } = await openApp(t, { store, config: { privacy: { redact: 'reading' } } });
  const headers = await keyFor(store, role);
  const ask = (payload: SqlBodyInput) => app.inject({ method: 'POST', url: '/v1/sql', headers, payload });
  const tables = async () =>
    (await app.inject({ url: '/v1/sql/schema', headers }))
      .json<SqlSchema>()
      .tables.map((table) => `${table.schema}.${table.name}`);
  return { store, ask, tables };
}

const arrowText = (bytes: Buffer): string =>
  JSON.stringify(
    tableFromIPC(bytes)
      .toArray()
      .map((row) => String(row)),
  );

test('an analyst reads no landed phone, e-mail or name in any table, as JSON, CSV or Arrow', async (t) => {
  const { ask, tables } = await open(t, 'analyst');
  assert.deepEqual((await ask({ sql: said })).json<SqlResult>().rows, [[maskedWords], [maskedWords]]);
  let count = 0;
  for (const table of await tables()) {
    const sql = `select * from ${table}`;
    const arrow = (await ask({ sql, format: 'arrow' })).rawPayload;
    const answers = {
      json: (await ask({ sql })).body,
      csv: (await ask({ sql, format: 'csv' })).body,
      arrow: arrowText(arrow),
      bytes: arrow.toString('latin1'),
    };
    for (const [format, body] of Object.entries(answers))
      for (const trace of traces) assert.ok(!body.toLowerCase().includes(trace), `${trace} in ${table} as ${format}`);
    count += tableFromIPC(arrow).numRows;
  }
  assert.ok(count > 20);
});

test('an administrator reads what was said', async (t) => {
  const { ask } = await open(t, 'admin');
  assert.deepEqual((await ask({ sql: said })).json<SqlResult>().rows, [[words], [words]]);
  const csv = await ask({ sql: 'select value from core.handle', format: 'csv' });
  assert.match(csv.body, /ana\.vidal@example\.com/);
});

test('the same analyst is refused what lies behind the views', async (t) => {
  const { ask } = await open(t, 'analyst');
  for (const sql of [
    'select * from memory.core.utterance',
    'select * from ops.masked_words',
    'select * from raw.delivery',
  ])
    assert.equal((await ask({ sql })).statusCode, 403, sql);
});

test('a snapshot asked of the server is masked, unless it is to hold personal data; the audit says which', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-masked-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const store = await Store.open();
  await landPersonal(store, reading);
  const { app } = await openApp(t, { store, config: { privacy: { redact: 'reading' } } });
  const texts = async (name: string, body: object) => {
    const target = join(folder, name);
    const answer = await app.inject({ method: 'POST', url: '/v1/snapshots', payload: { folder: target, ...body } });
    assert.equal(answer.statusCode, 200, answer.body);
    return store.all<{ text: string }>(`select distinct text from '${join(target, 'core/utterance.parquet')}'`);
  };
  assert.deepEqual(await texts('masked', {}), [{ text: maskedWords }]);
  assert.deepEqual(await texts('open', { withPersonalData: true }), [{ text: words }]);
  assert.deepEqual(
    await store.all("select detail from ops.audit where action = 'snapshot' order by occurred_at, subject"),
    [{ detail: null }, { detail: 'with personal data' }],
  );
});
