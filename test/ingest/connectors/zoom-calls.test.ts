import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoom } from '../../../ingest/connectors/zoom/zoom.ts';
import { mapDocument, of } from './real-payloads.ts';

const hook = (event: string, object: object) =>
  mapDocument(zoom, { event, event_ts: 1773136800000, payload: { account_id: 'a', object } });

const element = {
  call_element_id: 'e1',
  call_id: '7480000000000000001',
  connect_type: 'external',
  direction: 'inbound',
  event: 'incoming',
  caller_did_number: '+15550100142',
  caller_number_type: 'external_pstn',
  callee_ext_number: '800',
  callee_number_type: 'zoom_pstn',
  start_time: '2026-03-10T10:00:00Z',
  end_time: '2026-03-10T10:03:12Z',
  result: 'answered',
};
const told = (...call_elements: object[]) =>
  hook('phone.callee_call_element_completed', { user_id: 'u1', call_elements });

test('elements are steps of one call: the first tells of it as a whole, the others of who took it', () => {
  const member = { ...element, event: 'ring_to_member', callee_ext_number: '1003' };
  const { facts, outcomes } = told(
    element,
    { ...member, start_time: '2026-03-10T10:00:02Z', end_time: '2026-03-10T10:00:22Z', result: 'ring_timeout' },
    { ...member, start_time: '2026-03-10T10:00:22Z', answer_time: '2026-03-10T10:00:30Z' },
    { ...member, event: 'monitor' },
    { ...member, event: 'warm_transfer', direction: 'outbound', callee_did_number: '+15550100777' },
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ok', 'drop', 'ok'],
  );
  assert.deepEqual(
    of(facts, 'thread').map(({ version, status, direction }) => [version > 0, status, direction]),
    [
      [true, 'closed', 'inbound'],
      [false, undefined, 'inbound'],
      [false, 'closed', 'inbound'],
      [false, undefined, undefined],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'ended', 'answered'],
  );
  assert.deepEqual([...new Set(of(facts, 'handle').map(({ value }) => value))], ['+15550100142']);
});

test('who calls us and hangs up before anybody answers has given up; a call that fails is no ended one', () => {
  const end = (result: string, direction = 'inbound') => {
    const { facts } = told({ ...element, result, direction, callee_did_number: '+15550100142' });
    return [of(facts, 'thread')[0]?.status, of(facts, 'event').at(-1)?.kind];
  };
  assert.deepEqual(end('abandoned'), ['abandoned', 'abandoned']);
  assert.deepEqual(end('canceled'), ['abandoned', 'abandoned']);
  assert.deepEqual(end('canceled', 'outbound'), ['closed', 'ended']);
  assert.deepEqual(end('call_failed', 'outbound'), ['failed', 'failed']);
  assert.deepEqual(end('ring_timeout'), ['failed', 'missed']);
});

test('a transfer that a colleague was asked for is one when it is completed, and names where to', () => {
  const transfer = {
    call_id: '7',
    date_time: '2026-03-10T10:02:00Z',
    failure_reason: '',
    transfer_phone_number: '1005',
  };
  const [event] = of(hook('phone.warm_transfer_completed', transfer).facts, 'event');
  assert.deepEqual([event?.kind, event?.value], ['transferred', '1005']);
  assert.equal(hook('phone.warm_transfer_cancelled', transfer).outcomes[0]?.status, 'ignored');
});

test('a text message that could not be sent keeps its words', () => {
  const { facts } = hook('phone.sms_sent_failed', {
    message_id: 'm9',
    message: 'We are open till 6',
    date_time: '2026-03-10T10:00:00Z',
    sender: { id: 'u1', phone_number: '+15550100200' },
    to_members: [{ phone_number: '+15550100142' }],
  });
  const [utterance] = of(facts, 'utterance');
  assert.deepEqual([utterance?.role, utterance?.text], ['agent', 'We are open till 6']);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, utteranceId }) => [kind, utteranceId]),
    [['failed', utterance?.id]],
  );
});
