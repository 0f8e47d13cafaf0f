import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vonage } from '../../../ingest/connectors/vonage.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a message and its report are one conversation, whichever side the customer stands on', () => {
  const inbound = mapFixture(vonage, 'inbound.form').facts;
  const report = mapFixture(vonage, 'report.form').facts;
  assert.equal(of(inbound, 'thread')[0]?.nativeId, '+12025550199|+12025550142');
  assert.equal(of(report, 'thread')[0]?.id, of(inbound, 'thread')[0]?.id);
  const [message] = of(inbound, 'utterance');
  assert.deepEqual([message?.text, message?.occurredAt?.toISOString()], ['Where is it?', '2026-01-05T08:00:00.000Z']);
  assert.deepEqual(
    of(report, 'event').map(({ kind, value }) => [kind, value]),
    [['failed', 'failed: 6']],
  );
});

test('the Messages API carries other channels, captions and files without their address', () => {
  const { facts } = mapFixture(vonage, 'messages.json');
  const [message] = of(facts, 'utterance');
  assert.deepEqual([message?.text, message?.media], ['broken', [{ name: 'a.jpg' }]]);
  assert.equal(of(facts, 'thread')[0]?.channel, 'whatsapp');
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => [type, value]),
    [
      ['whatsapp_id', '12025550142'],
      ['phone', '+12025550142'],
    ],
  );
});

test('parts of a long message keep their order; without a time it is that of receipt', () => {
  const part = { msisdn: '12025550142', to: '2020', messageId: '1', text: 'b', 'concat-part': '2' };
  const [message] = of(mapDocument(vonage, part).facts, 'utterance');
  assert.deepEqual([message?.sequence, message?.occurredAt, message?.timePrecision], [2, receivedAt, 'receipt']);
});

test('real payloads', withPayloads('sms-vonage'), () => {
  assert.deepEqual(countPayloads(vonage, 'sms-vonage'), { ok: 2, reject: 2, unknown: 1 });
});
