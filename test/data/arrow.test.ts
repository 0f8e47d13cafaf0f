import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import { arrowStream } from '../../data/arrow.ts';
import { Store } from '../../data/store.ts';

async function tableOf(sql: string, rowCount?: number) {
  const store = await Store.open();
  try {
    return await store.read(async (reader) => {
      const result = await reader.stream(sql);
      const columns = { names: result.deduplicatedColumnNames(), types: result.columnTypes(), chunks: result };
      const pieces: Uint8Array[] = [];
      for await (const piece of arrowStream(rowCount === undefined ? columns : { ...columns, rowCount }))
        pieces.push(piece);
      return tableFromIPC(pieces);
    });
  } finally {
    await store.close();
  }
}

test('every type arrives with its value, and null as null', async () => {
  const table = await tableOf(`
    select * from (values
      (true, 1::tinyint, 2::smallint, 3, 4::bigint, 1.5::double, 'text', date '2026-01-31', timestamp '2026-01-31 09:30:00.250',
       ['a', null], 12.25::decimal(10, 2), 5::hugeint, uuid '6f0c6bd5-3f4e-5d0b-9a63-1f2d0c5a7e11', {'k': 1}),
      (null, null, null, null, null, null, null, null, null, null, null, null, null, null)
    ) t(flag, tiny, small, whole, big, real, words, day, moment, list, price, huge, id, struct)`);
  const [first, second] = table.toArray().map((row) => row.toJSON());
  assert.deepEqual(
    { ...first, list: first!.list.toArray?.() ?? [...first!.list] },
    {
      flag: true,
      tiny: 1,
      small: 2,
      whole: 3,
      big: 4n,
      real: 1.5,
      words: 'text',
      day: Date.UTC(2026, 0, 31),
      moment: Date.UTC(2026, 0, 31, 9, 30, 0, 250),
      list: ['a', null],
      price: 12.25,
      huge: 5,
      id: '6f0c6bd5-3f4e-5d0b-9a63-1f2d0c5a7e11',
      struct: '{"k":1}',
    },
  );
  assert.deepEqual([...new Set(Object.values(second!))], [null]);
  assert.equal(
    String(table.schema.fields.map(({ type }) => type)),
    'Bool,Int8,Int16,Int32,Int64,Float64,Utf8,Date32<DAY>,Timestamp<MICROSECOND, UTC>,List<Utf8>,Float64,Float64,Utf8,Utf8',
  );
});

test('many chunks make one table; the row count cuts it', async () => {
  const whole = await tableOf('select i, i % 3 = 0 as is_third from range(5000) t(i)');
  assert.equal(whole.numRows, 5000);
  assert.equal(whole.get(4998)!.i, 4998n);
  assert.equal((await tableOf('select i from range(5000) t(i)', 2100)).numRows, 2100);
});

test('an answer without rows still tells its columns', async () => {
  const table = await tableOf("select 1 as a, ['x'] as b where false");
  assert.equal(table.numRows, 0);
  assert.deepEqual(
    table.schema.fields.map(({ name }) => name),
    ['a', 'b'],
  );
});
