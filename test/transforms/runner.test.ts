import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import { keepModel, readModel, readRows } from '../../transforms/runner.ts';

const folder = join(import.meta.dirname, '../../transforms');

test('a model is its file; an unknown one is named in the error', () => {
  assert.match(readModel('stitch/move_roots'), /^-- Points the threads/);
  assert.throws(
    () => readModel('stitch/none'),
    /invalid model: stitch\/none; expected the file transforms\/stitch\/none.sql/,
  );
});

test('an error carries the name of the model and its SQL', async () => {
  const store = await Store.open();
  await assert.rejects(readRows(store, 'identity/affected_links'), (error: Error & { sql?: string }) => {
    assert.match(error.message, /^model identity\/affected_links: /);
    assert.equal(error.sql, readModel('identity/affected_links'));
    return true;
  });
  await store.close();
});

test('a kept model is a temporary table of its name, made with the parameters it uses', async () => {
  const store = await Store.open();
  await store.transaction(async (session) => {
    await keepModel(session, 'stitch/touched_thread', { done: 0, unused: 1 });
    assert.deepEqual(await session.all('select thread_id from touched_thread'), []);
  });
  await store.close();
});

test('every model is used by a step', () => {
  const files = readdirSync(folder, { recursive: true }).map(String);
  const steps = ['stitch.ts', 'accounts.ts', 'resolve.ts', 'marts.ts', 'erase-customer.ts']
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const models = files.filter((name) => name.endsWith('.sql')).map((name) => name.slice(0, -4).split(sep).join('/'));
  assert.ok(models.length > 40);
  for (const model of models) assert.ok(steps.includes(`'${model}'`), model);
});
