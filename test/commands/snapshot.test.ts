import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { snapshot } from '../../commands/snapshot.ts';
import { Store } from '../../data/store.ts';
import { insertFacts } from '../transforms/fact-rows.ts';
import { openCommand } from './command.ts';

test('a copy of the clean tables is published, beside the data or where it is wanted', async (t) => {
  const { config, effects, folder, inStore, said } = await openCommand(t);
  await inStore((store) => insertFacts(store, [{ channel: 'voice' }, { channel: 'chat' }]));
  await snapshot(undefined, {}, effects);
  const beside = join(config.dataDirectory, 'snapshot');
  assert.match(said.at(-1)!, /var[/\\]snapshot: \d+ rows of \d+ tables, as snapshot\.duckdb and Parquet$/);
  assert.ok(existsSync(join(beside, 'mart/interaction_fact.parquet')));
  assert.ok(!existsSync(join(beside, 'raw')));

  const wanted = join(folder, 'copy');
  await snapshot(wanted, {}, effects);
  const reader = await Store.open();
  t.after(() => reader.close());
  const found = await reader.all(
    `select channel from read_parquet('${join(wanted, 'mart/interaction_fact.parquet')}') order by channel`,
  );
  assert.deepEqual(found, [{ channel: 'chat' }, { channel: 'voice' }]);
});

test('a running server publishes it into the folder of the person who asks', async (t) => {
  const { config, effects, said, serve } = await openCommand(t);
  const asked = await serve({ folder: 'any', tables: 2, rows: 9 });
  await snapshot(undefined, {}, effects);
  const { path, body } = asked()[0]!;
  assert.equal(path, '/v1/snapshots');
  assert.equal((JSON.parse(body.toString()) as { folder: string }).folder, join(config.dataDirectory, 'snapshot'));
  assert.match(said.at(-1)!, /: 9 rows of 2 tables/);
});
