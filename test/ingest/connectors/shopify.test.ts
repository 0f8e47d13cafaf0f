import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopify } from '../../../ingest/connectors/shopify/shopify.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

test('a sale at a till is a visit, with the customer’s note', () => {
  const { facts } = mapFixture(shopify, 'order.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.channel, thread?.subject, thread?.account, thread?.startedAt?.toISOString()],
    ['store', '2 × Mug', '7', '2026-03-05T14:00:00.000Z'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value, unit }) => [name, value, unit]),
    [['sale_total_eur', 12.5, 'money']],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['shopify:11', 'ana.roy@example.com', '+12125550142'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [['customer', 'Please gift-wrap it.']],
  );
});

test('an order of the site is one of the portal; its REST and GraphQL ids are one', () => {
  const { facts, outcomes } = mapFixture(shopify, 'graphql.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual([thread?.nativeId, thread?.channel, thread?.status], ['450789470', 'portal', 'failed']);
  assert.equal(of(facts, 'handle')[0]?.value, 'shopify:11');
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'reject', 'drop'],
  );
  const refund = of(mapFixture(shopify, 'refund.json').facts, 'event')[0];
  assert.equal(refund?.threadId, of(mapFixture(shopify, 'order.json').facts, 'thread')[0]?.id);
  assert.equal(of(mapFixture(shopify, 'customer.json').facts, 'profile').length, 2);
});

test('the real log of a shop holds no contact, and says so', withPayloads('shopify'), () => {
  const mapped = payloadNames('shopify').map((name) => mapFile(shopify, name, readPayload('shopify', name))[0]!);
  assert.deepEqual(countOutcomes(mapped), { drop: 101 });
  assertReasons(mapped);
});
