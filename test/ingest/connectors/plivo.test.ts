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

test('real payloads', withPayloads('sms-plivo'), () => {
  assert.deepEqual(countPayloads(plivo, 'sms-plivo'), { ok: 3, reject: 1, unknown: 1 });
});
