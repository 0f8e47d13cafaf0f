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
  assert.deepEqual(
    of(facts, 'link').map(({ evidence }) => evidence),
    ['took part', 'took part', 'vCon of the same conversation'],
    'the copy has an id of its own',
  );
  const [first, second, redacted] = of(facts, 'utterance');
  assert.deepEqual(
    [first?.role, first?.isZoneKnown, second?.role, second?.text],
    ['customer', undefined, 'agent', 'Welcome'],
  );
  assert.equal(redacted?.id, first?.id, 'a redacted copy has the words of the original');
  assert.ok(redacted!.version > first!.version);
});

const uuid = (number: number) => `00000000-0000-8000-8000-00000000010${number}`;
const plain = {
  uuid: uuid(1),
  created_at: '2026-03-05T10:00:00Z',
  parties: [
    { tel: '+12125550142', name: 'Ana Roy', role: 'customer' },
    { name: 'Dana', role: 'agent' },
  ],
};
const written = (mediatype: string, body: string) =>
  of(
    mapDocument(vcon, {
      ...plain,
      dialog: [{ type: 'text', start: '2026-03-05T10:00:00Z', parties: [0, 1], mediatype, encoding: 'none', body }],
    }).facts,
    'utterance',
  )[0]?.text;

test('an amended vCon is a whole copy, under whatever name the draft gives the reference', () => {
  const dialog = [{ type: 'text', start: '2026-03-05T10:00:00Z', parties: [0], body: 'Hello' }];
  const original = mapDocument(vcon, { ...plain, dialog }).facts;
  for (const reference of ['amended', 'amended_from', 'redacted_from']) {
    const copy = mapDocument(vcon, {
      ...plain,
      uuid: uuid(2),
      [reference]: { uuid: uuid(1) },
      dialog: [...dialog, {}],
    });
    assert.equal(of(copy.facts, 'utterance')[0]?.id, of(original, 'utterance')[0]?.id);
    assert.equal(of(copy.facts, 'thread')[0]?.channel, 'chat', 'an empty place is no recording');
  }
});

test('the words of an e-mail are without headers, parts and markup', () => {
  assert.equal(written('text/html; charset=utf-8', '<p>It is <b>late</b>.</p>'), 'It is late.');
  const mail =
    'From: Ana Roy <ana.roy@example.com>\r\nSubject: Late\r\nContent-Type: text/plain\r\n\r\nIt is late.\r\n';
  assert.equal(written('message/rfc822', mail), 'It is late.');
  const parts = '--b\r\nContent-Type: text/plain\r\n\r\nIt is late.\r\n--b--\r\n';
  assert.equal(written('multipart/mixed; boundary=b', parts), 'It is late.');
});

test('a transcript in the World Transcription Format has its speakers by their labels', () => {
  const { facts } = mapDocument(vcon, {
    ...plain,
    dialog: [{ type: 'recording', start: '2026-03-05T10:00:00Z', duration: 9, parties: [0, 1] }],
    analysis: [
      {
        type: 'wtf_transcription',
        dialog: 0,
        encoding: 'json',
        body: {
          transcript: { text: 'Hello. Yes?', language: 'en', duration: 9, confidence: 0.9 },
          segments: [
            { id: 0, start: 0.5, end: 1, text: 'Hello.', speaker: 0 },
            { id: 1, start: 2, end: 3, text: 'Yes?', speaker: 1 },
          ],
          speakers: { 0: { id: 0, label: 'Ana Roy' }, 1: { id: 1, label: 'Speaker B' } },
        },
      },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Hello.'],
      [undefined, 'Yes?'],
    ],
  );
});

test('a vCon may have no list of parties', () => {
  const { uuid: id, created_at: createdAt } = plain;
  assert.equal(of(mapDocument(vcon, { uuid: id, created_at: createdAt, dialog: [] }).facts, 'thread').length, 1);
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

test('a call that did not come about was missed, given up or failed, as its disposition says', () => {
  const kind = (disposition: string) =>
    of(
      mapDocument(vcon, {
        ...plain,
        dialog: [{ type: 'incomplete', start: 'Thu, 05 Mar 2026 10:00:00 -0000', parties: [0, 1], disposition }],
      }).facts,
      'event',
    ).map((event) => `${event.kind} ${event.occurredAt.toISOString()} ${event.isZoneKnown}`)[0];
  assert.equal(kind('no-answer'), 'missed 2026-03-05T10:00:00.000Z true');
  assert.equal(kind('hung-up'), 'abandoned 2026-03-05T10:00:00.000Z true');
  assert.equal(kind('congestion'), 'failed 2026-03-05T10:00:00.000Z true');
});

test('the whole answer of Deepgram has its turns in order of time', () => {
  const heard = (start: number, text: string) => ({
    alternatives: [
      { transcript: text, paragraphs: { paragraphs: [{ sentences: [{ text }], start, end: start + 1 }] } },
    ],
  });
  const { facts } = mapDocument(vcon, {
    ...plain,
    dialog: [{ type: 'recording', start: '2026-03-05T10:00:00Z', duration: 9, parties: [0, 1] }],
    analysis: [
      { type: 'transcript', dialog: 0, body: { results: { channels: [heard(2, 'Yes?'), heard(0, 'Hello.')] } } },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['Hello.', 'Yes?'],
  );
});

test('a third party is not the customer; a transcript may be WebVTT', () => {
  const vtt =
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ana Roy>Hello\n\n00:00:02.500 --> 00:00:03.000\n<v Li Wu>Hi\n';
  const { facts } = mapDocument(vcon, {
    uuid: 'v-1',
    parties: [
      { name: 'Ana Roy', tel: '+15550100001', role: 'customer' },
      { name: 'Li Wu', tel: '+15550100002', role: 'thirdparty' },
    ],
    dialog: [{ type: 'recording', start: '2026-03-02T10:00:00Z', duration: 9, parties: [0, 1] }],
    analysis: [{ type: 'transcript', dialog: 0, vendor: 'x', mediatype: 'text/vtt', body: vtt }],
  });
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['+15550100001'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString().slice(17, 23)]),
    [
      ['customer', 'Hello', '01.000'],
      [undefined, 'Hi', '02.500'],
    ],
  );
});

test('an agent may be a bot; the application names the channel; who was put on hold is told', () => {
  const told = (dialog: object) =>
    mapDocument(vcon, {
      uuid: 'v-2',
      parties: [
        { role: 'customer', tel: '+15550100001' },
        { role: 'agent', type: 'bot', name: 'Robo' },
      ],
      dialog: [{ start: '2026-03-02T10:00:00Z', parties: [1, 0], ...dialog }],
    }).facts;
  const text = told({ type: 'text', application: 'SMS', body: 'Hello' });
  assert.deepEqual([of(text, 'thread')[0]?.channel, of(text, 'utterance')[0]?.role], ['sms', 'bot']);
  const party_history = [
    { party: 0, event: 'hold', time: '2026-03-02T10:00:05Z' },
    { party: 0, event: 'unhold', time: '2026-03-02T10:00:09Z' },
    { party: 0, event: 'mute', time: '2026-03-02T10:00:10Z' },
  ];
  assert.deepEqual(
    of(told({ type: 'recording', party_history }), 'event').map(({ kind }) => kind),
    ['started', 'held', 'resumed'],
  );
});

test('words in base64url are read; a telephone number stands in an address of SIP too', () => {
  const encoded = (body: unknown) => ({
    encoding: 'base64url',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)).toString('base64url'),
  });
  const start = '2026-03-05T08:00:00Z';
  const { facts } = mapDocument(vcon, {
    uuid: 'u-9',
    created_at: start,
    parties: [{ sip: 'sip:+15550100142@pbx.example.com', name: 'Ana Roy', role: 'customer' }],
    dialog: [
      { type: 'recording', start, duration: 9, parties: [0] },
      { type: 'text', start, parties: 0, mediatype: 'text/plain', ...encoded('Hello') },
    ],
    analysis: [
      { type: 'transcript', dialog: 0, vendor: 'v', ...encoded([{ party: 0, start: 1, text: 'My parcel is late' }]) },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Hello'],
      ['customer', 'My parcel is late'],
    ],
  );
  assert.equal(of(facts, 'handle')[0]?.value, '+15550100142');
});
