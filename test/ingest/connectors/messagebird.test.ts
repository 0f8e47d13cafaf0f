import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FactList } from '../../../ingest/fact-list.ts';
import { messagebird } from '../../../ingest/connectors/messagebird.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a message has the time of its zone', () => {
  const [message] = of(mapFixture(messagebird, 'inbound.form').facts, 'utterance');
  assert.deepEqual([message?.role, message?.occurredAt?.toISOString()], ['customer', '2026-01-05T08:00:00.000Z']);
});

test('a report names only the customer, so our line comes from the settings', () => {
  const report = { id: '1', recipient: '12025550142', status: 'delivery_failed', statusErrorCode: '103' };
  const [alone] = of(mapDocument(messagebird, report).facts, 'event');
  assert.equal(alone?.threadId, new FactList({ source: 'messagebird' }, 0).threadId('message/1'));
  const { facts } = mapDocument(messagebird, report, { settings: { line: '12025550199' } });
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt]),
    [
      ['failed', receivedAt],
      ['opted_out', receivedAt],
    ],
  );
});

test('a message as the API lists it, with its receivers, is no message of a customer', () => {
  const resource = { id: '1', direction: 'mt', originator: '12025550199', body: 'Hi', recipients: { items: [] } };
  assert.deepEqual(mapDocument(messagebird, resource).outcomes, [{ nativeKind: 'resource.mt', status: 'unknown' }]);
});

test('real payloads', withPayloads('sms-messagebird'), () => {
  assert.deepEqual(countPayloads(messagebird, 'sms-messagebird'), { ok: 2, reject: 1 });
});
