import assert from 'node:assert/strict';
import { test } from 'node:test';
import { square } from '../../../ingest/connectors/square/square.ts';
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

test('an order is a visit; cents become whole units', () => {
  const { facts, outcomes } = mapFixture(square, 'orders.json');
  const [visit, cancelled] = of(facts, 'thread');
  assert.deepEqual(
    [visit?.channel, visit?.subject, visit?.status],
    ['store', '2 × Coffee, 1 × custom amount', 'closed'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value, unit }) => [name, value, unit]),
    [['sale_total_usd', 12.5, 'money']],
  );
  assert.equal(cancelled?.status, 'failed');
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'ended', 'status_changed', 'started', 'failed'],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'drop', 'ok', 'reject'],
  );
});

test('a payment names the payer of its order; without an order it is the visit', () => {
  const visit = of(mapFixture(square, 'orders.json').facts, 'thread')[0]!;
  const paid = mapFixture(square, 'payment.json').facts;
  assert.deepEqual(
    of(paid, 'participant').map(({ threadId }) => threadId),
    [visit.id],
  );
  const { facts, outcomes } = mapFixture(square, 'others.json');
  assert.deepEqual(
    of(facts, 'measure').map(({ name, value }) => [name, value]),
    [['sale_total_jpy', 500]],
    'yen have no cents',
  );
  assert.deepEqual(of(facts, 'profile').length, 2);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'drop', 'ok'],
  );
  assert.equal(mapFixture(square, 'notice.json').outcomes[0]?.status, 'drop');
});

test('a refund alone says no more than its order; what the shop has of its own is left out', () => {
  const refund = { id: 'R1', payment_id: 'P1', order_id: 'O2', status: 'PENDING', created_at: '2026-03-05T09:00:00Z' };
  const webhook = { type: 'refund.created', data: { type: 'refund', id: 'R1', object: { refund } } };
  assert.deepEqual(countOutcomes([mapDocument(square, webhook), mapDocument(square, { refunds: [refund] })]), {
    drop: 2,
  });
  const own = [
    { type: 'inventory.count.updated', data: { object: { inventory_counts: [] } } },
    { locations: [{ id: 'L1' }] },
    { objects: [{ type: 'ITEM', id: 'I1' }], cursor: 'c' },
    {},
  ];
  assert.deepEqual(countOutcomes(own.map((document) => mapDocument(square, document))), { ignored: 4 });
  assert.throws(() => mapDocument(square, { errors: [{ code: 'UNAUTHORIZED' }] }), /error of the API/);
});

test('what is bought on the site of the seller is no visit of the store', () => {
  const items = { line_items: [{ quantity: '1', name: 'Tea' }], created_at: '2026-03-05T09:00:00Z' };
  const channelOf = (name: string) =>
    of(mapDocument(square, { order: { id: 'O8', source: { name }, ...items } }).facts, 'thread')[0]?.channel;
  assert.deepEqual(['Square Point of Sale', 'Square Online'].map(channelOf), ['store', 'portal']);
});

test('money that was not given back is no refund', () => {
  const refunds = ['PENDING', 'REJECTED', 'FAILED', 'APPROVED'].map((status, index) => ({
    id: `R${index}`,
    status,
    created_at: '2026-03-05T10:00:00Z',
  }));
  const items = { line_items: [{ quantity: '1', name: 'Tea' }], refunds };
  const order = { id: 'O7', state: 'COMPLETED', created_at: '2026-03-05T09:00:00Z', ...items };
  const { facts } = mapDocument(square, { order });
  assert.equal(of(facts, 'event').filter(({ value }) => value === 'refunded').length, 1);
});

test('a customer is deleted when the webhook says so, which is after the last change', () => {
  const customer = { id: 'SQ9', created_at: '2026-01-01T08:00:00Z', updated_at: '2026-01-05T09:00:00Z' };
  const gone = {
    type: 'customer.deleted',
    created_at: '2026-01-06T09:00:00Z',
    data: { deleted: true, object: { customer } },
  };
  const [before, after] = [{ customer }, gone].map((each) => of(mapDocument(square, each).facts, 'person')[0]!);
  assert.deepEqual([before!.state, after!.state, after!.version > before!.version], ['active', 'deleted', true]);
});

test('a draft is no visit', () => {
  const order = { id: 'O9', state: 'DRAFT', created_at: '2026-03-05T09:00:00Z', line_items: [{ quantity: '1' }] };
  assert.equal(mapDocument(square, { order }).outcomes[0]?.status, 'drop');
});

test('real orders and payments map or say why not', withPayloads('pos-square'), () => {
  const mapped = payloadNames('pos-square').map((name) => mapFile(square, name, readPayload('pos-square', name))[0]!);
  assert.deepEqual(Object.keys(countOutcomes(mapped)).sort(), ['drop', 'ok']);
  assertReasons(mapped);
  const [total] = of(mapped[0]!.facts, 'measure');
  assert.deepEqual([total?.name, total?.value], ['sale_total_usd', 10]);
});

test('what goes around a purchase is no contact of its own', () => {
  const booking = { type: 'booking.created', data: { type: 'booking', object: { booking: { id: 'B1' } } } };
  const documents = [booking, { disputes: [{ id: 'D1' }], cursor: 'c' }, { order_entries: [{ order_id: 'O1' }] }];
  assert.deepEqual(
    documents.map((document) => mapDocument(square, document).outcomes[0]?.status),
    ['drop', 'drop', 'drop'],
  );
});

test('records alone, and a list of webhooks, are read as in an answer', () => {
  const order = { id: 'O8', location_id: 'L1', line_items: [{ quantity: '1', name: 'Tea' }], state: 'COMPLETED' };
  const payment = { id: 'P8', order_id: 'O8', amount_money: { amount: 500, currency: 'USD' }, source_type: 'CASH' };
  const [first, second] = [order, { ...payment, status: 'COMPLETED' }].map((record) => ({
    ...record,
    created_at: '2026-03-05T09:00:00Z',
  }));
  const events = [{ type: 'payment.updated', data: { type: 'payment', object: { payment: second } } }];
  const threads = [first, second, { events }].map((document) => of(mapDocument(square, document).facts, 'thread')[0]);
  assert.deepEqual(
    threads.map((thread) => [thread?.nativeId, thread?.channel]),
    [1, 2, 3].map(() => ['O8', 'store']),
  );
  assert.ok(threads[1]!.version < threads[0]!.version, 'what the order says itself counts');
});

test('a payment on a site is no visit of the store; money that is held is none at all', () => {
  const payment = { id: 'P9', status: 'COMPLETED', created_at: '2026-03-05T09:00:00Z' };
  const online = { ...payment, application_details: { square_product: 'ECOMMERCE_API' } };
  assert.equal(of(mapDocument(square, { payment: online }).facts, 'thread')[0]?.channel, 'portal');
  const held = { payment: { ...payment, status: 'APPROVED' } };
  assert.deepEqual(countOutcomes([mapDocument(square, held)]), { drop: 1 });
});

test('what a customer writes with a booking is said by the customer; what staff wrote down may not be', () => {
  const booking = { id: 'B1', created_at: '2026-03-05T09:00:00Z', customer_id: 'C1', customer_note: 'By the window' };
  const said = (source: string) => {
    const webhook = { type: 'booking.created', data: { object: { booking: { ...booking, source } } } };
    const { facts } = mapDocument(square, webhook);
    return [of(facts, 'thread')[0]?.channel, of(facts, 'utterance')[0]?.role, of(facts, 'utterance')[0]?.text];
  };
  assert.deepEqual(said('FIRST_PARTY_BUYER'), ['portal', 'customer', 'By the window']);
  assert.deepEqual(said('FIRST_PARTY_MERCHANT'), ['store', undefined, 'By the window']);
});
