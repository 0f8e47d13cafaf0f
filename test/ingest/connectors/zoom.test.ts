import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { zoom } from '../../../ingest/connectors/zoom.ts';
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
