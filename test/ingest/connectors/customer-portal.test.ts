import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerPortal } from '../../../ingest/connectors/customer-portal.ts';
import { mapFixture } from './fixture.ts';
import { assertReasons, mapDocument, of } from './real-payloads.ts';

test('events of a session with what they mean, and the customer’s words', () => {
  const { facts, outcomes } = mapFixture(customerPortal, 'log.ndjson');
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => `${kind}: ${value}`),
    [
      'started: login',
      'status_changed: order_viewed /orders/A-1001',
      'triggered: cart_abandoned /cart',
      'status_changed: return_requested',
      'status_changed: ticket 4711',
      'started: login',
    ],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [['customer', 'The lamp is broken.', '2026-03-05T09:03:00.000Z']],
  );
  assert.deepEqual(
    outcomes.slice(-3).map(({ status }) => status),
    ['ok', 'reject', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('columns have other usual names; what an event is about may stand in an object of its own', () => {
  const track = {
    type: 'track',
    event: 'Contact Support',
    userId: 'u-1',
    anonymousId: 'a-1',
    timestamp: '2026-03-05T09:00:00.000Z',
    properties: { page: '/billing' },
    context: { traits: { email: 'ana.roy@example.com' } },
  };
  const { facts } = mapDocument(customerPortal, track);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => `${kind}: ${value}`),
    ['handed_over: Contact Support /billing'],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ type }) => type),
    ['contact_id', 'email', 'cookie'],
  );
  assert.equal(
    mapDocument(customerPortal, { ...track, event: undefined, type: 'identify' }).outcomes[0]?.status,
    'ignored',
  );
});

test('a session that is numbered by its start is one of one person', () => {
  const threadOf = (user_id: string) =>
    of(
      mapDocument(customerPortal, {
        events: [{ event_type: 'login', user_id, session_id: 1772701200000, time: 1772701260000 }],
      }).facts,
      'thread',
    )[0]?.id;
  assert.notEqual(threadOf('u-1'), threadOf('u-2'));
});

test('rows of PostHog, Google Analytics and screens of Segment', () => {
  const values = (document: object) => {
    const { facts } = mapDocument(customerPortal, document);
    return [
      of(facts, 'event')[0]?.value,
      of(facts, 'event')[0]?.occurredAt.toISOString(),
      of(facts, 'thread')[0]?.nativeId,
    ];
  };
  const timestamp = '2026-03-05T09:00:00.000Z';
  const properties = { $current_url: '/help', $session_id: 's-1' };
  const event = { event: '$pageview', distinct_id: 'u-1', timestamp, properties, url: 'https://posthog.example.com/e' };
  const person = { properties: { email: 'ana.roy@example.com', $current_url: '/later' } };
  const param = (key: string, value: object) => ({ key, value });
  const analytics = {
    event_name: 'page_view',
    event_timestamp: '1772701200000000',
    user_pseudo_id: 'c.1',
    event_params: [param('page_location', { string_value: '/help' }), param('ga_session_id', { int_value: '77' })],
  };
  assert.deepEqual(values({ event, person }), ['$pageview /help', timestamp, 's-1']);
  assert.deepEqual(values({ ...event, properties: JSON.stringify(properties) }), ['$pageview /help', timestamp, 's-1']);
  assert.deepEqual(values(analytics), ['page_view /help', timestamp, '77']);
  assert.deepEqual(values({ type: 'screen', name: 'Orders', userId: 'u-1', timestamp }), [
    'screen Orders',
    timestamp,
    'person/u-1',
  ]);
});
