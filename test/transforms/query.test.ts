import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Store } from '../../data/store.ts';
import { compileDrill, compileQuery, QuerySchema, runQuery, type QueryInput } from '../../transforms/query.ts';
import { insertEpisodes, insertFacts, type FactRow } from './fact-rows.ts';

const now = new Date('2026-03-10T00:00:00Z');

async function openWith(rows: readonly FactRow[], episodes: readonly FactRow[] = []): Promise<Store> {
  const store = await Store.open();
  await insertFacts(store, rows);
  await insertEpisodes(store, episodes);
  return store;
}

const refused = (input: unknown, message: RegExp) =>
  assert.throws(() => compileQuery(input as QueryInput, { now }), message);

test('a query is one statement with one group by, and binds every value', () => {
  const compiled = compileQuery(
    {
      metrics: ['volume', 'service_level'],
      dimensions: ['channel'],
      grain: 'day',
      filters: { from: '2026-03-01', to: '2026-03-08', queue: ["x' or true --", null] },
      switches: { service_level: { threshold_seconds: 30 } },
    },
    { now },
  );
  assert.equal(compiled.sql.match(/group by/g)!.length, 1);
  assert.ok(!compiled.sql.includes("x' or"));
  assert.match(compiled.sql, /\(queue in \(\$queue_0\) or queue is null\)/);
  assert.deepEqual(compiled.parameters, {
    from: new Date('2026-03-01T00:00:00Z'),
    to: new Date('2026-03-08T00:00:00Z'),
    queue_0: "x' or true --",
    service_level_threshold_seconds: 30,
    limit: 1000,
  });
  assert.ok(Object.isFrozen(compiled));
  assert.deepEqual(
    compiled.columns.map(({ name, kind }) => `${kind} ${name}`),
    ['bucket bucket', 'dimension channel', 'metric volume', 'metric service_level'],
  );
});

test('what is wrong with a query is said, with what would be right', () => {
  refused({ metrics: ['speed'] }, /^QueryError: invalid metric: speed; expected one of volume, handle_time, /);
  refused({ metrics: ['volume'], dimensions: ['colour'] }, /invalid dimension: colour; expected one of channel, /);
  refused({ metrics: ['channel_switch_rate'], dimensions: ['outcome'] }, /invalid dimension: outcome; .*mart.episode/);
  refused({ metrics: ['volume'], orderBy: [{ column: 'nps' }] }, /invalid orderBy: nps; expected one of volume/);
  refused({ metrics: ['nps'], switches: { nps: { x: 1 } } }, /invalid switch of nps: x; expected none/);
  refused({ metrics: ['nps'], switches: { csat: {} } }, /invalid switches: csat; expected a metric of the query: nps/);
  refused(
    { metrics: ['service_level'], switches: { service_level: { threshold_seconds: 0 } } },
    /invalid threshold_seconds of service_level: 0; expected a number from 1 to 604800/,
  );
  refused(
    { metrics: ['csat'], switches: { csat: { formula: 'median' } } },
    /invalid formula of csat: median; expected one of top_two, mean/,
  );
  refused({ metrics: ['volume'], timeZone: 'Mars' }, /invalid query: timeZone; expected an IANA time zone/);
  refused({ metrics: ['volume'], filters: { colour: ['red'] } }, /invalid query: filters; .*colour/);
  refused(
    { metrics: ['volume'], filters: { from: '2026-03-09', to: '2026-03-08' } },
    /invalid period: .*from before to/,
  );
});

test('the schema can be shown to the users of the API', () => {
  const schema = z.toJSONSchema(QuerySchema, { io: 'input' });
  assert.deepEqual(schema.required, ['metrics']);
});

test('metrics by dimension, ordered and limited; a dimension may be unknown', async () => {
  const store = await openWith([
    { queue: 'A' },
    { queue: 'B' },
    { queue: 'B' },
    {},
    { queue: 'C', started_at: '2025-01-01 00:00:00' },
  ]);
  const input = { metrics: ['volume'], dimensions: ['queue'], orderBy: [{ column: 'volume', descending: true }] };
  assert.deepEqual((await runQuery(store, input, { now })).rows, [
    { queue: 'B', volume: 2 },
    { queue: 'A', volume: 1 },
    { queue: null, volume: 1 },
  ]);
  assert.equal((await runQuery(store, { ...input, limit: 1 }, { now })).rows.length, 1);
  const unknown = await runQuery(store, { ...input, filters: { queue: ['A', null] } }, { now });
  assert.deepEqual(
    unknown.rows.map(({ queue }) => queue),
    ['A', null],
  );
  await store.close();
});

test('days and hours are those of the time zone, on both sides of a clock change', async () => {
  const store = await openWith([
    { started_at: '2026-03-28 22:30:00' }, // Saturday 23:30 in Berlin
    { started_at: '2026-03-28 23:30:00' }, // Sunday 00:30
    { started_at: '2026-03-29 00:30:00' }, // Sunday 01:30, the last hour of winter time
    { started_at: '2026-03-29 01:30:00' }, // Sunday 03:30, summer time
    { started_at: '2026-03-29 21:30:00' }, // Sunday 23:30
    { started_at: '2026-03-29 22:30:00' }, // Monday 00:30
  ]);
  const filters = { from: '2026-03-28', to: '2026-03-31' };
  const query = (grain: 'day' | 'hour' | 'week' | 'month') =>
    runQuery(store, { metrics: ['volume'], grain, timeZone: 'Europe/Berlin', filters }, { now });
  assert.deepEqual((await query('day')).rows, [
    { bucket: new Date('2026-03-28T00:00:00Z'), volume: 1 },
    { bucket: new Date('2026-03-29T00:00:00Z'), volume: 4 },
    { bucket: new Date('2026-03-30T00:00:00Z'), volume: 1 },
  ]);
  assert.deepEqual(
    (await query('hour')).rows.map(({ bucket }) => bucket.toISOString().slice(11, 13)),
    ['23', '00', '01', '03', '23', '00'],
  );
  assert.deepEqual(
    (await query('week')).rows.map(({ bucket, volume }) => [bucket.toISOString().slice(0, 10), volume]),
    [
      ['2026-03-23', 5],
      ['2026-03-30', 1],
    ],
  );
  assert.deepEqual((await query('month')).rows, [{ bucket: new Date('2026-03-01T00:00:00Z'), volume: 6 }]);
  assert.deepEqual((await query('day')).period, {
    from: new Date('2026-03-27T23:00:00Z'),
    to: new Date('2026-03-30T22:00:00Z'),
  });
  await store.close();
});

test('without a zone shift, the hours and days of the mart are used as they are', async () => {
  const store = await openWith([{ started_at: '2026-03-02 09:40:00' }]);
  for (const [grain, bucket] of [
    ['hour', '2026-03-02T09:00:00Z'],
    ['day', '2026-03-02T00:00:00Z'],
    ['week', '2026-03-02T00:00:00Z'],
  ] as const) {
    const { rows } = await runQuery(store, { metrics: ['volume'], grain }, { now });
    assert.deepEqual(rows, [{ bucket: new Date(bucket), volume: 1 }]);
  }
  await store.close();
});

test('metrics of two marts stand in one row', async () => {
  const store = await openWith(
    [{ queue: 'A' }, { queue: 'A' }, { queue: 'B' }],
    [{ queue: 'A', switch_count: 1 }, { queue: 'C' }],
  );
  const { rows } = await runQuery(
    store,
    { metrics: ['volume', 'channel_switch_rate'], dimensions: ['queue'], counts: true },
    { now },
  );
  assert.deepEqual(rows, [
    { queue: 'A', volume: 2, volume_count: 2, channel_switch_rate: 1, channel_switch_rate_count: 1 },
    { queue: 'B', volume: 1, volume_count: 1, channel_switch_rate: null, channel_switch_rate_count: null },
    { queue: 'C', volume: null, volume_count: null, channel_switch_rate: 0, channel_switch_rate_count: 1 },
  ]);
  await store.close();
});

test('the period before has the same length and ends where this one begins', async () => {
  const store = await openWith([
    { started_at: '2026-03-05 00:00:00' },
    { started_at: '2026-03-04 23:59:59' },
    { started_at: '2026-03-02 00:00:00' },
    { started_at: '2026-03-01 23:59:59' },
  ]);
  const result = await runQuery(
    store,
    { metrics: ['volume'], filters: { from: '2026-03-05', to: '2026-03-08' }, compare: 'previous_period' },
    { now },
  );
  assert.deepEqual(result.rows, [{ volume: 1 }]);
  assert.deepEqual(result.comparison, {
    period: { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-05T00:00:00Z') },
    rows: [{ volume: 2 }],
  });
  await store.close();
});

test('a segment of customers filters by what is known of them', async () => {
  const store = await openWith([{ customer_id: 'ann' }, { customer_id: 'bob' }, { customer_id: 'bob' }]);
  for (const [id, band] of [
    ['ann', 'high'],
    ['bob', 'low'],
  ])
    await store.run(
      `insert into mart.customer (customer_id, is_anonymous, interaction_count, episode_count, open_episode_count, channel_count, churn_band, has_left)
       values (?, false, 1, 1, 0, 1, ?, false)`,
      [id!, band!],
    );
  const input: QueryInput = { metrics: ['volume'], filters: { customerSegment: 'churn_low' } };
  assert.deepEqual((await runQuery(store, input, { now })).rows, [{ volume: 2 }]);
  await store.close();
});

test('the result carries each definition with the switches in force', async () => {
  const store = await openWith([]);
  const { definitions } = await runQuery(
    store,
    { metrics: ['service_level'], switches: { service_level: { threshold_seconds: 30 } } },
    { now },
  );
  assert.deepEqual(definitions[0]!.inForce, { threshold_seconds: 30, short_abandon_seconds: 5, formula: 'genesys' });
  await store.close();
});

test('a number leads to the conversations it counts, newest first', async () => {
  const store = await openWith(
    [
      { queue: 'A', wait_seconds: 10, was_answered: true, started_at: '2026-03-02 09:00:00' },
      { queue: 'A', wait_seconds: 20, was_answered: true, started_at: '2026-03-03 09:00:00' },
      { queue: 'A', is_abandoned: true, started_at: '2026-03-04 09:00:00' },
      { queue: 'B', wait_seconds: 30, was_answered: true },
      { queue: 'A', episode_id: 'e1', started_at: '2026-03-05 09:00:00', is_sync: false },
    ],
    [{ queue: 'A', switch_count: 1 }],
  );
  const drill = async (name: string, page = {}) => {
    const input = { metrics: [name], filters: { queue: ['A'] } };
    const { sql, parameters } = compileDrill(input, name, { now, ...page });
    return (await store.all(sql, parameters)).map(({ interaction_id: id }) => id);
  };
  assert.deepEqual(await drill('speed_of_answer'), ['2', '1']);
  assert.deepEqual(await drill('speed_of_answer', { limit: 1, offset: 1 }), ['1']);
  assert.deepEqual(await drill('channel_switch_rate'), ['5']);
  assert.ok((await drill('service_level')).length > 0);
  await store.close();
});
