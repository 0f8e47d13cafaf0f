import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import type { Channel } from '../../ingest/channels.ts';
import type { Fact } from '../../ingest/records.ts';
import { mergeHandles, splitHandles } from '../../transforms/decide.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from './land.ts';
import { scoreInteraction } from './score.ts';

interface Contact {
  name: string;
  day: number;
  channel?: Channel;
  intent?: string;
  customer?: string;
  more?: (facts: ReturnType<typeof factsOf>, threadId: string) => void;
}

function contactFacts({ name, day, channel = 'email', customer = 'ann', more }: Contact): Fact[] {
  const list = factsOf();
  const threadId = list.thread({ nativeId: name, channel, direction: 'inbound', status: 'open' });
  if (customer)
    list.participant(threadId, 'customer', at('09:00', day), { type: 'email', value: `${customer}@example.com` });
  list.utterance({ threadId, nativeId: name, role: 'customer', occurredAt: at('09:00', day), text: name });
  more?.(list, threadId);
  return list.facts;
}

async function historyOf(contacts: Contact[]): Promise<Store> {
  const store = await Store.open();
  await land(store, contacts.flatMap(contactFacts));
  await stitch(store, config(), effects);
  await resolve(store, config(), effects);
  for (const { name, intent } of contacts) if (intent) await scoreInteraction(store, name, { intent });
  await buildMarts(store, config(), effects);
  return store;
}

/** The names of the contacts of each episode, in order. */
async function episodesOf(contacts: Contact[]): Promise<string[]> {
  const store = await historyOf(contacts);
  const rows = await store.all<{ names: string }>(
    `select string_agg(native_id, ' ' order by started_at) as names
     from mart.interaction_fact where episode_id is not null group by episode_id order by min(started_at)`,
  );
  await store.close();
  return rows.map(({ names }) => names);
}

test('contacts about one group of reasons within the gap are one episode, across channels', async () => {
  assert.deepEqual(
    await episodesOf([
      { name: 'a', day: 0, intent: 'delivery.late' },
      { name: 'b', day: 6, intent: 'delivery.missing', channel: 'voice' },
      { name: 'c', day: 12, intent: 'delivery.late' }, // less than seven days after b
      { name: 'd', day: 19, intent: 'delivery.late' }, // exactly seven days after c
    ]),
    ['a b c', 'd'],
  );
});

test('another matter in between is an episode of its own and does not part the first', async () => {
  assert.deepEqual(
    await episodesOf([
      { name: 'a', day: 0, intent: 'delivery.late' },
      { name: 'b', day: 1, intent: 'billing.double_charge' },
      { name: 'c', day: 2, intent: 'delivery.late' },
    ]),
    ['a c', 'b'],
  );
});

test('a contact without a reason, or with one that names no matter, joins the one before it, or else after it', async () => {
  assert.deepEqual(
    await episodesOf([
      { name: 'a', day: 0 },
      { name: 'b', day: 1, intent: 'delivery.late' },
      { name: 'c', day: 2, intent: 'billing.balance' },
      { name: 'd', day: 3, intent: 'complaint.repeating_myself' },
      { name: 'e', day: 20 },
    ]),
    ['a b', 'c d', 'e'],
  );
});

test('an answer to an utterance of another contact belongs to its matter', async () => {
  const list = factsOf();
  assert.deepEqual(
    await episodesOf([
      { name: 'a', day: 0, intent: 'delivery.late' },
      { name: 'b', day: 1, intent: 'billing.balance' },
      {
        name: 'c',
        day: 2,
        intent: 'payment.pay',
        more: (facts, threadId) =>
          facts.utterance({
            threadId,
            nativeId: 'reply',
            occurredAt: at('09:01', 2),
            replyToId: list.utteranceId('a'),
          }),
      },
    ]),
    ['a c', 'b'],
  );
});

test('other customers, and anonymous ones, have episodes of their own', async () => {
  assert.deepEqual(
    await episodesOf([
      { name: 'a', day: 0 },
      { name: 'b', day: 1, customer: 'bob' },
      { name: 'c', day: 2, customer: '' },
      { name: 'd', day: 3, customer: '' },
    ]),
    ['a', 'b', 'c', 'd'],
  );
});

test('repeat contacts, channel switches and what followed stand on the contact; the episode sums up', async () => {
  const store = await historyOf([
    { name: 'a', day: 0, intent: 'delivery.late', channel: 'chat' },
    { name: 'b', day: 1, intent: 'delivery.late', channel: 'voice' },
    { name: 'c', day: 2, intent: 'delivery.track', channel: 'voice' },
  ]);
  assert.deepEqual(
    await store.all(
      'select native_id, is_repeat_contact, is_channel_switch, was_followed_up from mart.interaction_fact order by 1',
    ),
    [
      { native_id: 'a', is_repeat_contact: false, is_channel_switch: false, was_followed_up: true },
      { native_id: 'b', is_repeat_contact: true, is_channel_switch: true, was_followed_up: true },
      { native_id: 'c', is_repeat_contact: true, is_channel_switch: false, was_followed_up: false },
    ],
  );
  const [episode] = await store.all(
    `select intent, interaction_count, channel_count, channels, first_channel, last_channel, switch_count, repeated_reason,
     is_resolved, is_open, duration_seconds from mart.episode`,
  );
  assert.deepEqual(episode, {
    intent: 'delivery.late',
    interaction_count: 3,
    channel_count: 2,
    channels: 'chat,voice',
    first_channel: 'chat',
    last_channel: 'voice',
    switch_count: 1,
    repeated_reason: true,
    is_resolved: false,
    is_open: true,
    duration_seconds: 2 * 86_400,
  });
  await store.close();
});

test('a matter is open until its last contact is resolved, on the row of the customer as on its own', async () => {
  const store = await historyOf([
    { name: 'a', day: 0, intent: 'delivery.late' },
    { name: 'b', day: 1, intent: 'delivery.late' },
    { name: 'c', day: 1, intent: 'billing.double_charge' },
    { name: 'd', day: 2, intent: 'account.close' },
  ]);
  const openMatters = async () => {
    const [row] = await store.all(
      `select (select open_episode_count from mart.customer) as counted, (select count(*) from mart.episode where is_open) as marked`,
    );
    return row;
  };
  assert.deepEqual(await openMatters(), { counted: 3, marked: 3 });
  await store.run(
    `update signal.interaction set outcome = 'resolved', revision = nextval('core.revision')
     where interaction_id in (select id from core.interaction where native_id in ('b', 'c'))`,
  );
  await buildMarts(store, config(), effects);
  assert.deepEqual(await openMatters(), { counted: 1, marked: 1 });
  await store.close();
});

test('a customer who left, until they come back', async () => {
  const leave = (facts: ReturnType<typeof factsOf>, threadId: string) =>
    facts.event({ threadId, kind: 'churned', occurredAt: at('10:00') });
  const gone = await historyOf([{ name: 'a', day: 0, intent: 'plan.cancel_service', more: leave }]);
  const [left] = await gone.all(
    'select interaction_count, episode_count, open_episode_count, top_intent, has_left, left_at from mart.customer',
  );
  assert.deepEqual(left, {
    interaction_count: 1,
    episode_count: 1,
    open_episode_count: 1,
    top_intent: 'plan.cancel_service',
    has_left: true,
    left_at: at('10:00'),
  });
  await gone.close();
  const back = await historyOf([
    { name: 'a', day: 0, more: leave },
    { name: 'b', day: 30 },
  ]);
  assert.deepEqual(await back.all('select has_left, left_at from mart.customer'), [{ has_left: false, left_at: null }]);
  await back.close();
});

test('the churn band and the last answers come from signals and surveys, also from surveys without a contact', async () => {
  const store = await historyOf([{ name: 'a', day: 0 }]);
  const list = factsOf('forms');
  const handleId = list.handle({ type: 'email', value: 'ann@example.com' })!;
  list.survey({ nativeId: '1', kind: 'csat', occurredAt: at('12:00'), score: 8, scaleMin: 0, scaleMax: 10, handleId });
  await land(store, list.facts);
  await store.run(
    `insert into signal.customer
       (customer_id, model, churn_risk, churn_method, churn_reasons, sentiment_recent, revision)
     select id, 'model', 0.7, 'rules', '[]', -0.4, nextval('core.revision') from core.customer`,
  );
  await buildMarts(store, config(), effects);
  const [row] = await store.all('select csat_last, churn_band, sentiment_recent from mart.customer');
  assert.equal(row!.csat_last, 4.2);
  assert.equal(row!.churn_band, 'high');
  assert.ok(Math.abs(row!.sentiment_recent + 0.4) < 1e-6);
  await store.close();
});

test('a merge of customers joins their episodes, a split parts them again', async () => {
  const store = await historyOf([
    { name: 'a', day: 0, intent: 'delivery.late' },
    { name: 'b', day: 1, intent: 'delivery.late', customer: 'ann.work' },
  ]);
  const handles = await store.all<{ id: string }>('select id from core.handle');
  const judgement = {
    handleId: handles[0]!.id,
    otherHandleIds: [handles[1]!.id],
    reason: 'one person',
    decidedBy: 'kim',
  };
  const counts = async () => {
    await buildMarts(store, config(), effects);
    const [row] = await store.all(
      `select (select count(*) from mart.episode) as episodes, (select count(*) from mart.customer) as customers,
       (select count(*) from mart.interaction_fact where is_repeat_contact) as repeats`,
    );
    return row;
  };
  assert.deepEqual(await counts(), { episodes: 2, customers: 2, repeats: 0 });
  await mergeHandles(store, config(), judgement, effects);
  assert.deepEqual(await counts(), { episodes: 1, customers: 1, repeats: 1 });
  await splitHandles(store, config(), judgement, effects);
  assert.deepEqual(await counts(), { episodes: 2, customers: 2, repeats: 0 });
  await store.close();
});
