import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plivo } from '../../../ingest/connectors/plivo.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('numbers with and without a plus are one conversation, and STOP is the wish to hear no more', () => {
  const { facts } = mapFixture(plivo, 'inbound.form');
  assert.equal(of(facts, 'thread')[0]?.nativeId, '+12025550199|+12025550142');
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['opted_out'],
  );
  assert.deepEqual(of(facts, 'utterance')[0]?.occurredAt, receivedAt);
});

test('the status of a part is that of its message', () => {
  const { facts } = mapFixture(plivo, 'report.form');
  const whole = mapDocument(plivo, { MessageUUID: 'p2', From: '12025550199', To: '12025550142', Status: 'sent' });
  assert.equal(of(facts, 'event')[0]?.utteranceId, of(whole.facts, 'event')[0]?.utteranceId);
  assert.equal(of(facts, 'event')[0]?.kind, 'delivered');
});

test('what became of a message has its own time, not that of the message', () => {
  const [delivered] = of(mapFixture(plivo, 'report.form').facts, 'event');
  assert.equal(delivered?.occurredAt.toISOString(), '2026-01-05T08:01:04.500Z');
  const report = { MessageUUID: 'p5', From: '12025550199', To: '12025550142', MessageTime: '2026-01-05 08:01:00' };
  const timeOf = (given: object) => of(mapDocument(plivo, { ...report, ...given }).facts, 'event')[0]?.occurredAt;
  assert.deepEqual(timeOf({ Status: 'sent', SentTime: '2026-01-05 08:01:01' }), new Date('2026-01-05T08:01:01Z'));
  assert.deepEqual(timeOf({ Status: 'failed' }), receivedAt);
  assert.deepEqual(timeOf({ Status: 'sent', SentTime: 'None' }), receivedAt);
});

test('WhatsApp by Plivo is WhatsApp, where a word of carriers is a word', () => {
  const { facts } = mapFixture(plivo, 'whatsapp.form');
  const [thread] = of(facts, 'thread');
  assert.deepEqual([thread?.channel, of(facts, 'utterance')[0]?.text], ['whatsapp', 'End']);
  assert.notEqual(thread?.id, of(mapFixture(plivo, 'inbound.form').facts, 'thread')[0]?.id);
  assert.deepEqual(of(facts, 'event'), []);
});

test('files are numbered from nought or from one, and the account’s own keywords for an end are known to Plivo', () => {
  const message = { MessageUUID: '1', From: '12025550142', To: '12025550199', Type: 'mms', MediaCount: '1' };
  const mediaOf = (given: Record<string, string>) =>
    of(mapDocument(plivo, { ...message, ...given }).facts, 'utterance')[0]?.media;
  assert.deepEqual(mediaOf({ Media0: 'https://media.example.com/a/b1' }), [{ name: 'media', mediaId: 'b1' }]);
  assert.deepEqual(mediaOf({ Media1: 'https://media.example.com/a/b1' }), [{ name: 'media', mediaId: 'b1' }]);
  const { facts } = mapDocument(plivo, { ...message, Text: 'NO MORE', MessageIntent: 'optout' });
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [['opted_out', 'NO MORE']],
  );
});

test('a record of the API tells who wrote when, and no words', () => {
  const record = {
    message_uuid: 'u1',
    message_type: 'sms',
    message_time: '2026-01-05 08:00:00+00:00',
    message_state: 'delivered',
  };
  const objects = [
    { ...record, message_direction: 'inbound', from_number: '12025550142', to_number: '12025550199' },
    { ...record, message_direction: 'outbound', from_number: '12025550199', to_number: '12025550142' },
  ];
  const { facts } = mapDocument(plivo, { meta: {}, objects });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [
      ['customer', undefined, '2026-01-05T08:00:00.000Z'],
      ['agent', undefined, '2026-01-05T08:00:00.000Z'],
    ],
  );
  assert.equal(new Set(of(facts, 'thread').map(({ nativeId }) => nativeId)).size, 1);
  assert.deepEqual(of(facts, 'event'), []);
});

test('real payloads', withPayloads('sms-plivo'), () => {
  assert.deepEqual(countPayloads(plivo, 'sms-plivo'), { ok: 3, reject: 1, unknown: 1 });
});
