import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { zoom } from '../../../ingest/connectors/zoom/zoom.ts';
import { verifyDelivery } from '../../../ingest/verify/verify.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('a recorded meeting is one conversation by its uuid', () => {
  const { facts } = mapFixture(zoom, 'transcript.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.channel, thread?.subject, thread?.endedAt?.toISOString()],
    ['video', 'Onboarding', '2026-03-05T09:30:00.000Z'],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value = '' }) => `${kind} ${value}`.trim()),
    ['started', 'ended', 'status_changed transcript completed'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ value, unit }) => `${value} ${unit}`),
    ['30 minute'],
  );
  assert.equal(of(mapFixture(zoom, 'ended.json').facts, 'thread')[0]?.id, thread?.id);
  assert.equal(mapFixture(zoom, 'broken.json').outcomes[0]?.status, 'reject');
});

test('a meeting that is only planned has not happened', () => {
  const planned = {
    uuid: 'u+2==',
    id: 5,
    host_id: 'h1',
    topic: 'Review',
    start_time: '2027-03-05T09:00:00Z',
    duration: 30,
  };
  assert.deepEqual(mapDocument(zoom, { page_size: 30, meetings: [planned] }).outcomes, [
    { nativeKind: 'planned meeting', status: 'unknown' },
  ]);
});

test('a guest is a customer with a thread of their own, the host is not', () => {
  const { facts } = mapFixture(zoom, 'joined.json');
  const [participant] = of(facts, 'participant');
  assert.equal(of(facts, 'handle')[0]?.value, 'ana.roy@example.com');
  assert.deepEqual(
    of(facts, 'link').map(({ threadId }) => threadId),
    [participant?.threadId],
  );
  assert.deepEqual(of(mapFixture(zoom, 'host-joined.json').facts, 'participant'), []);
  const colleague = { user_id: '3', id: 'h2', user_name: 'Eli', email: 'eli@shop.example.com' };
  const joining = (object: object, settings = {}) =>
    of(
      mapDocument(
        zoom,
        {
          event: 'meeting.participant_joined',
          event_ts: 1772701260000,
          payload: { object: { uuid: 'u+1==', host_id: 'h1', participant: colleague, ...object } },
        },
        { settings },
      ).facts,
      'participant',
    ).length;
  assert.equal(joining({}), 0, 'Zoom shows the addresses of the host’s own people');
  assert.equal(joining({ host_email: 'dana@shop.example.com' }), 0);
  assert.equal(joining({}, { ownDomains: ['other.example.com'] }), 1);
  assert.deepEqual(of(mapFixture(zoom, 'joined.json', { ownDomains: ['example.com'] }).facts, 'participant'), []);
});

test('a delivery is Zoom’s where it is signed with its time', () => {
  const body = new TextEncoder().encode('{"event":"meeting.ended"}');
  const now = new Date('2026-03-05T09:00:00Z');
  const signed = (seconds: number, secret = 's') => {
    const signature = createHmac('sha256', 's').update(`v0:${seconds}:{"event":"meeting.ended"}`).digest('hex');
    const headers = { 'x-zm-signature': `v0=${signature}`, 'x-zm-request-timestamp': String(seconds) };
    return verifyDelivery({
      trust: zoom.trust,
      secret,
      method: 'POST',
      url: 'https://x.example.com/',
      headers,
      body,
      now,
    }).ok;
  };
  const seconds = now.getTime() / 1000;
  assert.deepEqual([signed(seconds), signed(seconds, 't'), signed(seconds - 3600)], [true, false, false]);
});

test('a real page without meetings is no error', withPayloads('voice-zoom'), () => {
  assert.deepEqual(
    countOutcomes(mapFile(zoom, 'nango-recordings-1.json', readPayload('voice-zoom', 'nango-recordings-1.json'))),
    {},
  );
});

test('plans, and what is done around a meeting, say nothing; the meeting does', () => {
  const status = (event: string) =>
    mapDocument(zoom, { event, event_ts: 1772701260000, payload: { object: { uuid: 'u+1==' } } }).outcomes[0]?.status;
  const silent = ['created', 'deleted', 'sharing_started', 'participant_joined_waiting_room', 'registration_created'];
  assert.deepEqual([...new Set(silent.map((event) => status(`meeting.${event}`)))], ['ignored']);
  assert.deepEqual(['meeting.started', 'meeting.created_by_mind_reading'].map(status), ['ok', 'unknown']);
});

test('a telephone call is one conversation by its call_id: answered, ended and recorded', () => {
  const answered = mapFixture(zoom, 'phone-answered.json').facts;
  const ended = mapFixture(zoom, 'phone-ended.json').facts;
  const [first] = of(answered, 'thread');
  assert.deepEqual([first?.channel, first?.direction, first?.status], ['voice', 'inbound', 'open']);
  assert.deepEqual(
    of(answered, 'handle').map(({ value, display }) => [value, display]),
    [['+12125550142', 'Ana Roy']],
  );
  const timed = (facts: typeof answered) =>
    of(facts, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(14, 19)}`);
  assert.deepEqual(timed(answered), ['started 00:00', 'answered 00:12']);
  assert.equal(of(answered, 'event')[1]?.agentId, of(answered, 'agent')[0]?.id);
  assert.deepEqual(timed(ended), ['started 00:00', 'ended 03:10']);
  assert.equal(of(ended, 'thread')[0]?.status, 'closed');
  const [recording] = of(mapFixture(zoom, 'phone-recording.json').facts, 'media');
  assert.deepEqual([recording?.threadId, recording?.durationSeconds], [first?.id, 178]);
});

test('who calls is ours where the caller tells of it; among colleagues a call is internal', () => {
  const told = (event: string, more: object) => {
    const object = { call_id: '7', ringing_start_time: '2026-03-05T09:00:00Z', call_end_time: '2026-03-05T09:00:30Z' };
    const { facts, outcomes } = mapDocument(zoom, {
      event: `phone.${event}`,
      event_ts: 1772701230000,
      payload: { object: { ...object, ...more } },
    });
    const [thread] = of(facts, 'thread');
    return [outcomes[0]?.status, thread?.direction, of(facts, 'event').at(-1)?.kind, of(facts, 'participant').length];
  };
  const ours = { user_id: 'h1', extension_number: 1002, phone_number: '+12125550100' };
  const theirs = { phone_number: '+12125550142' };
  assert.deepEqual(told('caller_ended', { caller: ours, callee: theirs }), ['ok', 'outbound', 'ended', 1]);
  assert.deepEqual(told('callee_missed', { caller: theirs, callee: ours }), ['ok', 'inbound', 'missed', 1]);
  const colleague = { extension_type: 'user', extension_number: 1003, phone_number: '+12125550101' };
  assert.deepEqual(told('callee_missed', { caller: colleague, callee: ours }), ['ok', 'internal', 'missed', 0]);
  const elsewhere = { caller: theirs, callee: ours, handup_result: 'Answered by Other Member' };
  assert.equal(told('callee_missed', elsewhere)[0], 'drop');
});

test('the log of a call says who called, whether it was answered, and is the same in a page of logs', () => {
  const log = {
    call_id: '700000000000000001',
    direction: 'inbound',
    caller_number: '+12125550142',
    caller_number_type: 2,
    callee_number: '1002',
    callee_number_type: 1,
    date_time: '2026-03-05T09:00:00Z',
    call_end_time: '2026-03-05T09:03:10Z',
    duration: 178,
  };
  const seen = (document: object) => {
    const { facts } = mapDocument(zoom, document);
    const [thread] = of(facts, 'thread');
    return [thread?.direction, thread?.status, of(facts, 'event').at(-1)?.kind, of(facts, 'handle')[0]?.value];
  };
  const answered = { ...log, answer_start_time: '2026-03-05T09:00:12Z', result: 'Call connected' };
  const told = { event: 'phone.callee_call_log_completed', event_ts: 1772701500000 };
  assert.deepEqual(seen({ ...told, payload: { object: { user_id: 'h1', call_logs: [answered] } } }), [
    'inbound',
    'closed',
    'ended',
    '+12125550142',
  ]);
  assert.deepEqual(seen({ page_size: 30, call_logs: [{ ...log, result: 'Missed' }] }), [
    'inbound',
    'failed',
    'missed',
    '+12125550142',
  ]);
  assert.deepEqual(seen({ call_logs: [{ ...log, caller_number: '1003', caller_number_type: 1 }] }), [
    'internal',
    'closed',
    'ended',
    undefined,
  ]);
});

test('a voicemail is a message of the caller beside the call, in words once Zoom has written them down', () => {
  const { facts } = mapFixture(zoom, 'phone-voicemail.json');
  const [thread, utterance] = [of(facts, 'thread')[0], of(facts, 'utterance')[0]];
  assert.deepEqual([thread?.channel, thread?.direction], ['voicemail', 'inbound']);
  assert.deepEqual(
    [utterance?.role, utterance?.text, utterance?.occurredAt?.toISOString(), utterance?.endAt?.toISOString()],
    ['customer', 'Please call me back', '2026-03-02T10:00:30.000Z', '2026-03-02T10:00:42.000Z'],
  );
  assert.equal(of(facts, 'media')[0]?.kind, 'voice_note');
  const call = { call_id: '7083020600012345678', ringing_start_time: '2026-03-02T10:00:00Z' };
  const missed = { event: 'phone.callee_missed', event_ts: 1772445630000, payload: { object: call } };
  assert.equal(of(mapDocument(zoom, missed).facts, 'thread')[0]?.id, of(facts, 'link')[0]?.otherThreadId);
});

test('text messages of a line are a conversation with the number outside; between colleagues they are none', () => {
  const own = { id: 'u1', type: 'user', phone_number: '+15550100100' };
  const sms = (event: string, sender: object, to_members: object[]) =>
    mapDocument(zoom, {
      event,
      event_ts: 1772445600000,
      payload: {
        object: { message_id: event, message: 'hello', date_time: '2026-03-02T10:00:00Z', sender, to_members },
      },
    });
  const received = sms('phone.sms_received', { phone_number: '+15550100001' }, [own]).facts;
  const sent = sms('phone.sms_sent', own, [{ phone_number: '+15550100001' }]).facts;
  assert.deepEqual(
    [...of(received, 'utterance'), ...of(sent, 'utterance')].map(({ role }) => role),
    ['customer', 'agent'],
  );
  assert.equal(of(received, 'thread')[0]?.id, of(sent, 'thread')[0]?.id);
  assert.equal(sms('phone.sms_received', { ...own, id: 'u2' }, [own]).outcomes[0]?.status, 'drop');
});

test('the history of calls tells what the log told, under other names; who is called in an emergency is no customer', () => {
  const entry = {
    call_id: '5',
    direction: 'inbound',
    connect_type: 'external',
    caller_did_number: '+15550100001',
    callee_ext_number: '1001',
    start_time: '2026-03-02T10:00:00Z',
    end_time: '2026-03-02T10:00:40Z',
    result: 'no_answer',
  };
  const told = (event: string, log: object) =>
    mapDocument(zoom, { event, event_ts: 1772445690000, payload: { object: { call_logs: [log] } } }).facts;
  const facts = told('phone.callee_call_history_completed', entry);
  assert.deepEqual([of(facts, 'handle')[0]?.value, of(facts, 'thread')[0]?.status], ['+15550100001', 'failed']);
  const within = told('phone.callee_call_history_completed', { ...entry, connect_type: 'internal' });
  assert.deepEqual([of(within, 'participant'), of(within, 'thread')[0]?.direction], [[], 'internal']);
  const emergency = { call_id: '6', direction: 'outbound', callee_number: '+15550100911', callee_number_type: 3 };
  const log = { ...emergency, caller_number: '1001', caller_number_type: 1, date_time: '2026-03-02T10:00:00Z' };
  assert.deepEqual(of(told('phone.caller_call_log_completed', log), 'participant'), []);
});

test('what is written beside a meeting is said in it; only the host is surely ours', () => {
  const written = (sender_type: string, settings = {}) =>
    of(
      mapDocument(
        zoom,
        {
          event: 'meeting.chat_message_sent',
          event_ts: 1772446000000,
          payload: {
            object: {
              uuid: 'u+1==',
              chat_message: {
                message_id: 'm1',
                message_content: 'My order is 12',
                sender_type,
                sender_email: 'ana.roy@example.com',
                date_time: '2026-03-02T10:06:40Z',
              },
            },
          },
        },
        { settings },
      ).facts,
      'utterance',
    )[0]?.role;
  assert.deepEqual(
    [written('host'), written('guest'), written('guest', { ownDomains: ['shop.example.com'] })],
    ['agent', undefined, 'customer'],
  );
});

test('a transfer is an event of the call; a log without an end is of a call that is over', () => {
  const told = (event: string, object: object) =>
    mapDocument(zoom, { event, event_ts: 1772445690000, payload: { object } });
  const transfer = { call_id: '7', date_time: '2026-03-02T10:01:00Z', phone_number: '+15550100009' };
  assert.equal(of(told('phone.blind_transfer_initiated', transfer).facts, 'event')[0]?.kind, 'transferred');
  const failed = told('phone.blind_transfer_initiated', { ...transfer, failure_reason: 'busy' });
  assert.equal(failed.outcomes[0]?.status, 'drop');
  const log = { call_id: '8', date_time: '2026-03-02T10:00:00Z', direction: 'inbound', duration: 9, result: 'Missed' };
  const { facts } = told('phone.callee_call_log_completed', { call_logs: [log] });
  assert.deepEqual(
    [of(facts, 'thread')[0]?.status, of(facts, 'event').map(({ kind }) => kind)],
    ['failed', ['started', 'missed']],
  );
});

test('a call that ends without having been taken was missed', () => {
  const ended = (object: object) =>
    of(
      mapDocument(zoom, {
        event: 'phone.caller_ended',
        event_ts: 1772445690000,
        payload: { object: { call_id: '9', call_end_time: '2026-03-02T10:00:40Z', ...object } },
      }).facts,
      'event',
    ).map(({ kind }) => kind);
  assert.deepEqual(ended({ handup_result: 'No Answer' }), ['missed']);
  const connected_start_time = '2026-03-02T10:00:10Z';
  assert.deepEqual(ended({ handup_result: 'Call connected', connected_start_time }), ['ended']);
});
