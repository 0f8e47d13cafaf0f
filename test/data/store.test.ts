import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Store } from '../../data/store.ts';

async function openStore(t: TestContext): Promise<Store> {
  const store = await Store.open();
  t.after(() => store.close());
  return store;
}

describe('the store', () => {
  it('binds and returns values as TypeScript knows them', async (t) => {
    const store = await openStore(t);
    const at = new Date('2026-03-29T01:30:00.123Z');
    const [row] = await store.all(
      "select ?::timestamp as at, ?::bigint as count, ?::varchar[] as tags, ?::uuid as id, null as nothing, 'é😡' as text",
      [at, 42, ['a', 'b'], '6f0c6bd5-3f4e-5d0b-9a63-1f2d0c5a7e11'],
    );
    assert.deepEqual(row, {
      at,
      count: 42,
      tags: ['a', 'b'],
      id: '6f0c6bd5-3f4e-5d0b-9a63-1f2d0c5a7e11',
      nothing: null,
      text: 'é😡',
    });
  });

  it('keeps whole numbers over 2^53 exact', async (t) => {
    const store = await openStore(t);
    assert.deepEqual(await store.all('select 9007199254740993::bigint as id'), [{ id: 9007199254740993n }]);
  });

  it('appends rows, with null where a value is missing', async (t) => {
    const store = await openStore(t);
    await store.run('create table main.note (id uuid, written_at timestamp, tags varchar[])');
    const columns = [
      { name: 'id', type: 'uuid' },
      { name: 'written_at', type: 'timestamp' },
      { name: 'tags', type: 'varchar[]' },
    ] as const;
    const id = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
    await store.append('main.note', columns, [
      [id, new Date(0), ['x']],
      [undefined, null, undefined],
    ]);
    assert.deepEqual(await store.all('select * from main.note order by id nulls last'), [
      { id, written_at: new Date(0), tags: ['x'] },
      { id: null, written_at: null, tags: null },
    ]);
  });

  it('does all of a transaction or nothing, and goes on afterwards', async (t) => {
    const store = await openStore(t);
    await store.run('create table main.note (text varchar)');
    const failing = store.transaction(async (session) => {
      await session.run("insert into main.note values ('half')");
      throw new Error('the process changed its mind');
    });
    await assert.rejects(failing, /changed its mind/);
    await store.run("insert into main.note values ('whole')");
    assert.deepEqual(await store.all('select text from main.note'), [{ text: 'whole' }]);
  });

  it('takes concurrent writes one after the other', async (t) => {
    const store = await openStore(t);
    await store.run('create table main.counter (value integer)');
    await store.run('insert into main.counter values (0)');
    await Promise.all(Array.from({ length: 50 }, () => store.run('update main.counter set value = value + 1')));
    assert.deepEqual(await store.all('select value from main.counter'), [{ value: 50 }]);
  });

  it('says which statement failed', async (t) => {
    const store = await openStore(t);
    await assert.rejects(store.all('select nothing_like_it'), /nothing_like_it[\s\S]*in: select nothing_like_it/);
  });

  it('closes once, however often it is asked, and refuses use afterwards', async () => {
    const store = await Store.open();
    await Promise.all([store.close(), store.close()]);
    await assert.rejects(store.all('select 1'), /store has been closed: :memory:/);
    assert.throws(() => store.run('select 1'), /store has been closed/);
  });

  it('lets reads under way and those that wait for a connection end before it closes', async () => {
    const store = await Store.open(':memory:', { readers: 2 });
    await store.run('create table main.number as select range as value from range(2000)');
    const count = 'select count(*)::integer as pairs from main.number a join main.number b on a.value >= b.value % 50';
    const reads = Array.from({ length: 4 }, () => store.all(count));
    await store.close();
    for (const read of reads) assert.deepEqual(await read, [{ pairs: 3_951_000 }]);
  });

  it('keeps what was committed when it is opened again', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'crosstalk-store-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'deep', 'crosstalk.duckdb');
    const first = await Store.open(path);
    await first.run("insert into ops.audit values (now()::timestamp, 'a', 'b', 'c', null)");
    await first.close();
    const second = await Store.open(path);
    assert.deepEqual(await second.all('select actor from ops.audit'), [{ actor: 'a' }]);
    await second.close();
  });
});
