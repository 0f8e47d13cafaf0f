import { DuckDBInstance } from '@duckdb/node-api';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { quoteString } from '../../data/quote.ts';
import { Store } from '../../data/store.ts';
import { publish } from '../../transforms/publish.ts';
import { config as configOf, effects } from './land.ts';
import { fillPersonalColumns, landPersonal, reading, traces } from './personal.ts';

/** Everything in a snapshot: the bytes of its database, and each cell of every table and Parquet file, in lower case. */
async function contentOf(folder: string): Promise<{ bytes: string; cells: string; rows: number }> {
  const path = join(folder, 'snapshot.duckdb');
  const bytes = (await readFile(path)).toString('latin1').toLowerCase();
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.parquet')).sort();
  let cells = '';
  let rows = 0;
  for (const file of files) {
    const table = file.replace(/\.parquet$/, '').replace(/[/\\]/, '.');
    for (const from of [table, quoteString(join(folder, file))]) {
      const reader = await connection.runAndReadAll(`select row_to_json(t)::varchar from ${from} as t`);
      cells += reader.getRows().join('\n').toLowerCase();
      rows += reader.currentRowCount;
    }
  }
  connection.closeSync();
  instance.closeSync();
  return { bytes, cells, rows };
}

async function published(t: TestContext, config: typeof reading, withPersonalData: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-publish-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const store = await Store.open();
  await landPersonal(store, configOf({}));
  await fillPersonalColumns(store);
  const snapshot = await publish(store, config, { folder: join(folder, 'snapshot'), withPersonalData }, effects);
  await store.close();
  return { ...(await contentOf(snapshot.folder)), snapshot };
}

test('under the policy nothing personal is published: neither in the database nor in Parquet', async (t) => {
  const { bytes, cells, rows, snapshot } = await published(t, reading, false);
  assert.equal(rows, 2 * snapshot.rows);
  assert.ok(cells.includes('my name is [name], mail [email] or call [phone]'));
  for (const trace of traces) {
    assert.ok(!bytes.includes(trace), `${trace} in the bytes`);
    assert.ok(!cells.includes(trace), `${trace} in the cells`);
  }
  assert.ok(!cells.includes('[not masked yet]'));
});

for (const [what, config, withPersonalData] of [
  ['where the operator asks for it', reading, true],
  ['without the policy', configOf({}), false],
] as const)
  test(`words are published as they were said ${what}`, async (t) => {
    const { bytes, cells } = await published(t, config, withPersonalData);
    for (const trace of ['ana vidal', 'ana.vidal@example.com']) {
      assert.ok(bytes.includes(trace), `${trace} in the bytes`);
      assert.ok(cells.includes(trace), `${trace} in the cells`);
    }
  });
