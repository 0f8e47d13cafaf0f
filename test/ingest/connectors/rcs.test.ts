import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rcs } from '../../../ingest/connectors/rcs.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts, outcomes } = mapFixture(rcs, 'events.ndjson');

test('the envelope is opened, and nanoseconds become milliseconds', () => {
  const [text, pressed, file] = of(facts, 'utterance');
  assert.deepEqual([text?.text, text?.occurredAt?.toISOString()], ['Where is my parcel?', '2026-01-05T08:00:00.123Z']);
  assert.equal(pressed?.text, 'Talk to a person');
  assert.deepEqual(file?.media, [{ name: 'a.jpg', mimeType: 'image/jpeg', byteSize: 99 }]);
  assert.deepEqual(
    [...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))],
    ['shop@rbm.example|+12025550142'],
  );
});

test('a receipt leads to our message; typing is ignored; who unsubscribes has opted out', () => {
  assert.deepEqual(
    of(facts, 'event').map(({ kind, utteranceId }) => [kind, utteranceId]),
    [
      ['read', recordId('utterance', 'rcs', 'r2')],
      ['opted_out', undefined],
    ],
  );
  assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'IS_TYPING' && status === 'ignored'));
});

test('what the server tells of a message names the person in another field', () => {
  const expired = mapFixture(rcs, 'expired.json').facts;
  assert.equal(of(expired, 'thread')[0]?.id, of(facts, 'thread')[0]?.id);
  assert.deepEqual(
    of(expired, 'event').map(({ kind, value, utteranceId }) => [kind, value, utteranceId]),
    [['failed', 'TTL_EXPIRATION_REVOKED', recordId('utterance', 'rcs', 'r9')]],
  );
});

test('that a network let the business in is no message', () => {
  const attributes = { type: 'agent_launch_event', event_type: 'LAUNCHED', business_id: 'shop@rbm.example' };
  const launch = mapDocument(rcs, { message: { attributes, data: 'e30=', messageId: '1' } });
  assert.deepEqual(launch.outcomes, [{ nativeKind: 'agent_launch_event', status: 'ignored' }]);
});

test('real payloads', withPayloads('rcs'), () => {
  // The sample in the documentation has the word PHONE_NUMBER in place of one.
  assert.deepEqual(countPayloads(rcs, 'rcs'), { ok: 1, reject: 1 });
});
