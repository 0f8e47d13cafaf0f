import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { migrate, readMigrations, type Migration } from '../../data/migrations.ts';
import { Store } from '../../data/store.ts';
import { mergeTables } from '../../ingest/merge-rules.ts';
import { FactSchema } from '../../ingest/records.ts';
import { insertEpisodes } from '../transforms/fact-rows.ts';

const note: Migration = { name: '001_note.sql', sql: 'create table main.note (text varchar)', hash: 'a' };

const fieldOf = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

async function emptied(): Promise<Store> {
  const store = await Store.open();
  await store.run('delete from main.migration');
  return store;
}

describe('migrations', () => {
  it('are applied once, in order', async () => {
    const store = await emptied();
    assert.deepEqual(await migrate(store, [note]), ['001_note.sql']);
    assert.deepEqual(await migrate(store, [note]), []);
    await store.close();
  });

  it('refuse a past that was edited', async () => {
    const store = await emptied();
    await migrate(store, [note]);
    await assert.rejects(migrate(store, [{ ...note, hash: 'b' }]), /001_note.sql was changed after it was applied/);
    await store.close();
  });

  it('refuse a store that is newer than the program', async () => {
    const store = await emptied();
    await migrate(store, [note]);
    await assert.rejects(
      migrate(store, []),
      /has migration 001_note.sql; expected a version of Crosstalk that knows it/,
    );
    await store.close();
  });

  it('leave nothing behind where one fails', async () => {
    const store = await emptied();
    const broken = {
      name: '001_broken.sql',
      sql: 'create table main.half (a integer); create table nonsense',
      hash: 'c',
    };
    await assert.rejects(migrate(store, [broken]));
    assert.deepEqual(await store.all("select table_name from information_schema.tables where table_name = 'half'"), []);
    await store.close();
  });

  it('tell of the matters that are there already whether they are open', async () => {
    const store = await Store.open();
    await insertEpisodes(store, [{ is_resolved: true }, { is_resolved: false }]);
    await store.run('alter table mart.episode drop column is_open');
    await store.run("delete from main.migration where name >= '014'");
    await migrate(store, readMigrations().slice(0, 14));
    assert.deepEqual(await store.all('select episode_id, is_open from mart.episode order by 1'), [
      { episode_id: 'e1', is_open: false },
      { episode_id: 'e2', is_open: true },
    ]);
    await store.close();
  });

  it('refuse a gap in the numbers', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'crosstalk-migrations-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, '001_a.sql'), '');
    await writeFile(join(folder, '003_c.sql'), '');
    assert.throws(() => readMigrations(folder), /invalid migration: 003_c.sql; expected its name to start with 002_/);
  });
});

describe('core tables', () => {
  it('have a merge rule for every field of every fact, and a column for every rule', async () => {
    const store = await Store.open();
    for (const schema of FactSchema.options) {
      const kind = schema.shape.fact.value;
      const { table, columns } = mergeTables[kind];
      const fields = Object.keys(schema.shape).filter((field) => field !== 'fact');
      assert.deepEqual(columns.map(({ name }) => fieldOf(name)).sort(), fields.sort(), `${kind}: fields and rules`);
      const stored = (await store.all<{ column_name: string }>(`select column_name from (describe ${table})`)).map(
        (row) => row.column_name,
      );
      for (const { name, rule } of columns) {
        assert.ok(stored.includes(name), `${table} lacks ${name}`);
        if (rule === 'latest') assert.ok(stored.includes(`${name}_version`), `${table} lacks ${name}_version`);
      }
    }
    await store.close();
  });
});
