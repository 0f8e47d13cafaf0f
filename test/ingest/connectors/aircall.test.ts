import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aircall } from '../../../ingest/connectors/aircall/aircall.ts';
import { mapFile, mapFixture } from './fixture.ts';
import {
  assertReasons,
  countOutcomes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  withPayloads,
} from './real-payloads.ts';

test('an ended call tells who called, who answered, and what agents noted', () => {
  const { facts } = mapFixture(aircall, 'ended.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual([thread?.direction, thread?.status, thread?.tags], ['inbound', 'closed', ['refund']]);
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['+12125550142', 'aircall:77', 'ana.roy@example.com'],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(14, 19)}`),
    ['started 00:00', 'answered 00:15', 'ended 03:10'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, visibility, text }) => [role, visibility, text]),
    [['agent', 'internal', 'Wants it back by Friday']],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value, unit }) => `${name} ${value} ${unit}`),
    ['leg_duration 190 second'],
    'with its ringing',
  );
});

test('a webhook that comes earlier in the call is older', () => {
  const version = (name: string) => of(mapFixture(aircall, name).facts, 'thread')[0]!.version;
  assert.ok(version('created.json') < version('ended.json'));
});

test('holds and transfers, also to numbers outside, are told by their webhooks alone', () => {
  const steps = ['call.hold', 'call.unhold', 'call.external_transferred', 'call.unsuccessful_transfer'].map((event) => {
    const data = { id: 812, direction: 'inbound', started_at: 1772701200, answered_at: 1772701215 };
    const { facts } = mapDocument(aircall, { resource: 'call', event, timestamp: 1772701260, token: '', data });
    return of(facts, 'event').flatMap(({ kind, occurredAt }) =>
      ['started', 'answered'].includes(kind) ? [] : [`${kind} ${occurredAt.toISOString().slice(14, 19)}`],
    );
  });
  assert.deepEqual(steps, [['held 01:00'], ['resumed 01:00'], ['transferred 01:00'], []]);
});

test('a caller who gave up has abandoned; one whom nobody answered was missed', () => {
  const { facts, outcomes } = mapFixture(aircall, 'calls.json');
  assert.deepEqual(
    of(facts, 'thread').map(({ status }) => status),
    ['abandoned', 'failed'],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'abandoned', 'started', 'missed'],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['+12125550143'],
  );
  assert.equal(outcomes.at(-1)?.status, 'reject');
});

test('a transcript is of the call; contacts are profiles', () => {
  const { facts } = mapFixture(aircall, 'transcription.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, occurredAt }) => [role, occurredAt?.toISOString().slice(17, 23)]),
    [
      ['agent', '16.500'],
      ['customer', '19.000'],
    ],
  );
  assert.equal(of(facts, 'utterance')[0]?.threadId, of(mapFixture(aircall, 'ended.json').facts, 'thread')[0]?.id);
  assert.equal(of(mapFixture(aircall, 'contact.json').facts, 'profile').length, 1);
});

test('real answers: agents, settings of webhooks, an empty page', withPayloads('voice-aircall'), () => {
  const mapped = payloadNames('voice-aircall').map(
    (name) => mapFile(aircall, name, readPayload('voice-aircall', name))[0]!,
  );
  assert.deepEqual(countOutcomes(mapped), { ok: 5, drop: 4 });
  assertReasons(mapped);
});

test('a transcript is told by its event; what models make of a call carries nothing more', () => {
  const notice = (event: string, data: object) =>
    mapDocument(aircall, { resource: 'conversation_intelligence', event, timestamp: 1772701260, token: '', data });
  const utterances = [{ start_time: 1, end_time: 2, text: 'Hello.', participant_type: 'external' }];
  const { facts } = notice('transcription.created', { id: 1, call_id: 812, content: { utterances } });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [['customer', 'Hello.']],
  );
  assert.equal(notice('sentiment.created', { call_id: 812 }).outcomes[0]?.status, 'ignored');
});

test('a voicemail is a recording on which the caller alone is heard', () => {
  const { facts } = mapDocument(aircall, {
    call: {
      id: 77,
      direction: 'inbound',
      status: 'done',
      started_at: 1772701200,
      ended_at: 1772701240,
      missed_call_reason: 'out_of_opening_hours',
      raw_digits: '+1 202-555-0142',
      voicemail: 'https://assets.example.com/77.mp3',
      recording: null,
    },
  });
  assert.deepEqual(
    of(facts, 'media').map(({ nativeId, kind, channelRoles }) => [nativeId, kind, channelRoles]),
    [['77:voicemail', 'recording', ['customer']]],
  );
});

test('a call that comes in is the user’s who answers it, not of everybody it rings at', () => {
  const ringing = {
    id: 78,
    direction: 'inbound',
    status: 'initial',
    started_at: 1772701200,
    raw_digits: '+1 202-555-0142',
    user: { id: 9, name: 'Dana' },
  };
  const agentOf = (call: object) =>
    of(mapDocument(aircall, { resource: 'call', event: 'call.ringing_on_agent', data: call }).facts, 'thread')[0]
      ?.agentId;
  assert.equal(agentOf(ringing), undefined);
  assert.notEqual(agentOf({ ...ringing, answered_at: 1772701210 }), undefined);
});

test('a call is handed on by one and given to another, where the webhook says so', () => {
  const call = { id: 79, direction: 'inbound', started_at: 1772701200, answered_at: 1772701210, user: { id: 9 } };
  const step = (event: string, more: object) => {
    const data = { ...call, ...more };
    const { facts } = mapDocument(aircall, { resource: 'call', event, timestamp: 1772701260, data });
    const last = of(facts, 'event').at(-1);
    return [last?.kind, of(facts, 'agent').find(({ id }) => id === last?.agentId)?.nativeId];
  };
  const handed = { transferred_by: { id: 9 }, transferred_to: { id: 10 } };
  assert.deepEqual(step('call.transferred', handed), ['transferred', '9']);
  assert.deepEqual(step('call.assigned', { assigned_to: { id: 10 } }), ['assigned', '10']);
  assert.deepEqual(step('call.hold', {}), ['held', '9']);
});
