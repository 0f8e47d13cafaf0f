import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importDepartures } from '../../../ingest/departures.ts';
import { findCombinations, type Journeys } from '../../../models/churn/churn-combinations.ts';
import { fitChurnDaily, fitChurnNow } from '../../../models/churn/churn-fit-step.ts';
import { currentChurnVersion } from '../../../models/churn/churn-model-store.ts';
import { readChurnRecords } from '../../../models/churn/churn-record.ts';
import { scoreChurn } from '../../../models/churn/churn-step.ts';
import { signs } from '../../../models/churn/churn-learned.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { Store } from '../../../data/store.ts';
import { config } from '../../transforms/land.ts';
import { addContacts, DAY, daysBeforeEnd, effects, endsAt, plantWorld, type PlantedWorld } from './churn-world.ts';

let world: PlantedWorld;
before(async () => {
  world = await plantWorld();
});
after(() => world.store.close());

const settings = config();

test('before anybody is known to have left, nothing is learned and the rules score', async () => {
  const { store } = world;
  assert.deepEqual(await fitChurnDaily(store, settings, effects), { step: 'churn-fit', rows: 0 });
  await scoreChurn(store, settings, effects);
  const methods = await store.all('select distinct churn_method, churn_model from signal.customer');
  assert.deepEqual(methods, [{ churn_method: 'rules', churn_model: 'rules 1' }]);
});

test('too few departures leave the rules in force, and it says so', async () => {
  const { store, departures } = world;
  await importDepartures(store, departures.slice(0, 12), { file: 'few.csv' }, effects);
  await buildMarts(store, settings, effects);
  const version = await fitChurnNow(store, settings, effects);
  assert.equal(version.method, 'rules');
  assert.equal(version.model, null);
  assert.equal((await fitChurnDaily(store, settings, effects)).rows, 0, 'once a day');
  assert.match(version.reason, /^too few customers left within a window after a cut-off: \d+ to learn from/);
});

test('with enough departures the planted reason is learned, calibrated, and told of those it touches', async (t) => {
  const { store, departures } = world;
  await importDepartures(store, departures, { file: 'all.csv' }, effects);
  await buildMarts(store, settings, effects);
  assert.equal((await fitChurnDaily(store, settings, effects)).rows, 1, 'again, as more are known');
  const { method, reason, model, report } = (await currentChurnVersion(store))!;
  t.diagnostic(`${departures.length} left; ${reason}`);
  assert.equal(method, 'learned', reason);
  const measures = report.measures!;
  assert.ok(
    measures.area > 0.7 &&
      measures.area > measures.rulesArea &&
      measures.areaLow < measures.area &&
      measures.area < measures.areaHigh,
  );
  assert.ok(measures.brier < measures.baseBrier);
  for (const { predicted, low, high } of measures.reliability)
    assert.ok(predicted > low - 0.05 && predicted < high + 0.05, JSON.stringify(measures.reliability));
  const strengthOf = (name: string) => Math.abs(model!.weight[signs.findIndex((sign) => sign.name === name)]!);
  const [planted, unrelated] = [
    Math.max(strengthOf('weight_switch'), strengthOf('weight_negative'), strengthOf('weight_open')),
    strengthOf('weight_transferred'),
  ];
  t.diagnostic(`strength of planted signs ${planted}, of an unrelated one ${unrelated}`);
  assert.ok(planted > 3 * unrelated);
});

test('every customer has the method, its version and the day, and reasons in plain words', async () => {
  const { store } = world;
  const scored = await scoreChurn(store, settings, effects);
  assert.ok(scored.rows > 200);
  await buildMarts(store, settings, effects);
  const current = (await currentChurnVersion(store))!;
  const rows = await store.all<Record<string, any>>(
    `select churn_risk, churn_band, churn_method, churn_model, churn_at, churn_reasons, has_left
     from mart.customer order by churn_risk desc`,
  );
  const staying = rows.filter((row) => !row.has_left);
  assert.ok(staying.every((row) => row.churn_method === 'learned' && row.churn_model === `learned ${current.version}`));
  assert.ok(rows.filter((row) => row.has_left).every((row) => row.churn_method === 'rules'));
  assert.deepEqual(staying[0]!.churn_at, endsAt);
  assert.equal(staying[0]!.churn_band, 'high');
  assert.equal(staying.at(-1)!.churn_band, 'low');
  assert.match(staying[0]!.churn_reasons, /changed channel|matters left open|had to come back|very negative words/);
});

test('a pass with nothing new scores nobody; the next day everyone, since silence has grown', async () => {
  const { store } = world;
  assert.equal((await scoreChurn(store, settings, effects)).rows, 0);
  assert.equal((await fitChurnDaily(store, settings, effects)).rows, 0);
  const tomorrow = { ...effects, now: () => new Date(endsAt.getTime() + DAY) };
  assert.ok((await scoreChurn(store, settings, tomorrow)).rows > 200);
});

test('the planted combination stands out at equal numbers of contacts, and the others do not', async (t) => {
  const found = await world.store.all<Record<string, any>>('select * from signal.churn_combination');
  const of = (channels: string, group: string) =>
    found.find((row) => row.channels === channels && row.intent_group === group)!;
  const planted = of('chat,voice', 'delivery');
  t.diagnostic(JSON.stringify(planted));
  assert.ok(planted.ratio_low > 2 && planted.is_clear);
  assert.ok(planted.share_left > 2 * planted.share_left_others);
  assert.deepEqual(
    found.filter((row) => row.is_clear).map((row) => [row.channels, row.intent_group]),
    [['chat,voice', 'delivery']],
  );
  for (const { channels, intent_group: group, ratio_low: low, ratio_high: high } of found)
    if (group !== 'delivery') assert.ok(low < 1.1 && high > 0.9, `${channels} ${group}: ${low} to ${high}`);
});

test('nothing that is said, happens or is answered at or after the cut-off moves what was known before it', async () => {
  const store = await Store.open();
  const cutoffAt = daysBeforeEnd(60);
  const contact = (days: number, given: object = {}) => ({
    customer: 'ann',
    at: daysBeforeEnd(days),
    channel: 'chat' as const,
    intent: 'delivery.late',
    act: 'complaint' as const,
    sentiment: -0.3,
    ...given,
  });
  await addContacts(store, [contact(70), contact(66, { channel: 'voice' }), contact(200, { intent: 'order.status' })]);
  const asOf = { cutoffAt, gapDays: 7 };
  const known = await readChurnRecords(store, asOf);
  assert.deepEqual(
    known.map((one) => [one.count_contacts, one.count_contacts_earlier, one.count_open, one.count_switch]),
    [[2, 1, 1, 1]],
  );
  await addContacts(store, [
    contact(60, { intent: 'plan.cancel_service', act: 'thanks', sentiment: 0.9, isTransferred: true }),
    contact(59, { channel: 'email', intent: 'billing.double_charge', sentiment: -1 }),
    contact(20, { act: 'thanks' }),
  ]);
  // Later words and events of the conversations that were there before.
  await store.run(
    `insert into core.event (id, thread_id, source, kind, occurred_at, interaction_id, revision)
     select uuid(), thread_id, 'desk', kind, $cutoff::timestamp + interval '1' hour, interaction_id, nextval('core.revision')
     from core.utterance, (values ('solved'), ('transferred'), ('churned')) as later (kind)`,
    { cutoff: cutoffAt },
  );
  await store.run(
    `insert into core.survey (id, source, native_id, kind, occurred_at, score, scale_min, scale_max, version, interaction_id, revision)
     select uuid(), 'desk', 'late', 'csat', $cutoff::timestamp, 1, 1, 5, 1, interaction_id, nextval('core.revision')
     from core.utterance`,
    { cutoff: cutoffAt },
  );
  await importDepartures(store, [{ customer: 'ann@example.com', left_at: '2026-05-20' }], { file: 'later' }, effects);
  await buildMarts(store, settings, effects);
  assert.deepEqual(await readChurnRecords(store, asOf), known);
  const [afterwards] = await readChurnRecords(store, { ...asOf, cutoffAt: endsAt });
  assert.equal(afterwards!.count_cancel, 1);
  assert.equal(afterwards!.has_left, true);
  await store.close();
});

test('a combination that only goes with many contacts is put down to their number', () => {
  const cutoffAt = daysBeforeEnd(30);
  const row = (index: number, countContacts: number, isLeaver: boolean, isExposed: boolean): Journeys => ({
    customerId: `${index}`,
    cutoffAt,
    countContacts,
    isLeaver,
    combinations: isExposed ? [{ channels: 'email', intentGroup: 'billing' }] : [],
  });
  // Half of those with many contacts leave, exposed or not, and few of the others; the exposed have many contacts.
  const rows = Array.from({ length: 400 }, (_, index) => {
    const isBusy = index % 2 === 0;
    const isExposed = isBusy ? (index >> 2) % 4 !== 0 : (index >> 2) % 8 === 1;
    return row(index, isBusy ? 8 : 1, (index >> 1) % (isBusy ? 2 : 20) === 1, isExposed);
  });
  const [found] = findCombinations(rows);
  assert.ok(found!.share > 1.5 * found!.shareOthers, 'crude shares differ');
  assert.ok(found!.ratio! < 1.2 && found!.low! < 1 && !found!.isClear, JSON.stringify(found));
});
