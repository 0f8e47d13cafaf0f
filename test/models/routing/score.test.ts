import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { silentLogger } from '../../../logger.ts';
import { scoreChurn } from '../../../models/churn/churn-step.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { scoreContact } from '../../../models/routing/score.ts';

const config = normalizeConfig({ dataDirectory: ':memory:', model: { workers: 1 } });
const customerId = recordId('customer', 'test', 'dana');
let pool: EncoderPool;
let store: Store;

before(async () => {
  pool = await EncoderPool.open(config.model);
  store = await Store.open();
});
after(async () => {
  await pool.close();
  await store.close();
});

test('an unknown customer with a stolen card is urgent', async () => {
  const score = await scoreContact({ text: 'Someone stole my card, help!', channel: 'chat' }, { store, pool });
  assert.equal(score.intent, 'security.lost_or_stolen');
  assert.ok(score.sentiment! < 0);
  assert.ok(['high', 'urgent'].includes(score.urgency.level));
  assert.deepEqual([score.customer, score.churn.risk, score.recentContacts], [null, null, []]);
});

test('an unsupported language gives no signals, and says so', async () => {
  const text = 'Meine Karte wurde gestohlen, bitte sperren Sie sie sofort.';
  const score = await scoreContact({ text, channel: 'chat' }, { store, pool });
  assert.deepEqual(
    [score.language, score.isSupported, score.sentiment, score.intent, score.frustration],
    ['de', false, null, null, null],
  );
});

/** A contact as the marts state it, the columns that matter here. */
async function addContact(day: number, changes: Record<string, string | number | boolean | null>): Promise<void> {
  const columns = await store.all<{ name: string; type: string; required: boolean }>(
    `select column_name as name, data_type as type, is_nullable = 'NO' as required
     from information_schema.columns where table_schema = 'mart' and table_name = 'interaction_fact'`,
  );
  const blank = (type: string) =>
    type === 'BOOLEAN'
      ? false
      : type.startsWith('TIMESTAMP') || type === 'DATE'
        ? new Date(Date.UTC(2026, 0, day))
        : type === 'VARCHAR'
          ? 'x'
          : 0;
  const values: Record<string, unknown> = Object.fromEntries(
    columns.filter(({ required }) => required).map(({ name, type }) => [name, blank(type)]),
  );
  Object.assign(
    values,
    { customer_id: customerId, is_customer_contact: true, interaction_id: recordId('i', 'test', day) },
    changes,
  );
  const names = Object.keys(values);
  await store.run(
    `insert into mart.interaction_fact (${names.join(', ')}) values (${names.map((name) => `$${name}`).join(', ')})`,
    values as Record<string, string>,
  );
}

test('churn is scored from the marts with reasons, once', async () => {
  await store.run(
    `insert into core.customer (id, handle_count, is_anonymous, revision) values ($customerId, 1, false, 1)`,
    { customerId },
  );
  await addContact(2, { sentiment: 0.6, revision: 10 });
  await addContact(9, { sentiment: -0.9, is_frustrated: true, is_repeat_contact: true, revision: 11 });
  await addContact(10, { sentiment: -0.8, is_frustrated: true, is_repeat_contact: true, revision: 12 });
  await addContact(11, {
    sentiment: -0.8,
    is_channel_switch: true,
    csat_score: 1,
    csat_scale_min: 1,
    csat_scale_max: 5,
    outcome: 'not_resolved',
    revision: 13,
  });
  const effects = { logger: silentLogger, now: () => new Date(0) };
  assert.deepEqual(await scoreChurn(store, config, effects), { step: 'churn', rows: 1 });
  const [signal] = await store.all('select customer_id, churn_risk, churn_method, churn_reasons from signal.customer');
  assert.equal(signal!.customer_id, customerId);
  assert.equal(signal!.churn_method, 'rules');
  assert.ok(signal!.churn_risk > 0.5);
  const reasons = (JSON.parse(signal!.churn_reasons) as { reason: string }[]).map(({ reason }) => reason);
  assert.deepEqual(reasons.toSorted(), [
    'changed channel',
    'had to come back',
    'mood fell',
    'rated us low',
    'recent contacts negative',
    'was frustrated',
  ]);
  assert.deepEqual(await scoreChurn(store, config, effects), { step: 'churn', rows: 0 });
});

test('a known customer comes with their history', async () => {
  await store.run(
    `insert into mart.customer (customer_id, display_name, is_anonymous, interaction_count, episode_count, open_episode_count,
       channel_count, churn_risk, churn_method, churn_reasons, has_left)
     values ($customerId, 'Dana Example', false, 4, 1, 1, 1, 0.7, 'rules', '[{"reason":"was frustrated","weight":1}]', false)`,
    { customerId },
  );
  const score = await scoreContact({ text: 'Hello, it is me again', channel: 'chat', customerId }, { store, pool });
  assert.equal(score.customer!.displayName, 'Dana Example');
  assert.equal(score.customer!.openEpisodeCount, 1);
  assert.deepEqual(score.churn, { risk: 0.7, method: 'rules', reasons: [{ reason: 'was frustrated', weight: 1 }] });
  assert.equal(score.recentContacts.length, 4);
  assert.equal(score.recentContacts[0]!.startedAt.toISOString(), '2026-01-11T00:00:00.000Z');
  assert.equal(score.recentContacts[0]!.outcome, 'not_resolved');
});
