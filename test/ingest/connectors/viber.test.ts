import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viber } from '../../../ingest/connectors/viber.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(viber, 'callbacks.ndjson');

test('message tokens beyond 2^53 keep every digit', () => {
  assert.equal(of(facts, 'utterance')[0]?.nativeId, '4987381189870374001');
});

test('contacts are words; files are named, without their address', () => {
  const [, contact, file] = of(facts, 'utterance');
  assert.equal(contact?.text, 'Bo, +15550100');
  assert.deepEqual(file?.media, [{ name: 'a.pdf', byteSize: 12 }]);
  assert.doesNotMatch(JSON.stringify(facts), /cdn\.example/);
});

test('a received file has its size under its own name', () => {
  const message = { type: 'file', media: 'https://cdn.example.com/x', file_name: 'b.pdf', file_size: 34 };
  const sent = { event: 'message', timestamp: 1767600000000, message_token: 7, sender: { id: 'mina=' }, message };
  assert.deepEqual(of(mapDocument(viber, sent).facts, 'utterance')[0]?.media, [{ name: 'b.pdf', byteSize: 34 }]);
});

test('a text says its words alone, whatever fields stand beside them', () => {
  const message = { type: 'text', text: 'Hello', media: 'https://cdn.example.com/x', location: { lat: 1, lon: 2 } };
  const sent = { event: 'message', timestamp: 1767600000000, message_token: 8, sender: { id: 'mina=' }, message };
  const [said] = of(mapDocument(viber, sent).facts, 'utterance');
  assert.deepEqual([said?.text, said?.media], ['Hello', undefined]);
});

test('receipts lead to our message, and a failure says why', () => {
  const utteranceId = (token: string) => recordId('utterance', 'viber', token);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, utteranceId: id }) => [kind, value, id]),
    [
      ['read', 'seen', utteranceId('4987381189870374002')],
      ['failed', 'failed: not a subscriber', utteranceId('4987381189870374003')],
      ['triggered', 'conversation_started: landing', undefined],
      ['opted_out', 'unsubscribed', undefined],
    ],
  );
});

test('real payloads', withPayloads('viber'), () => {
  assert.deepEqual(countPayloads(viber, 'viber'), { ok: 9, ignored: 1, unknown: 1 });
});

test('a file may hold several callbacks in a list', () => {
  const sent = { event: 'seen', timestamp: 1767600000000, message_token: 9, user_id: 'mina=' };
  assert.equal(mapDocument(viber, [sent, { ...sent, event: 'delivered' }]).outcomes.length, 2);
});
