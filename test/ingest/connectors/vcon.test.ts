import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vcon } from '../../../ingest/connectors/vcon/vcon.ts';
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

test('a call has its people, its length in seconds and one transcript', () => {
  const { facts } = mapFixture(vcon, 'call.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.channel, thread?.direction, thread?.startedAt?.toISOString(), thread?.endedAt?.toISOString()],
    ['voice', 'inbound', '2026-03-05T08:00:00.000Z', '2026-03-05T08:01:00.500Z'],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['+12125550142', 'ana.roy@example.com'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString().slice(17, 23)]),
    [
      ['agent', 'How can I help?', '01.500'],
      ['customer', 'My parcel is late.', '03.000'],
      ['agent', 'Let me look.', '05.000'],
    ],
    'a second vendor’s transcript of the same recording is the same words',
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ value, unit }) => `${value} ${unit}`),
    ['60.5 second'],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'ended', 'transferred'],
  );
});

test('texts keep who wrote them; two customers are two people', () => {
  const { facts } = mapFixture(vcon, 'texts.json');
  const participants = of(facts, 'participant');
  assert.equal(new Set(participants.map(({ threadId }) => threadId)).size, 2);
  assert.equal(of(facts, 'link').length, 2);
  const [first, second, redacted] = of(facts, 'utterance');
  assert.deepEqual(
    [first?.role, first?.isZoneKnown, second?.role, second?.text],
    ['customer', undefined, 'agent', 'Welcome'],
  );
  assert.equal(redacted?.id, first?.id, 'a redacted copy has the words of the original');
  assert.ok(redacted!.version > first!.version);
});

test('a signed vCon is read, an impossible one refused with a reason', () => {
  const payload = Buffer.from(JSON.stringify({ uuid: 'u', created_at: '2026-03-05T10:00:00Z', parties: [] })).toString(
    'base64url',
  );
  assert.equal(of(mapDocument(vcon, { payload, signatures: [] }).facts, 'thread')[0]?.nativeId, 'u');
  const refused = mapFixture(vcon, 'refused.json');
  assert.deepEqual(countOutcomes([refused]), { reject: 5 });
  assertReasons([refused]);
  assert.throws(() => mapDocument(vcon, 'text'), /expected a vCon/);
});

test('real vCons map, and those their makers call invalid say what is wrong', withPayloads('voice-vcon'), () => {
  const mapped = new Map(
    payloadNames('voice-vcon').map((name) => [name, mapFile(vcon, name, readPayload('voice-vcon', name))[0]!]),
  );
  // A wrong address or type of the recording leaves the conversation as it is.
  const wrong = [...mapped].filter(([, { outcomes }]) => outcomes[0]?.status === 'reject').map(([name]) => name);
  assert.deepEqual(
    wrong.map((name) => name.replace(/^vcon-server-invalid-|\.json$/g, '')),
    [
      'bad-duration',
      'bad-party-ref',
      'empty-vcon',
      'missing-uuid-and-vcon-version',
      'null-parties',
      'out-of-range-party-indices',
    ],
  );
  assert.deepEqual(countOutcomes([...mapped.values()]), { ok: 9, reject: 6 });
  const call = mapped.get('vcon-server-67cf575c.vcon.json')!.facts;
  assert.deepEqual(
    of(call, 'utterance')
      .slice(0, 2)
      .map(({ role }) => role),
    ['agent', 'customer'],
  );
  assert.deepEqual([of(call, 'thread')[0]?.direction, of(call, 'utterance').length], ['inbound', 13]);
  const deepgram = mapped.get('vcon-server-cat1-vcon.json')!.facts;
  const [said] = of(deepgram, 'utterance');
  assert.deepEqual([said?.role, said?.occurredAt?.toISOString()], [undefined, '2023-12-19T02:01:49.120Z']);
});
