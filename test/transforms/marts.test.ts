import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import type { FactList } from '../../ingest/fact-list.ts';
import type { Fact } from '../../ingest/records.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from './land.ts';

async function built(store: Store, facts: Fact[], spec: object = {}): Promise<void> {
  await land(store, facts);
  for (const step of [stitch, resolve, buildMarts]) await step(store, config(spec), effects);
}

/** The wide row of the only interaction that `tell` states. */
async function factOf(tell: (list: FactList) => void, spec: object = {}): Promise<Record<string, any>> {
  const store = await Store.open();
  const list = factsOf();
  tell(list);
  await built(store, list.facts, spec);
  const rows = await store.all('select * from mart.interaction_fact');
  assert.equal(rows.length, 1);
  await store.close();
  return rows[0]!;
}

const pick = (row: Record<string, any>, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

const call = (list: FactList, more: object = {}) =>
  list.thread({ nativeId: 'call', channel: 'voice', direction: 'inbound', startedAt: at('09:00'), ...more });

test('a call: times from events', async () => {
  const fact = await factOf((list) => {
    const threadId = call(list, { status: 'closed' });
    const happen = (kind: 'queued' | 'answered' | 'held' | 'resumed' | 'ended' | 'wrapped_up', clock: string) =>
      list.event({ threadId, kind, occurredAt: at(clock) });
    happen('queued', '09:00:30');
    happen('answered', '09:00:45');
    happen('held', '09:02:00');
    happen('resumed', '09:03:00');
    happen('ended', '09:05:45');
    happen('wrapped_up', '09:06:15');
  });
  assert.deepEqual(
    pick(fact, 'wait_seconds', 'talk_seconds', 'hold_seconds', 'wrap_up_seconds', 'handle_seconds', 'was_answered'),
    {
      wait_seconds: 15,
      talk_seconds: 240,
      hold_seconds: 60,
      wrap_up_seconds: 30,
      handle_seconds: 330,
      was_answered: true,
    },
  );
  assert.equal(fact.is_customer_contact, true, 'an inbound call is a contact without a transcript too');
  assert.equal(fact.is_resolved, false, 'a call that is over says nothing about the matter');
});

test('a call: times from the vendor’s measures where there are no events', async () => {
  const fact = await factOf((list) => {
    const threadId = call(list, { endedAt: at('09:10') });
    list.measure({ threadId, name: 'queue_duration', value: 12, unit: 'second' });
    list.measure({ threadId, name: 'agent_interaction_duration', value: 100, unit: 'second' });
    list.measure({ threadId, name: 'call_duration', value: 600, unit: 'second' });
    list.measure({ threadId, name: 'hold_duration', value: 20_000, unit: 'millisecond' });
    list.measure({ threadId, name: 'after_contact_work_duration', value: 0.5, unit: 'minute' });
  });
  assert.deepEqual(pick(fact, 'wait_seconds', 'talk_seconds', 'hold_seconds', 'wrap_up_seconds', 'handle_seconds'), {
    wait_seconds: 12,
    talk_seconds: 100,
    hold_seconds: 20,
    wrap_up_seconds: 30,
    handle_seconds: 150,
  });
});

test('a call whose words alone are known was answered; how long it waited is not known', async () => {
  const fact = await factOf((list) => {
    const threadId = list.thread({ nativeId: 'call', channel: 'voice', startedAt: at('09:00'), endedAt: at('09:04') });
    list.utterance({ threadId, nativeId: '1', role: 'agent', occurredAt: at('09:00:02'), text: 'Hello' });
    list.utterance({ threadId, nativeId: '2', role: 'customer', occurredAt: at('09:00:05'), text: 'Hi' });
  });
  assert.deepEqual(pick(fact, 'was_answered', 'wait_seconds', 'talk_seconds'), {
    was_answered: true,
    wait_seconds: null,
    talk_seconds: 240,
  });
});

test('abandoned in the queue: short under five seconds, and never where a person answered', async () => {
  const abandoned = (clock: string, answer?: string) =>
    factOf((list) => {
      const threadId = call(list);
      list.event({ threadId, kind: 'queued', occurredAt: at('09:00') });
      if (answer) list.event({ threadId, kind: 'answered', occurredAt: at(answer) });
      list.event({ threadId, kind: 'abandoned', occurredAt: at(clock) });
    });
  const names = ['is_abandoned', 'is_short_abandon', 'wait_seconds', 'is_handled'];
  assert.deepEqual(Object.values(pick(await abandoned('09:00:04'), ...names)), [true, true, 4, false]);
  assert.deepEqual(Object.values(pick(await abandoned('09:00:05'), ...names)), [true, false, 5, false]);
  assert.deepEqual(Object.values(pick(await abandoned('09:02'), ...names)), [true, false, 120, false]);
  assert.deepEqual(Object.values(pick(await abandoned('09:02', '09:01'), ...names)), [false, false, 60, true]);
});

test('a queued call that ends unanswered is abandoned; one that ends in the menu is not', async () => {
  const ended = (isQueued: boolean) =>
    factOf((list) => {
      const threadId = call(list);
      if (isQueued) list.event({ threadId, kind: 'queued', occurredAt: at('09:01') });
      list.event({ threadId, kind: 'ended', occurredAt: at('09:02') });
    });
  assert.deepEqual(pick(await ended(true), 'is_abandoned', 'was_queued', 'wait_seconds'), {
    is_abandoned: true,
    was_queued: true,
    wait_seconds: 60,
  });
  assert.equal((await ended(false)).is_abandoned, false);
});

test('an answer before the queue is the menu’s; a wait that runs backwards is kept and marked', async () => {
  const menu = await factOf((list) => {
    const threadId = call(list);
    list.event({ threadId, kind: 'answered', occurredAt: at('09:00:01') });
    list.event({ threadId, kind: 'queued', occurredAt: at('09:00:30') });
    list.event({ threadId, kind: 'answered', occurredAt: at('09:00:50') });
  });
  assert.equal(menu.wait_seconds, 20);
  const clocks = await factOf((list) => {
    const threadId = call(list);
    list.event({ threadId, kind: 'queued', occurredAt: at('09:00:30') });
    list.event({ threadId, kind: 'answered', occurredAt: at('09:00:28') });
  });
  assert.deepEqual(pick(clocks, 'wait_seconds', 'has_negative_interval'), {
    wait_seconds: -2,
    has_negative_interval: true,
  });
});

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
