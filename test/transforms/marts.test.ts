import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import type { FactList } from '../../ingest/fact-list.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { built, factOf, pick } from './fact-of.ts';
import { at, config, effects, factsOf } from './land.ts';

/** A ticket with words at the given times; each is [who, when, more]. */
const ticket =
  (...words: [role: 'customer' | 'agent' | 'bot', clock: string, more?: object][]) =>
  (list: FactList) => {
    const threadId = list.thread({
      nativeId: 'ticket',
      channel: 'email',
      startedAt: at(words[0]![1]),
      direction: 'inbound',
    });
    words.forEach(([role, clock, more], index) =>
      list.utterance({ threadId, nativeId: `${index}`, role, occurredAt: at(clock), text: `word ${index}`, ...more }),
    );
    return threadId;
  };

test('first response: bots, automatic replies and internal notes do not answer', async () => {
  const fact = await factOf(
    ticket(
      ['customer', '09:00'],
      ['agent', '09:01', { isAutomatic: true }],
      ['bot', '09:02'],
      ['agent', '09:10', { visibility: 'internal' }],
      ['customer', '09:20'],
      ['agent', '09:30'],
      ['agent', '09:40'],
    ),
  );
  assert.deepEqual(pick(fact, 'first_response_seconds', 'first_response_with_bot_seconds'), {
    first_response_seconds: 1800,
    first_response_with_bot_seconds: 120,
  });
});

test('first response: the clock starts at the customer’s first words, and no answer is no value', async () => {
  const agentFirst = await factOf(ticket(['agent', '09:00'], ['customer', '10:00'], ['agent', '10:05']));
  assert.equal(agentFirst.first_response_seconds, 300);
  const unanswered = await factOf(ticket(['agent', '09:00'], ['customer', '10:00']));
  assert.equal(unanswered.first_response_seconds, null);
  assert.equal(unanswered.first_response_business_seconds, null);
});

test('first response in business hours: a night in between does not count', async () => {
  const fact = await factOf((list) => {
    const threadId = list.thread({ nativeId: 'ticket', channel: 'email', direction: 'inbound' });
    list.utterance({ threadId, nativeId: '1', role: 'customer', occurredAt: at('16:30'), text: 'Hello' });
    list.utterance({ threadId, nativeId: '2', role: 'agent', occurredAt: at('09:15', 1), text: 'Hi' });
  });
  assert.equal(fact.first_response_seconds, 16.75 * 3600);
  assert.equal(fact.first_response_business_seconds, 45 * 60);
});

test('full resolution runs to the last time it was solved; an open ticket has none', async () => {
  const solved = (...events: ['solved' | 'reopened', string, number][]) =>
    factOf((list) => {
      const threadId = ticket(['customer', '09:00'])(list);
      for (const [kind, clock, days] of events) list.event({ threadId, kind, occurredAt: at(clock, days) });
    });
  const once = await solved(['solved', '12:00', 0]);
  assert.deepEqual(pick(once, 'full_resolution_seconds', 'full_resolution_business_seconds', 'was_reopened'), {
    full_resolution_seconds: 3 * 3600,
    full_resolution_business_seconds: 3 * 3600,
    was_reopened: false,
  });
  const again = await solved(['solved', '12:00', 0], ['reopened', '16:00', 0], ['solved', '10:00', 1]);
  assert.deepEqual(pick(again, 'full_resolution_seconds', 'full_resolution_business_seconds', 'was_reopened'), {
    full_resolution_seconds: 25 * 3600,
    full_resolution_business_seconds: 9 * 3600, // Monday 09:00 to 17:00 and Tuesday 09:00 to 10:00
    was_reopened: true,
  });
  const open = await solved(['solved', '12:00', 0], ['reopened', '16:00', 0]);
  assert.equal(open.full_resolution_seconds, null);
});

test('handle time of a ticket is the time from assignment to solution', async () => {
  const fact = await factOf((list) => {
    const threadId = ticket(['customer', '09:00'], ['agent', '10:00'])(list);
    list.event({ threadId, kind: 'assigned', occurredAt: at('09:30') });
    list.event({ threadId, kind: 'solved', occurredAt: at('11:00') });
  });
  assert.deepEqual(pick(fact, 'handle_seconds', 'talk_seconds'), { handle_seconds: 5400, talk_seconds: null });
});

test('what is no contact of a customer', async () => {
  const isContact = async (tell: (list: FactList) => void) => (await factOf(tell)).is_customer_contact;
  assert.equal(await isContact(ticket(['customer', '09:00', { isAutomatic: true }])), false, 'an auto-reply or bounce');
  assert.equal(
    await isContact((list) => {
      const threadId = list.thread({ nativeId: 'c', channel: 'whatsapp', direction: 'outbound' });
      list.utterance({ threadId, nativeId: '1', role: 'agent', occurredAt: at('09:00'), text: 'Sale!' });
    }),
    false,
    'a campaign that nobody answered',
  );
  assert.equal(
    await isContact((list) => {
      const threadId = list.thread({ nativeId: 'c', channel: 'whatsapp', direction: 'outbound' });
      list.utterance({ threadId, nativeId: '1', role: 'agent', occurredAt: at('09:00'), text: 'Sale!' });
      list.utterance({ threadId, nativeId: '2', role: 'customer', occurredAt: at('09:05'), text: 'How much?' });
    }),
    true,
    'a campaign that a customer answered',
  );
  assert.equal(
    await isContact((list) => {
      const threadId = list.thread({ nativeId: 's', channel: 'survey', startedAt: at('09:00') });
      list.survey({ nativeId: 'a', kind: 'csat', occurredAt: at('09:00'), score: 5, threadId });
      list.utterance({ threadId, nativeId: '1', role: 'customer', occurredAt: at('09:00'), text: 'Great' });
    }),
    false,
    'a bare survey',
  );
});

test('bot only: not where the contact was handed to a person, even a silent one', async () => {
  const chat = (handOver: boolean) =>
    factOf((list) => {
      const threadId = list.thread({ nativeId: 'c', channel: 'chat', direction: 'inbound' });
      list.utterance({ threadId, nativeId: '1', role: 'customer', occurredAt: at('09:00'), text: 'Hello' });
      list.utterance({ threadId, nativeId: '2', role: 'bot', occurredAt: at('09:01'), text: 'Hello' });
      if (handOver) list.event({ threadId, kind: 'handed_over', occurredAt: at('09:02') });
      list.event({ threadId, kind: 'ended', occurredAt: at('09:05') });
    });
  assert.deepEqual(pick(await chat(false), 'is_bot_only', 'is_abandoned', 'is_handled'), {
    is_bot_only: true,
    is_abandoned: false,
    is_handled: false,
  });
  assert.equal((await chat(true)).is_bot_only, false);
});

test('people: agents who took part, by name; the queue by name', async () => {
  const fact = await factOf((list) => {
    const [one, two, silent] = ['Kim', 'Lee', 'Max'].map((name) =>
      list.agent({ nativeId: name, name, team: 'Returns' }),
    ) as [string, string, string];
    const queueId = list.queue({ nativeId: 'q', name: 'Refunds' });
    const threadId = ticket(
      ['customer', '09:00'],
      ['agent', '09:10', { agentId: one }],
      ['agent', '09:20', { agentId: two }],
    )(list);
    list.event({ threadId, kind: 'queued', occurredAt: at('09:00'), queueId });
    list.event({ threadId, kind: 'assigned', occurredAt: at('09:30'), agentId: silent });
    list.event({ threadId, kind: 'transferred', occurredAt: at('09:15'), agentId: two });
  });
  assert.deepEqual(pick(fact, 'agent_count', 'agent', 'team', 'queue', 'was_transferred'), {
    agent_count: 2,
    agent: 'Lee',
    team: 'Returns',
    queue: 'Refunds',
    was_transferred: true,
  });
});

test('the last answer of each kind counts; a scale on which low is good is turned round', async () => {
  const fact = await factOf((list) => {
    const threadId = ticket(['customer', '09:00'])(list);
    const answer = { threadId, kind: 'csat' as const, scaleMin: 1, scaleMax: 5, isHigherBetter: false };
    list.survey({ ...answer, nativeId: '1', occurredAt: at('12:00'), score: 5 });
    list.survey({ ...answer, nativeId: '2', occurredAt: at('13:00'), score: 2 });
    list.survey({ nativeId: '3', kind: 'nps', threadId, occurredAt: at('13:00'), score: 9, scaleMin: 0, scaleMax: 10 });
  });
  assert.deepEqual(pick(fact, 'csat_score', 'nps_score'), { csat_score: 4, nps_score: 9 });
});

test('a second run writes nothing; a changed interaction writes its own row only', async () => {
  const store = await Store.open();
  const list = factsOf();
  for (const nativeId of ['a', 'b']) {
    const threadId = list.thread({ nativeId, channel: 'email', direction: 'inbound' });
    list.participant(threadId, 'customer', at('09:00'), { type: 'email', value: `${nativeId}@example.com` });
    list.utterance({ threadId, nativeId, role: 'customer', occurredAt: at('09:00'), text: 'Hello' });
  }
  await built(store, list.facts);
  assert.deepEqual(await buildMarts(store, config(), effects), { step: 'marts', rows: 0 });
  const revisions = () =>
    store.all<{ native_id: string; revision: number }>(
      'select native_id, revision from mart.interaction_fact order by 1',
    );
  const [a, b] = await revisions();
  const later = factsOf('desk', 2);
  later.utterance({
    threadId: later.threadId('b'),
    nativeId: 'b2',
    role: 'agent',
    occurredAt: at('09:30'),
    text: 'Hi',
  });
  await built(store, later.facts);
  const after = await revisions();
  assert.deepEqual(after[0], a);
  assert.ok(after[1]!.revision > b!.revision);
  await store.close();
});

test('the vendor’s first response and resolution stand in where the words and events did not arrive', async () => {
  const fact = await factOf((list) => {
    const threadId = list.thread({ nativeId: 't', channel: 'ticket', status: 'solved', startedAt: at('09:00') });
    list.measure({ threadId, name: 'zendesk.reply_time.calendar', value: 5, unit: 'minute' });
    list.measure({ threadId, name: 'zendesk.reply_time.business', value: 3, unit: 'minute' });
    list.measure({ threadId, name: 'zendesk.full_resolution_time.calendar', value: 60, unit: 'minute' });
  });
  assert.deepEqual(pick(fact, 'first_response_seconds', 'first_response_business_seconds', 'full_resolution_seconds'), {
    first_response_seconds: 300,
    first_response_business_seconds: 180,
    full_resolution_seconds: 3600,
  });
});
