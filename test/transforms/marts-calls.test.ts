import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, factOf, pick } from './fact-of.ts';
import { at } from './land.ts';

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

test('a transferred call: the wait is the first one, and waiting again is not talking', async () => {
  const fact = await factOf((list) => {
    const [first, second] = ['leg 1', 'leg 2'].map((nativeId) =>
      list.thread({ nativeId, channel: 'voice', direction: 'inbound', startedAt: at('09:00') }),
    ) as [string, string];
    list.link(first, second, 'transfer');
    const happen = (threadId: string, kind: 'queued' | 'answered' | 'ended' | 'wrapped_up', clock: string) =>
      list.event({ threadId, kind, occurredAt: at(clock) });
    happen(first, 'queued', '09:00:00');
    happen(first, 'answered', '09:00:10');
    happen(first, 'ended', '09:02:10');
    happen(first, 'wrapped_up', '09:02:40');
    happen(second, 'queued', '09:02:10');
    happen(second, 'answered', '09:05:10');
    happen(second, 'ended', '09:06:10');
    happen(second, 'wrapped_up', '09:06:20');
  });
  assert.deepEqual(pick(fact, 'wait_seconds', 'talk_seconds', 'wrap_up_seconds', 'handle_seconds'), {
    wait_seconds: 10,
    talk_seconds: 180,
    wrap_up_seconds: 40,
    handle_seconds: 220,
  });
});

test('legs of a call that overlap count once', async () => {
  const fact = await factOf((list) => {
    const [caller, dialled] = ['caller', 'dialled'].map((nativeId) =>
      list.thread({ nativeId, channel: 'voice', direction: 'inbound', startedAt: at('09:00') }),
    ) as [string, string];
    list.link(caller, dialled, 'call leg');
    list.event({ threadId: caller, kind: 'answered', occurredAt: at('09:00:10') });
    list.event({ threadId: caller, kind: 'ended', occurredAt: at('09:05:00') });
    list.event({ threadId: dialled, kind: 'answered', occurredAt: at('09:01:00') });
    list.event({ threadId: dialled, kind: 'ended', occurredAt: at('09:05:10') });
  });
  assert.equal(fact.talk_seconds, 300);
});

test('nobody waits for a call that we placed', async () => {
  const fact = await factOf((list) => {
    const threadId = call(list, { direction: 'outbound' });
    list.event({ threadId, kind: 'answered', occurredAt: at('09:00:12') });
    list.event({ threadId, kind: 'ended', occurredAt: at('09:01:12') });
  });
  assert.deepEqual(pick(fact, 'wait_seconds', 'talk_seconds', 'is_customer_contact'), {
    wait_seconds: null,
    talk_seconds: 60,
    is_customer_contact: false,
  });
});

test('a chat: bot time is not waiting, and it ends with its last words, whenever it is marked as solved', async () => {
  const fact = await factOf((list) => {
    const threadId = list.thread({ nativeId: 'chat', channel: 'chat', direction: 'inbound', status: 'solved' });
    const say = (role: 'customer' | 'bot' | 'agent', clock: string) =>
      list.utterance({ threadId, nativeId: clock, role, occurredAt: at(clock), text: 'Hello' });
    say('customer', '09:00:00');
    say('bot', '09:00:02');
    list.event({ threadId, kind: 'handed_over', occurredAt: at('09:01:00') });
    list.event({ threadId, kind: 'assigned', occurredAt: at('09:01:05') });
    say('agent', '09:01:20');
    say('customer', '09:05:00');
    list.event({ threadId, kind: 'solved', occurredAt: at('11:00:00') });
  });
  assert.deepEqual(
    pick(fact, 'wait_seconds', 'handle_seconds', 'first_response_seconds', 'full_resolution_seconds', 'is_resolved'),
    {
      wait_seconds: 20,
      handle_seconds: 220,
      first_response_seconds: 80,
      full_resolution_seconds: 7200,
      is_resolved: true,
    },
  );
});
