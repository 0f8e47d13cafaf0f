import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeasureDifferences } from '../../../dashboards/api/schemas/measures.ts';
import type { Store } from '../../../data/store.ts';
import { idOf, insert, openApp } from './fixture.ts';

/** What a vendor says of one conversation, beside what we found. */
const compare = (store: Store, thread: string, name: string, vendor: number, ours: number) =>
  insert(store, 'mart.measure_comparison', {
    interaction_id: idOf('thread', thread),
    source: 'demo',
    name,
    counterpart: 'talk',
    unit: 'second',
    vendor_value: vendor,
    our_value: ours,
    difference: vendor - ours,
    relative_difference: Math.abs(vendor - ours) / Math.max(vendor, ours),
  });

test('vendors’ numbers are held against ours, with the conversations that disagree most', async (t) => {
  const { app, store } = await openApp(t);
  await compare(store, 'a', 'talk_time', 100, 100);
  await compare(store, 'b', 'talk_time', 200, 100);
  await compare(store, 'a', 'handle_time', 60, 61);
  await compare(store, 'b', 'handle_time', 90, 90);
  const answer = await app.inject({ url: '/v1/measures' });
  assert.equal(answer.statusCode, 200, answer.body);
  const { tolerance, measures } = answer.json<MeasureDifferences>();
  assert.equal(tolerance, 0.1);
  assert.deepEqual(
    measures.map(({ name, compared, shareApart, worst }) => ({ name, compared, shareApart, worst })),
    [
      { name: 'talk_time', compared: 2, shareApart: 0.5, worst: [idOf('thread', 'b')] },
      { name: 'handle_time', compared: 2, shareApart: 0, worst: [] },
    ],
  );
});
