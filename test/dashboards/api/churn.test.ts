import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChurnOverview, OutcomesResult } from '../../../dashboards/api/schemas/churn.ts';
import { addContacts, daysBeforeEnd, plantWorld } from '../../models/churn/churn-world.ts';
import { openApp } from './fixture.ts';

test('before anybody is known to have left, rules score, and it says why', async (t) => {
  const { app } = await openApp(t);
  const found = (await app.inject('/v1/churn')).json<ChurnOverview>();
  assert.equal(found.method, 'rules');
  assert.equal(found.reason, 'no departures are known');
  assert.equal(found.report, null);
  assert.deepEqual(found.combinations, []);
  assert.equal(found.outcomes.customers, 0);
});

test('departures are reported, refused rows told, and what is known of nobody yet is counted', async (t) => {
  const { app, store } = await openApp(t);
  const at = daysBeforeEnd(120);
  await addContacts(store, [{ customer: 'ann', at, channel: 'email', intent: 'order.status', act: 'thanks' }]);
  const rows = [
    { customer: 'ann@example.com', left_at: '2026-03-02' },
    { customer: 'stranger@example.com', left_at: '2026-03-02' },
    { customer: 'ann@example.com', left_at: 'soon' },
  ];
  const payload = { file: 'left.csv', rows };
  const answer = await app.inject({ method: 'POST', url: '/v1/churn/outcomes', payload });
  assert.equal(answer.statusCode, 201);
  assert.deepEqual(answer.json<OutcomesResult>(), {
    rows: 3,
    added: 2,
    rejected: [{ row: 3, reason: 'invalid left_at: soon; expected 2026-03-31 or 2026-03-31T15:00:00Z' }],
  });
  const fitted = (await app.inject({ method: 'POST', url: '/v1/churn/fit' })).json<ChurnOverview>();
  assert.equal(fitted.method, 'rules');
  assert.match(fitted.reason, /^too few customers left/);
  assert.deepEqual(fitted.outcomes, {
    reported: 2,
    customers: 1,
    unmatched: 1,
    rejected: 1,
    lastLeftAt: '2026-03-02T23:59:59.000Z',
  });
  const notes = await store.all('select action, detail from ops.audit order by occurred_at, action');
  assert.deepEqual(notes, [
    { action: 'learn churn', detail: 'rules' },
    { action: 'report departures', detail: '2 of 3 rows' },
  ]);
});

test('what was learned is shown with its measures, and the combinations surest first', async (t) => {
  const { store, departures } = await plantWorld();
  const { app } = await openApp(t, { store, options: { now: () => daysBeforeEnd(0) } });
  const payload = { file: 'left.csv', rows: departures };
  await app.inject({ method: 'POST', url: '/v1/churn/outcomes', payload });
  const found = (await app.inject({ method: 'POST', url: '/v1/churn/fit' })).json<ChurnOverview>();
  assert.equal(found.method, 'learned');
  assert.equal(found.report!.measures!.reliability.length, 5);
  const first = found.combinations.find(({ channels }) => channels.length > 1);
  assert.deepEqual([first!.channels, first!.intentGroup, first!.isClear], [['chat', 'voice'], 'delivery', true]);
  assert.ok(first!.low! < first!.ratio! && first!.ratio! < first!.high!);
});
