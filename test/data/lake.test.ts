import { DuckDBInstance } from '@duckdb/node-api';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSnapshot } from '../../data/lake.ts';
import { Store } from '../../data/store.ts';

test('a snapshot holds the clean tables as a database and as Parquet, and nothing of raw or ops', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-lake-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const store = await Store.open();
  await store.run(
    "insert into core.queue (id, source, native_id, name, version, revision) values (uuid(), 'x', '1', 'Billing', 1, 1)",
  );

  const target = join(folder, "it's a snapshot");
  const { rows, tables } = await writeSnapshot(store, target, { isMasked: false });
  await writeSnapshot(store, target, { isMasked: false });
  await store.close();

  assert.equal(rows, 1);
  assert.ok(tables > 20);
  assert.deepEqual((await readdir(target)).sort(), ['core', 'identity', 'mart', 'signal', 'snapshot.duckdb']);
  const instance = await DuckDBInstance.create(join(target, 'snapshot.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select (select name from core.queue) as kept, (select name from read_parquet('${join(target, 'core/queue.parquet').replaceAll("'", "''")}')) as parquet`,
  );
  assert.deepEqual(reader.getRowObjectsJS(), [{ kept: 'Billing', parquet: 'Billing' }]);
  connection.closeSync();
  instance.closeSync();
});
