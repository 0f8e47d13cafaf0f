import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CustomerDetail, CustomerList } from '../../../dashboards/api/schemas/customers.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { silentLogger } from '../../../logger.ts';
import { customer, episode, fact, idOf, insert, insertHandle, keyFor, now, openApp } from './fixture.ts';

async function openFilled(t: TestContext) {
  const opened = await openApp(t);
  const { store } = opened;
  await insert(
    store,
    'mart.customer',
    customer('ada', {
      display_name: 'Ada Marsh',
      churn_risk: 0.8,
      churn_band: 'high',
      churn_method: 'rules',
      churn_model: 'rules 1',
      churn_at: now(),
      churn_reasons: '[{"reason":"Frustrated twice","weight":0.4}]',
      interaction_count: 3,
    }),
  );
  await insert(
    store,
    'mart.customer',
    customer('bo', {
      display_name: 'Bo Quist',
      churn_risk: 0.1,
      churn_band: 'low',
      channels: 'chat',
      last_seen_at: new Date('2026-03-08T00:00:00Z'),
    }),
  );
  const email = await insertHandle(store, 'email', 'ada@example.com');
  const phone = await insertHandle(store, 'phone', '+15550100123');
  for (const handle of [email, phone])
    await insert(store, 'identity.handle_customer', { handle_id: handle, customer_id: idOf('customer', 'ada') });
  await insert(store, 'identity.edge', {
    handle_id: email,
    other_handle_id: phone,
    evidence: 'profile:crm',
    source: 'demo',
    first_seen_at: now(),
    last_seen_at: now(),
    count_seen: 1,
    is_used: true,
  });
  await insert(store, 'identity.customer_alias', {
    old_customer_id: idOf('customer', 'old'),
    customer_id: idOf('customer', 'ada'),
    changed_at: now(),
  });
  await insert(store, 'mart.interaction_fact', fact('call', { episode_id: 'e1' }));
  await insert(
    store,
    'mart.interaction_fact',
    fact('mail', { episode_id: 'e1', channel: 'email', started_at: new Date('2026-03-01T08:00:00Z') }),
  );
  await insert(store, 'mart.interaction_fact', fact('post', { channel: 'social' }));
  await insert(store, 'mart.episode', episode('e1'));
  const names = async (query: string) =>
    (await opened.app.inject(`/v1/customers?${query}`))
      .json<CustomerList>()
      .customers.map(({ displayName }) => displayName);
  return { ...opened, names, email, phone };
}

test('customers are found by name, address, number as people write it, and id', async (t) => {
  const { names } = await openFilled(t);
  assert.deepEqual(await names(''), ['Bo Quist', 'Ada Marsh']);
  assert.deepEqual(await names('sort=churn'), ['Ada Marsh', 'Bo Quist']);
  assert.deepEqual(await names('sort=contacts'), ['Ada Marsh', 'Bo Quist']);
  assert.deepEqual(await names('text=MARSH'), ['Ada Marsh']);
  assert.deepEqual(await names('text=ada@exam'), ['Ada Marsh']);
  assert.deepEqual(await names(`text=${encodeURIComponent('(555) 0100-123')}`), ['Ada Marsh']);
  assert.deepEqual(await names(`text=${idOf('customer', 'bo')}`), ['Bo Quist']);
  assert.deepEqual(await names('text=nobody'), []);
  assert.deepEqual(await names('churnBand=low'), ['Bo Quist']);
});

test('who has left is not at risk any more: last in that order', async (t) => {
  const { names, store } = await openFilled(t);
  await insert(store, 'mart.customer', customer('Cy Dorn', { churn_risk: 20, churn_band: 'high', has_left: true }));
  assert.deepEqual(await names('sort=churn'), ['Ada Marsh', 'Bo Quist', 'Cy Dorn']);
});

test('a list of customers says what each risk rests on', async (t) => {
  const { app } = await openFilled(t);
  const { customers } = (await app.inject('/v1/customers?sort=churn')).json<CustomerList>();
  assert.deepEqual(
    customers.map(({ displayName, churnMethod, churnReasons }) => [displayName, churnMethod, churnReasons]),
    [
      ['Ada Marsh', 'rules', [{ reason: 'Frustrated twice', weight: 0.4 }]],
      ['Bo Quist', null, []],
    ],
  );
});

test('pages of customers follow each other', async (t) => {
  const { app } = await openFilled(t);
  const first = (await app.inject('/v1/customers?limit=1')).json<CustomerList>();
  assert.deepEqual([first.customers.length, first.total], [1, 2]);
  const second = (await app.inject(`/v1/customers?limit=1&cursor=${first.nextCursor}`)).json<CustomerList>();
  assert.deepEqual([second.customers[0]!.displayName, second.nextCursor], ['Ada Marsh', null]);
});

test('one customer is shown with episodes, risk with reasons, addresses and why they belong together', async (t) => {
  const { app } = await openFilled(t);
  const response = await app.inject(`/v1/customers/${idOf('customer', 'ada')}`);
  assert.equal(response.statusCode, 200, response.body);
  const ada = response.json<CustomerDetail>();
  assert.deepEqual(ada.churn, {
    risk: 0.8,
    band: 'high',
    method: 'rules',
    model: 'rules 1',
    scoredAt: '2026-03-10T12:00:00.000Z',
    reasons: [{ reason: 'Frustrated twice', weight: 0.4 }],
  });
  assert.deepEqual(
    ada.handles.map(({ value }) => value),
    ['ada@example.com', '+15550100123'],
  );
  assert.deepEqual(
    ada.evidence.map(({ evidence, isUsed }) => [evidence, isUsed]),
    [['profile:crm', true]],
  );
  assert.deepEqual(
    ada.episodes.map(({ channels, interactions }) => [channels, interactions.map(({ channel }) => channel)]),
    [
      [
        ['email', 'voice'],
        ['email', 'voice'],
      ],
    ],
  );
  assert.deepEqual(
    ada.otherInteractions.map(({ channel }) => channel),
    ['social'],
  );
});

test('an id from before a merge leads to the customer of today', async (t) => {
  const { app } = await openFilled(t);
  const response = await app.inject(`/v1/customers/${idOf('customer', 'old')}`);
  assert.equal(response.json<CustomerDetail>().customer.displayName, 'Ada Marsh');
  assert.equal((await app.inject(`/v1/customers/${idOf('customer', 'nobody')}`)).statusCode, 404);
});

test('a supervisor splits a customer and merges two; both are undone by each other, noted, and followed by a pass', async (t) => {
  let passes = 0;
  const { app, store, config } = await openApp(t, {
    options: { pipeline: { isRunning: false, onStep: () => () => {}, run: async () => (passes++, { steps: [] }) } },
  });
  const email = await insertHandle(store, 'email', 'ada@example.com');
  const phone = await insertHandle(store, 'phone', '+15550100123');
  await insert(store, 'core.profile', {
    handle_id: email,
    other_handle_id: phone,
    evidence: 'profile:crm',
    source: 'demo',
    occurred_at: now(),
    revision: 1,
  });
  await resolve(store, config, { logger: silentLogger, now });
  const [{ id } = { id: '' }] = await store.all<{ id: string }>(
    'select distinct customer_id::varchar as id from identity.handle_customer',
  );
  const headers = await keyFor(store, 'supervisor');
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers });

  const split = await post(`/v1/customers/${id}/split`, { handleIds: [phone], reason: "the number is her mother's" });
  assert.equal(split.statusCode, 200, split.body);
  const customerIds = split.json<{ customerIds: string[] }>().customerIds;
  assert.equal(customerIds.length, 2);

  const merge = await post('/v1/customers/merge', {
    customerId: customerIds[0],
    otherCustomerId: customerIds[1],
    reason: 'she has it now',
  });
  assert.equal(merge.statusCode, 200, merge.body);
  assert.equal(merge.json().customerIds.length, 1);

  const notes = await store.all('select actor, action from ops.audit order by action');
  assert.deepEqual(notes, [
    { actor: 'supervisor of the test', action: 'merge customers' },
    { actor: 'supervisor of the test', action: 'split customer' },
  ]);
  assert.equal(passes, 2);
});

test('a split that makes no sense is refused', async (t) => {
  const { app, email, phone } = await openFilled(t);
  const split = async (handleIds: string[], reason = 'a reason') =>
    (
      await app.inject({
        method: 'POST',
        url: `/v1/customers/${idOf('customer', 'ada')}/split`,
        payload: { handleIds, reason },
      })
    ).statusCode;
  assert.equal(await split([email, phone]), 400);
  assert.equal(await split([idOf('handle', 'strange')]), 400);
  assert.equal(await split([]), 400);
  assert.equal(await split([email], ''), 400);
});
