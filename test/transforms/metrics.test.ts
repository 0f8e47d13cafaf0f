import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import { metrics } from '../../transforms/metrics.ts';
import { runQuery } from '../../transforms/query.ts';
import { insertEpisodes, insertFacts, type FactRow } from './fact-rows.ts';

const now = new Date('2026-03-10T00:00:00Z');

/** The value of a metric over the given rows, and with each of the given switches. */
async function valuesOf(
  name: string,
  rows: readonly FactRow[],
  switches: readonly Record<string, string | number>[] = [],
  insert = insertFacts,
): Promise<(number | null)[]> {
  const store = await Store.open();
  await insert(store, rows);
  const values: (number | null)[] = [];
  for (const set of [{}, ...switches]) {
    const { rows: result } = await runQuery(store, { metrics: [name], switches: { [name]: set } }, { now });
    values.push(result[0]![name]);
  }
  await store.close();
  return values;
}

test('every metric is null, or zero where it counts, when nothing counts', async () => {
  const store = await Store.open();
  const { rows } = await runQuery(store, { metrics: metrics.map(({ name }) => name) }, { now });
  const { volume, ...others } = rows[0]!;
  assert.equal(volume, 0);
  assert.deepEqual(new Set(Object.values(others)), new Set([null]));
  await store.close();
});

test('volume leaves out what is no contact, unless everything is asked for', async () => {
  const rows = [{}, {}, { is_customer_contact: false }];
  assert.deepEqual(await valuesOf('volume', rows, [{ counted: 'everything' }]), [2, 3]);
});

test('handle time: live channels by default, unknown times left out, wrap-up optional', async () => {
  const handled = { is_handled: true };
  const rows = [
    { ...handled, handle_seconds: 100, wrap_up_seconds: 40 },
    { ...handled, handle_seconds: 200 },
    { ...handled, handle_seconds: 600 },
    { ...handled, handle_seconds: null },
    { ...handled, handle_seconds: 7200, is_sync: false },
    { handle_seconds: 999 }, // nobody handled it
  ];
  assert.deepEqual(
    await valuesOf('handle_time', rows, [
      { average: 'median' },
      { part: 'without_wrap_up' },
      { channels: 'slow' },
      { channels: 'all' },
    ]),
    [300, 200, (60 + 200 + 600) / 3, 7200, 8100 / 4],
  );
});

test('speed of answer: answered live contacts only', async () => {
  const answered = { was_answered: true };
  const rows = [
    { ...answered, wait_seconds: 10 },
    { ...answered, wait_seconds: 20 },
    { ...answered, wait_seconds: 90 },
    { is_abandoned: true, wait_seconds: 300 },
    { ...answered, wait_seconds: 5000, is_sync: false },
    { ...answered, wait_seconds: 30, direction: 'outbound' },
  ];
  assert.deepEqual(await valuesOf('speed_of_answer', rows, [{ average: 'median' }]), [40, 20]);
});

test('service level: an early abandon is a success for Connect, a failure for Genesys, nothing for the third', async () => {
  const rows = [
    { was_queued: true, was_answered: true, wait_seconds: 10 },
    { was_queued: true, was_answered: true, wait_seconds: 20 }, // the threshold itself is within it
    { was_queued: true, was_answered: true, wait_seconds: 40 },
    { was_queued: true, is_abandoned: true, wait_seconds: 3 },
    { was_queued: true, is_abandoned: true, wait_seconds: 60 },
    { was_queued: true }, // still waiting: offered, for Connect
    { is_bot_only: true }, // never offered to a person
    { was_answered: true }, // how long it waited is not known
    { was_answered: true, wait_seconds: 5, direction: 'outbound' },
  ];
  assert.deepEqual(
    await valuesOf('service_level', rows, [
      { formula: 'connect' },
      { formula: 'exclude_short_abandons' },
      { formula: 'exclude_short_abandons', short_abandon_seconds: 0 },
      { threshold_seconds: 60 },
    ]),
    [2 / 5, 3 / 6, 2 / 4, 2 / 5, 3 / 5],
  );
});

test('abandon rate: of answered and abandoned, with or without the short ones', async () => {
  const rows = [
    { was_answered: true },
    { was_answered: true },
    { is_abandoned: true, wait_seconds: 4 },
    { is_abandoned: true, wait_seconds: 60 },
    { is_bot_only: true },
    { was_answered: true, is_sync: false },
    { was_answered: true, direction: 'outbound' },
  ];
  assert.deepEqual(
    await valuesOf('abandon_rate', rows, [
      { short_abandons: 'left_out' },
      { short_abandons: 'left_out', short_abandon_seconds: 61 },
    ]),
    [2 / 4, 1 / 3, 0],
  );
});

test('first response time: median of slow channels; mean, business hours and bots by switch', async () => {
  const mail = { is_sync: false, channel: 'email', channel_group: 'email' };
  const rows = [
    { ...mail, first_response_seconds: 60, first_response_business_seconds: 30, first_response_with_bot_seconds: 1 },
    { ...mail, first_response_seconds: 120, first_response_business_seconds: 0, first_response_with_bot_seconds: 2 },
    { ...mail, first_response_seconds: 600, first_response_business_seconds: 600, first_response_with_bot_seconds: 3 },
    { ...mail, first_response_with_bot_seconds: 4 }, // only a bot has answered
    { first_response_seconds: 1 }, // a call
    { ...mail, first_response_seconds: 1, is_customer_contact: false },
  ];
  assert.deepEqual(
    await valuesOf('first_response_time', rows, [{ average: 'mean' }, { span: 'business' }, { span: 'with_bot' }]),
    [120, 260, 30, 2.5],
  );
});

test('full resolution time: open contacts left out', async () => {
  const rows = [
    { full_resolution_seconds: 3600, full_resolution_business_seconds: 3600 },
    { full_resolution_seconds: 90_000, full_resolution_business_seconds: 32_400 },
    {},
  ];
  assert.deepEqual(
    await valuesOf('full_resolution_time', rows, [{ average: 'mean', hours: 'business' }]),
    [46_800, 18_000],
  );
});

test('rates of contacts: repeats, resolution and its strict form, frustration, containment and its verified form', async () => {
  const repeats = [{ is_repeat_contact: true }, { is_repeat_contact: false }, { is_repeat_contact: false }, {}];
  assert.deepEqual(await valuesOf('repeat_contact_rate', repeats), [1 / 3]);
  const resolved = { is_resolved: true, was_followed_up: false };
  const rows = [resolved, { ...resolved, was_followed_up: true }, { was_followed_up: false }];
  assert.deepEqual(await valuesOf('resolution_rate', rows, [{ resolved: 'strict' }]), [2 / 3, 1 / 3]);
  const frustrated = [{ is_scored: true, is_frustrated: true }, { is_scored: true, is_frustrated: false }, {}];
  assert.deepEqual(await valuesOf('frustration_rate', frustrated), [1 / 2]);
  const bot = { bot_utterance_count: 2, was_followed_up: false };
  const bots = [{ ...bot, is_bot_only: true }, { ...bot, is_bot_only: true, was_followed_up: true }, bot, bot, {}];
  assert.deepEqual(await valuesOf('bot_containment', bots, [{ contained: 'verified' }]), [2 / 4, 1 / 4]);
});

test('channel-switch rate: of episodes, or of those with several contacts', async () => {
  const rows = [{}, { interaction_count: 2 }, { interaction_count: 3, switch_count: 2 }, {}];
  assert.deepEqual(await valuesOf('channel_switch_rate', rows, [{ counted: 'several_contacts' }], insertEpisodes), [
    1 / 4,
    1 / 2,
  ]);
});

test('satisfaction: top two of five, on any scale, or the mean place on it', async () => {
  const on = (csat_score: number, csat_scale_min = 1, csat_scale_max = 5) => ({
    csat_score,
    csat_scale_min,
    csat_scale_max,
  });
  assert.deepEqual(await valuesOf('csat', [on(5), on(4), on(3), on(1), {}], [{ formula: 'mean' }]), [
    0.5,
    (1 + 0.75 + 0.5 + 0) / 4,
  ]);
  assert.deepEqual(await valuesOf('csat', [on(1, 0, 1), on(0, 0, 1), on(8, 0, 10), on(7, 0, 10)]), [0.5]);
  assert.deepEqual(await valuesOf('csat', [on(1, 1, 1)]), [null]); // no scale, no place on it
});

test('net promoter score: 0 to 6 are detractors, 7 and 8 count in the whole', async () => {
  const rows = [10, 9, 8, 7, 6, 0, 9, 9].map((nps_score) => ({ nps_score }));
  assert.deepEqual(await valuesOf('nps', rows), [25]); // 4 of 8 promote, 2 detract
});

test('sentiment and its shift: scored contacts only, each counting once', async () => {
  const rows = [
    { is_scored: true, sentiment: 0.5, sentiment_shift: 1 },
    { is_scored: true, sentiment: -1, sentiment_shift: -0.5 },
    { is_scored: true, sentiment: 0.25 },
    {},
  ];
  assert.ok(Math.abs((await valuesOf('mean_sentiment', rows))[0]! - -0.25 / 3) < 1e-12);
  assert.deepEqual(await valuesOf('sentiment_shift', rows), [0.25]);
});

test('every metric says what it is, and every switch has a default among its choices', () => {
  assert.equal(new Set(metrics.map(({ name }) => name)).size, metrics.length);
  for (const metric of metrics) {
    assert.match(metric.name, /^[a-z_]+$/);
    for (const text of [metric.title, metric.description, metric.formula]) assert.ok(text.length > 2, metric.name);
    assert.ok(metric.edgeCases.length > 0 && metric.sources.length > 0, metric.name);
    for (const item of metric.switches)
      if (item.type === 'choice') assert.ok(item.choices[item.default], `${metric.name}.${item.name}`);
      else assert.ok(item.default >= item.minimum && item.default <= item.maximum, `${metric.name}.${item.name}`);
  }
});

test('every choice of every switch runs', async () => {
  const store = await Store.open();
  for (const metric of metrics)
    for (const item of metric.switches)
      for (const choice of item.type === 'choice' ? Object.keys(item.choices) : [item.minimum, item.maximum])
        await runQuery(
          store,
          { metrics: [metric.name], switches: { [metric.name]: { [item.name]: choice } } },
          { now },
        );
  await store.close();
});
