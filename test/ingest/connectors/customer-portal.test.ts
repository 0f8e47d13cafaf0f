import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerPortal } from '../../../ingest/connectors/customer-portal.ts';
import { mapFixture } from './fixture.ts';
import { assertReasons, of } from './real-payloads.ts';

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
