import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genesys } from '../../../ingest/connectors/genesys/genesys.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, of, readPayload, withPayloads } from './real-payloads.ts';

const { facts, outcomes } = mapFixture(genesys, 'details.json');
const [call, mail] = of(facts, 'thread');

test('segments become the path of the call: menu, queue, agent, hold, wrap-up', () => {
  assert.deepEqual(
    of(facts, 'event')
      .filter(({ threadId }) => threadId === call?.id)
      .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
      .map(({ kind, occurredAt, value = '' }) => `${kind} ${occurredAt.toISOString().slice(14, 19)} ${value}`.trim()),
    [
      'started 00:00',
      'status_changed 00:01 flow Main menu TRANSFER',
      'queued 00:20',
      'assigned 00:50',
      'answered 01:00',
      'held 03:00',
      'resumed 04:00',
      'ended 06:00',
      'wrapped_up 06:00',
    ],
  );
});

test('metrics are milliseconds; talking is not counted twice', () => {
  assert.deepEqual(
    of(facts, 'measure')
      .filter(({ threadId }) => threadId === call?.id)
      .map(({ name, value, unit }) => `${name} ${value} ${unit}`),
    [
      'queue_duration 40000 millisecond',
      'ivr_duration 19000 millisecond',
      'offered_count 1 count',
      'talk_duration 210000 millisecond',
      'hold_duration 60000 millisecond',
      'wrap_up_duration 30000 millisecond',
    ],
  );
});

test('the customer has the address that the call came from', () => {
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => `${type} ${value}`),
    ['crm_id genesys:x-9', 'phone +12125550142', 'email bo@example.com'],
  );
});

test('a contact whose customer gave up is abandoned; what is no contact says why', () => {
  assert.deepEqual([mail?.channel, mail?.status], ['email', 'abandoned']);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'reject', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('real conversations map, one of them without its end and with short days', withPayloads('voice-genesys'), () => {
  const mapped = [1, 2].map((number) => {
    const name = `blueprint-conversation-${number}.json`;
    return mapFile(genesys, name, readPayload('voice-genesys', name))[0]!;
  });
  assert.deepEqual(countOutcomes(mapped), { ok: 2 });
  const seen = mapped.map((each) => {
    const [thread] = of(each.facts, 'thread');
    const answered = of(each.facts, 'event').find(({ kind }) => kind === 'answered');
    const talk = of(each.facts, 'measure').find(({ name }) => name === 'talk_duration');
    return `${thread?.channel} ${thread?.direction} ${thread?.status} ${answered?.occurredAt.toISOString()} ${talk?.value}`;
  });
  assert.deepEqual(seen, [
    'chat inbound closed 2021-04-01T12:28:04.569Z 374561',
    'chat inbound open 2021-04-02T15:30:57.809Z 923484',
  ]);
});
