import assert from 'node:assert/strict';
import { test } from 'node:test';
import { africastalking } from '../../../ingest/connectors/africastalking.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a time without a zone is read as UTC and marked', () => {
  const [message] = of(mapFixture(africastalking, 'inbound.form').facts, 'utterance');
  assert.deepEqual([message?.occurredAt?.toISOString(), message?.isZoneKnown], ['2026-01-05T08:00:00.000Z', false]);
});

test('a report does not name our line: it waits for its message, or the settings name the line', () => {
  const waiting = of(mapFixture(africastalking, 'report.form').facts, 'event');
  assert.deepEqual(
    waiting.map(({ kind }) => kind),
    ['failed', 'opted_out'],
  );
  const { facts } = mapFixture(africastalking, 'report.form', { line: '21512' });
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt]),
    [
      ['failed', 'Rejected: UserInBlacklist', receivedAt],
      ['opted_out', 'Rejected: UserInBlacklist', receivedAt],
    ],
  );
});

test('a blocked receiver is one however it is written, and a menu of USSD is no message', () => {
  const report = { id: 't9', status: 'Rejected', failureReason: 'UserInBlackList', phoneNumber: '+254711000000' };
  assert.deepEqual(
    of(mapDocument(africastalking, report).facts, 'event').map(({ kind }) => kind),
    ['failed', 'opted_out'],
  );
  const menu = { sessionId: 's1', serviceCode: '*384#', phoneNumber: '+254711000000', text: '1*2' };
  assert.deepEqual(mapDocument(africastalking, menu).outcomes, [{ nativeKind: 'ussd', status: 'unknown' }]);
});

test('an opt-out is one of the conversation', () => {
  const { facts } = mapDocument(africastalking, { senderId: '21512', phoneNumber: '+254711000000' });
  assert.equal(of(facts, 'event')[0]?.kind, 'opted_out');
  assert.equal(of(facts, 'event')[0]?.threadId, of(mapFixture(africastalking, 'inbound.form').facts, 'thread')[0]?.id);
});

test('an opt-out is of the name it says, whatever line the settings name', () => {
  const { facts } = mapDocument(
    africastalking,
    { senderId: 'SHOP', phoneNumber: '+254711000000' },
    { settings: { line: '21512' } },
  );
  assert.equal(of(facts, 'thread')[0]?.nativeId, 'SHOP|+254711000000');
});

test('a subscription begins and ends by the customer’s own wish', () => {
  const { facts } = mapFixture(africastalking, 'subscription.form');
  const ended = { phoneNumber: '+254711000000', shortCode: '21512', keyword: 'NEWS', updateType: 'Deletion' };
  assert.deepEqual(
    [...of(facts, 'event'), ...of(mapDocument(africastalking, ended).facts, 'event')].map(({ kind, value }) => [
      kind,
      value,
    ]),
    [
      ['status_changed', 'addition of NEWS'],
      ['opted_out', 'deletion of NEWS'],
    ],
  );
});

test('messages that were asked for come in a list', () => {
  const message = { linkId: '', text: 'Hello', to: '21512', id: 15071, date: '2026-01-05T08:00:00Z' };
  const { facts } = mapDocument(africastalking, {
    SMSMessageData: { Messages: [{ ...message, from: '+254711000000' }] },
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, role, text }) => [nativeId, role, text]),
    [['15071', 'customer', 'Hello']],
  );
});

test('real payloads', withPayloads('sms-africastalking'), () => {
  assert.deepEqual(countPayloads(africastalking, 'sms-africastalking'), { ok: 3, refused: 1 });
});

test('a report without a time has that of its receipt, whose zone is known', () => {
  const { facts } = mapDocument(africastalking, { id: 'ATX9', status: 'Success', phoneNumber: '+254700000001' });
  const [event] = of(facts, 'event');
  assert.deepEqual([event?.occurredAt, event?.timePrecision, event?.isZoneKnown], [receivedAt, 'receipt', true]);
});
