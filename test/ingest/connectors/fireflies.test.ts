import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { fireflies } from '../../../ingest/connectors/fireflies.ts';
import { verifyDelivery } from '../../../ingest/verify/verify.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

test('sentences stand at their offset, said by who attended', () => {
  const { facts } = mapFixture(fireflies, 'transcript.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString().slice(17, 23)]),
    [
      ['agent', 'Shall we start?', '01.500'],
      ['customer', 'Yes, the import fails.', '03.200'],
      [undefined, 'Hm.', '06.000'],
    ],
  );
  assert.deepEqual(
    of(facts, 'handle').flatMap(({ type, value }) => (type === 'contact_id' ? [] : [value])),
    ['ana.roy@example.com'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ value, unit }) => `${value} ${unit}`),
    ['2.5 minute'],
  );
  assert.equal(of(facts, 'thread')[0]?.endedAt?.toISOString(), '2026-03-05T09:02:30.000Z');
});

test('two guests are two people; a notice and a nameless transcript say why', () => {
  const { facts, outcomes } = mapFixture(fireflies, 'list.json');
  assert.equal(new Set(of(facts, 'participant').map(({ threadId }) => threadId)).size, 2);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'reject'],
  );
  assert.equal(mapFixture(fireflies, 'notice.json').outcomes[0]?.status, 'drop');
});

test('without a domain of the company nobody is told to be a customer', () => {
  const transcript = {
    id: 't-9',
    meeting_attendees: [{ email: 'dana@shop.example.com', displayName: 'Dana' }],
    sentences: [
      { speaker_name: 'Dana', start_time: 1, text: 'Hello.' },
      { speaker_name: 'Dana', start_time: 2, text: null },
    ],
  };
  const { facts } = mapDocument(fireflies, { data: { transcript } });
  assert.deepEqual(of(facts, 'participant'), []);
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [[undefined, 'Hello.']],
    'a sentence without words is none',
  );
});

test('real answers map: minutes as float, sentences without their meeting', withPayloads('voice-fireflies'), () => {
  const mapped = (name: string) => mapFile(fireflies, name, readPayload('voice-fireflies', name));
  const list = mapped('nango-transcripts-1.json');
  assert.deepEqual(countOutcomes(list), { ok: 4 });
  const [thread] = of(list[0]!.facts, 'thread');
  assert.deepEqual([thread?.subject, thread?.startedAt?.toISOString()], ['Test upload', '2026-06-26T01:52:12.000Z']);
  const sentences = mapped('nango-transcript-sentences-2.json')[0]!.facts;
  const [first] = of(sentences, 'utterance');
  assert.deepEqual([first?.text, first?.timePrecision, first?.role], ['Sam.', 'receipt', undefined]);
  assert.equal(receivedAt.getTime() - first!.occurredAt!.getTime(), 351_300 - 240);
  assert.ok(of(list[0]!.facts, 'thread').some(({ id }) => id === first?.threadId));
});

test('who organises a meeting from a free mailbox shares no company with its other users', () => {
  const transcript = {
    id: 't-10',
    date: 1772701200000,
    organizer_email: 'dana.shop@gmail.com',
    meeting_attendees: [
      { email: 'dana.shop@gmail.com', displayName: 'Dana' },
      { email: 'ana.roy@gmail.com', displayName: 'Ana Roy' },
    ],
    sentences: [
      { speaker_name: 'Dana', start_time: 1, text: 'Hello.' },
      { speaker_name: 'Ana Roy', start_time: 2, text: 'Hi.' },
    ],
  };
  const roles = (settings: object) =>
    of(mapDocument(fireflies, { data: { transcript } }, { settings }).facts, 'utterance').map(({ role }) => role);
  assert.deepEqual(roles({}), [undefined, undefined]);
  assert.deepEqual(roles({ ownDomains: ['shop.example.com'] }), ['agent', 'customer']);
});

test('an answer without its transcript says so', () => {
  const { outcomes } = mapDocument(fireflies, { errors: [{ code: 'object_not_found' }], data: { transcript: null } });
  assert.deepEqual(
    outcomes.map(({ status, reason }) => [status, reason?.slice(0, 25)]),
    [['drop', 'the API has no transcript']],
  );
  const refused = mapDocument(fireflies, { errors: [{ code: 'too_many_requests' }], data: null });
  assert.equal(refused.outcomes[0]?.reason, 'the API has not answered: too_many_requests');
});

test('both versions of the webhooks are signed, the first without a prefix', () => {
  const body = new TextEncoder().encode('{"meetingId":"t-1","eventType":"Transcription completed"}');
  const hash = createHmac('sha256', 'key').update(body).digest('hex');
  const isTrusted = (signature: string) =>
    verifyDelivery({
      trust: fireflies.trust,
      secret: 'key',
      method: 'POST',
      url: 'https://x.example.com/',
      headers: { 'x-hub-signature': signature },
      body,
      now: new Date(0),
    }).ok;
  assert.deepEqual([`sha256=${hash}`, hash, `sha1=${hash}`, hash.replace(/./, 'x')].map(isTrusted), [
    true,
    true,
    false,
    false,
  ]);
});
