import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../commands/run.ts';
import { status } from '../../commands/status.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { openCommand } from './command.ts';

const chat = {
  vcon: '0.4.0',
  uuid: '00000000-0000-8000-8000-0000000000b2',
  created_at: '2026-03-06T09:10:00Z',
  parties: [{ mailto: 'mailto:ana.roy@example.com', role: 'customer' }],
  dialog: [{ type: 'text', start: '2026-03-06T09:00:00Z', parties: [0], mediatype: 'text/plain', body: 'It broke.' }],
};

test('the status says how far the pipeline is, before and after a pass', async (t) => {
  const { effects, inStore, rows, taken } = await openCommand(t);
  const given = { source: 'vcon', via: 'file', format: 'json', receivedAt: effects.now(), headers: {} } as const;
  const delivery = createDelivery({ ...given, body: Buffer.from(JSON.stringify(chat)) });
  await inStore((store) => storeDeliveries(store, [delivery]));
  await status({}, effects);
  assert.match(taken(), /^deliveries parsed {4}0 of 1\nutterances read {6}0 of 0\n/);

  await run(effects);
  const steps = taken();
  assert.match(steps, /^(\S+ +\d+ rows, \d+\.\d s\n)+$/);
  assert.match(steps, /^stitch +1 rows/m);

  await status({ json: true }, effects);
  const [found] = rows<{ deliveries: object; enrichment: object; counts: { interactions: number } }>();
  assert.deepEqual(
    [found!.deliveries, found!.enrichment, found!.counts.interactions],
    [{ done: 1, total: 1 }, { done: 1, total: 1 }, 1],
  );
});

test('a running server tells of itself, and is asked for a pass', async (t) => {
  const { effects, serve, taken } = await openCommand(t);
  const asked = await serve({
    deliveries: { done: 3, total: 4 },
    enrichment: { done: 1, total: 2 },
    counts: { interactions: 7 },
    steps: [{ step: 'parse', rows: 2, seconds: 0.25 }],
  });
  await status({}, effects);
  assert.match(taken(), /deliveries parsed {4}3 of 4\n.*\ninteractions {9}7\n/);
  await run(effects);
  assert.match(taken(), /^parse +2 rows, 0\.[23] s\n$/);
  assert.deepEqual(
    asked().map(({ path }) => path),
    ['/v1/status', '/v1/passes'],
  );
});
