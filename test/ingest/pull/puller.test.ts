import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { checkSchedules, Puller, type Schedule } from '../../../ingest/pull/puller.ts';
import { freshdesk, ticket } from '../vendor-pages.ts';
import { openVendor, secret, type Vendor } from '../vendor.ts';

function withClock(vendor: Vendor, sources: object) {
  const config = normalizeConfig({ sources }, { PULL: secret });
  const clocks: { expression: string; work: () => void; jitter: number; isStopped: boolean }[] = [];
  const schedule: Schedule = (expression, work, { maxRandomDelay }) => {
    const clock = { expression, work, jitter: maxRandomDelay, isStopped: false };
    clocks.push(clock);
    return {
      getNextRun: () => new Date('2026-03-02T11:00:00Z'),
      destroy: () => {
        clock.isStopped = true;
      },
    };
  };
  let end = () => {};
  const puller = new Puller({ ...vendor.effects, config, onDelivery: () => end() });
  return { puller, clocks, schedule, ended: () => new Promise<void>((resolve) => (end = resolve)) };
}

const desk = (vendor: Vendor) => ({ connector: 'freshdesk', baseUrl: vendor.origin, pullSecretEnv: 'PULL' });

test('each source is pulled by its own clock, a little after the minute, and never twice at once', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk([ticket(1)]) });
  const sources = { desk: { ...desk(vendor), pullSchedule: '0 * * * *' }, other: desk(vendor) };
  const { puller, clocks, schedule, ended } = withClock(vendor, sources);
  puller.startClocks(schedule);
  assert.deepEqual(
    clocks.map(({ expression }) => expression),
    ['0 * * * *'],
  );
  assert.ok(clocks[0]!.jitter > 0);
  assert.deepEqual(puller.stateOf('desk').nextAt, new Date('2026-03-02T11:00:00Z'));
  assert.equal(puller.stateOf('other').nextAt, undefined);
  const end = ended();
  clocks[0]!.work();
  assert.equal(puller.stateOf('desk').isUnderWay, true);
  clocks[0]!.work();
  await end;
  assert.match(vendor.lines.join('\n'), /desk is still being pulled; it waits for its next time/);
  assert.equal(vendor.asked.filter((path) => path.startsWith('/api/v2/tickets?include=')).length, 1);
  const [noted] = await vendor.store.all(
    'select source, pages, stored, error, ended_at is null as is_open from ops.pull',
  );
  assert.deepEqual(noted, { source: 'desk', pages: 2, stored: 1, error: null, is_open: false });
  await puller.stopClocks();
  assert.equal(clocks[0]!.isStopped, true);
});

test('what went wrong with the last pull is kept until one goes well', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: () => ({ status: 401 }) });
  const { puller, ended } = withClock(vendor, { desk: desk(vendor) });
  const noted = () => vendor.store.all<{ error: string | null }>('select error from ops.pull');
  const pull = async () => {
    const end = ended();
    puller.start('desk');
    await end;
    await new Promise(setImmediate);
  };
  await pull();
  assert.match((await noted())[0]!.error!, /HTTP 401; expected 200/);
  vendor.answer = freshdesk([ticket(1)]);
  await pull();
  assert.equal((await noted())[0]!.error, null);
});

test('a source that has a clock and cannot be pulled is said at start', () => {
  const sources = { shop: { connector: 'shopify', pullSchedule: '0 * * * *' } };
  assert.throws(() => checkSchedules(normalizeConfig({ sources })), /expected a connector that can pull/);
  assert.throws(
    () => normalizeConfig({ sources: { shop: { pullSchedule: 'hourly' } } }),
    /pullSchedule; expected a cron expression/,
  );
});
