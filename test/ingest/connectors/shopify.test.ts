import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopify } from '../../../ingest/connectors/shopify/shopify.ts';
import { mapFile, mapFixture } from './fixture.ts';
import {
  assertReasons,
  countOutcomes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  withPayloads,
} from './real-payloads.ts';

test('a sale at a till is a visit; who wrote its note is not known', () => {
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
    [[undefined, 'Please gift-wrap it.']],
  );
});

test('a draft is no order, whatever it comes in; what a customer adds in the cart is said by the customer', () => {
  const draft = { id: 7, created_at: '2026-03-05T09:00:00Z', total_price: '9.00', line_items: [], currency: 'EUR' };
  const alone = { ...draft, admin_graphql_api_id: 'gid://shopify/DraftOrder/7', invoice_sent_at: null, order_id: null };
  for (const document of [alone, { draft_orders: [alone] }, { draft_order: alone }])
    assert.deepEqual(
      mapDocument(shopify, document).outcomes.map(({ status }) => status),
      ['drop'],
    );
  const order = { ...draft, source_name: 'web', note: 'Ring twice', current_total_price: '4.50' };
  const { facts } = mapDocument(shopify, order);
  assert.equal(of(facts, 'utterance')[0]?.role, 'customer');
  assert.equal(of(facts, 'measure')[0]?.value, 4.5, 'after what was returned, as GraphQL counts it too');
});

test('a refund within its order is the one that comes alone', () => {
  const refunds = [{ id: 5, order_id: 450789469, created_at: '2026-03-06T09:00:00-05:00', refund_line_items: [] }];
  const order = {
    id: 450789469,
    created_at: '2026-03-05T09:00:00-05:00',
    total_price: '1.00',
    line_items: [],
    refunds,
  };
  const [alone] = of(mapFixture(shopify, 'refund.json').facts, 'event');
  assert.ok(of(mapDocument(shopify, order).facts, 'event').some(({ id }) => id === alone?.id));
});

test('a deleted customer is one without a time', () => {
  const notice = { id: 11, phone: null, admin_graphql_api_id: 'gid://shopify/Customer/11' };
  const [person] = of(mapDocument(shopify, notice).facts, 'person');
  assert.deepEqual([person?.nativeId, person?.state], ['11', 'deleted']);
});

test('lines of a bulk export are the records themselves', () => {
  const line = { id: 'gid://shopify/Customer/11', createdAt: '2026-03-05T09:00:00Z' };
  const mail = { emailAddress: 'ana.roy@example.com', marketingState: 'UNSUBSCRIBED' };
  const { facts } = mapDocument(shopify, { ...line, defaultEmailAddress: mail });
  assert.equal(of(facts, 'person')[0]?.consent, 'opted_out');
  assert.equal(of(facts, 'profile').length, 1);
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

test('what only looks like an order or a customer is neither', () => {
  const line = {
    id: 'gid://shopify/Order/9',
    createdAt: '2026-03-05T09:00:00Z',
    customer: { id: 'gid://shopify/Customer/11' },
  };
  const bulk = mapDocument(shopify, line);
  assert.deepEqual(
    [of(bulk.facts, 'thread')[0]?.nativeId, of(bulk.facts, 'handle')[0]?.value],
    ['9', 'shopify:11'],
    'a line of a bulk export names its customer',
  );
  const tried = { id: 8, test: true, created_at: '2026-03-05T09:00:00Z', total_price: '1.00', line_items: [] };
  const redact = { shop_id: 1, shop_domain: 'lamps.example.com', customer: { id: 11 }, orders_to_redact: [8] };
  const cart = { id: 'c1', token: 'c1', line_items: [], note: null, updated_at: '2026-03-05T09:00:00Z' };
  assert.deepEqual(countOutcomes([tried, redact, cart].map((each) => mapDocument(shopify, each))), { drop: 3 });
  const own = [
    { id: 3, title: 'Mug', variants: [], admin_graphql_api_id: 'gid://shopify/Product/3' },
    { id: 4, order_id: 8, line_items: [], admin_graphql_api_id: 'gid://shopify/Fulfillment/4' },
    { products: [] },
  ];
  assert.deepEqual(countOutcomes(own.map((each) => mapDocument(shopify, each))), { ignored: 3 });
  assert.throws(() => mapDocument(shopify, { errors: 'Not Found' }), /error of the API/);
});

test('the answer to a mutation has the record in it', () => {
  const customer = { id: 'gid://shopify/Customer/11', firstName: 'Ana', updatedAt: '2026-03-05T09:00:00Z' };
  const { facts } = mapDocument(shopify, { data: { customerUpdate: { customer, userErrors: [] } } });
  assert.equal(of(facts, 'person')[0]?.name, 'Ana');
});

test('the real log of a shop holds no contact, and says so', withPayloads('shopify'), () => {
  const mapped = payloadNames('shopify').map((name) => mapFile(shopify, name, readPayload('shopify', name))[0]!);
  assert.deepEqual(countOutcomes(mapped), { drop: 101 });
  assertReasons(mapped);
});

test('an order does not end before it begins, though its payment is stamped first', () => {
  const times = { created_at: '2026-03-05T09:00:02Z', processed_at: '2026-03-05T09:00:01Z' };
  const [thread] = of(mapDocument(shopify, { id: 8, ...times, total_price: '1.00', line_items: [] }).facts, 'thread');
  assert.deepEqual(thread?.endedAt, thread?.startedAt);
});

test('refunds are listed as they come alone; GraphQL keeps the address of who bought apart', () => {
  const refund = { id: 5, order_id: 8, created_at: '2026-03-06T09:00:00Z', refund_line_items: [] };
  const line = { id: 'gid://shopify/Refund/5', createdAt: refund.created_at, __parentId: 'gid://shopify/Order/8' };
  for (const document of [{ refunds: [refund] }, { refund }, refund, line])
    assert.equal(of(mapDocument(shopify, document).facts, 'event')[0]?.value, 'refunded');
  const customer = {
    id: 'gid://shopify/Customer/11',
    defaultEmailAddress: { emailAddress: 'ana.roy@example.com' },
  };
  const order = { id: 'gid://shopify/Order/8', createdAt: '2026-03-05T09:00:00Z', customer };
  assert.deepEqual(
    of(mapDocument(shopify, { data: { order } }).facts, 'handle').map(({ value }) => value),
    ['shopify:11', 'ana.roy@example.com'],
  );
});

test('that somebody asks for no more mail is known of the customer', () => {
  const email_marketing_consent = { state: 'unsubscribed', consent_updated_at: '2026-03-05T09:00:00Z' };
  const notice = { customer_id: 11, email_address: 'ana.roy@example.com', email_marketing_consent };
  const [person] = of(mapDocument(shopify, notice).facts, 'person');
  assert.deepEqual([person?.nativeId, person?.consent], ['11', 'opted_out']);
});

test('a page of GraphQL with nothing on it says nothing', () => {
  const page = { data: { orders: { edges: [], pageInfo: { hasNextPage: false } } } };
  assert.deepEqual(mapDocument(shopify, page).outcomes, [{ nativeKind: 'empty list', status: 'ignored' }]);
});

test('what a customer writes of a return is said in it, and belongs to the order', () => {
  const { facts } = mapFixture(shopify, 'return.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
    [['customer', 'The handle is broken.', 'receipt']],
  );
  const [order] = of(mapFixture(shopify, 'order.json').facts, 'thread');
  assert.equal(of(facts, 'link')[0]?.otherThreadId, order?.id);
  const id = 'gid://shopify/Return/9';
  const asked = {
    id,
    order: { id: 'gid://shopify/Order/8' },
    returnLineItems: { nodes: [{ customerNote: 'Broken' }] },
  };
  const headers = { 'x-shopify-topic': 'returns/request', 'x-shopify-triggered-at': '2026-03-07T09:00:00.123456Z' };
  const [said] = of(mapDocument(shopify, asked, { headers }).facts, 'utterance');
  assert.deepEqual([said?.text, said?.occurredAt?.toISOString()], ['Broken', '2026-03-07T09:00:00.123Z']);
});

test('goods taken off an order that was not paid are no refund', () => {
  const refund = { id: 5, order_id: 8, created_at: '2026-03-06T09:00:00Z', refund_line_items: [], transactions: [] };
  assert.deepEqual(countOutcomes([mapDocument(shopify, refund)]), { drop: 1 });
});

test('an order that does not say where it is from is one of a till where it names a location', () => {
  const order = { id: 8, created_at: '2026-03-05T09:00:00Z', total_price: '1.00', line_items: [], source_name: null };
  const channelOf = (more: object) => of(mapDocument(shopify, { ...order, ...more }).facts, 'thread')[0]?.channel;
  assert.deepEqual([channelOf({ location_id: 7 }), channelOf({ location_id: null })], ['store', 'portal']);
});
