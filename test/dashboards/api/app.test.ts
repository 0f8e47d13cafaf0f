import type { TimedStep } from '../../../pipeline.ts';
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Filters } from '../../../dashboards/api/schemas/filters.ts';
import type { MetricList } from '../../../dashboards/api/schemas/metrics.ts';
import type { QueryResult } from '../../../dashboards/api/schemas/query.ts';
import type { SourceList } from '../../../dashboards/api/schemas/sources.ts';
import type { Status } from '../../../dashboards/api/schemas/status.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { metrics } from '../../../transforms/metrics.ts';
import { fact, idOf, insert, now, openApp } from './fixture.ts';

test('every metric is defined, by list and by name', async (t) => {
  const { app } = await openApp(t);
  const list = (await app.inject('/v1/metrics')).json<MetricList>();
  assert.deepEqual(
    list.metrics.map(({ name }) => name),
    metrics.map(({ name }) => name),
  );
  assert.ok(
    list.metrics.every(({ formula, description, edgeCases }) => formula && description && edgeCases.length > 0),
  );
  assert.ok(list.dimensions.some(({ name, title }) => name === 'channel' && title === 'Channel'));
  assert.equal((await app.inject('/v1/metrics/volume')).json().name, 'volume');
  const unknown = await app.inject('/v1/metrics/happiness');
  assert.equal(unknown.statusCode, 404);
  assert.match(unknown.json().error.message, /^invalid metric: happiness; expected one of volume, /);
});

test('a query answers with rows, the period before, its SQL and its definitions', async (t) => {
  const { app, store } = await openApp(t);
  await insert(store, 'mart.interaction_fact', fact('now', { wait_seconds: 30 }));
  await insert(store, 'mart.interaction_fact', fact('before', { started_at: new Date('2026-02-20T09:00:00Z') }));
  const payload = {
    metrics: ['volume', 'speed_of_answer'],
    dimensions: ['channel'],
    grain: 'day',
    filters: { from: '2026-03-01', to: '2026-03-08' },
    compare: 'previous_period',
  };
  const response = await app.inject({ method: 'POST', url: '/v1/query', payload });
  assert.equal(response.statusCode, 200, response.body);
  const result = response.json<QueryResult>();
  assert.deepEqual(result.rows, [
    { bucket: '2026-03-02T00:00:00.000Z', channel: 'voice', volume: 1, speed_of_answer: 30 },
  ]);
  assert.deepEqual(
    result.columns.map(({ kind, unit }) => [kind, unit]),
    [
      ['bucket', null],
      ['dimension', null],
      ['metric', 'count'],
      ['metric', 'seconds'],
    ],
  );
  assert.deepEqual(result.period, { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' });
  assert.deepEqual(result.comparison, {
    period: { from: '2026-02-22T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' },
    rows: [],
  });
  assert.match(result.sql, /group by/);
  assert.deepEqual(
    result.definitions.map(({ name }) => name),
    ['volume', 'speed_of_answer'],
  );
});

test('a wrong query is refused with the part that is wrong', async (t) => {
  const { app } = await openApp(t);
  const ask = async (payload: object) => (await app.inject({ method: 'POST', url: '/v1/query', payload })).json();
  assert.match((await ask({ metrics: ['nonsense'] })).error.message, /invalid metric: nonsense/);
  assert.match((await ask({ metrics: [] })).error.message, /metrics/);
  assert.match((await ask({ metrics: ['volume'], colour: 'red' })).error.message, /colour/);
  const broken = await app.inject({
    method: 'POST',
    url: '/v1/query',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual([broken.statusCode, broken.json().error.code], [400, 'invalid_argument']);
});

test('filters list what there is, most frequent first', async (t) => {
  const { app, store } = await openApp(t);
  for (const name of ['a', 'b']) await insert(store, 'mart.interaction_fact', fact(name, { queue: 'Billing' }));
  await insert(
    store,
    'mart.interaction_fact',
    fact('c', { channel: 'email', queue: null, started_at: new Date('2026-03-05T00:00:00Z') }),
  );
  const filters = (await app.inject('/v1/filters')).json<Filters>();
  assert.deepEqual(filters.channel, [
    { value: 'voice', title: 'Phone', count: 2 },
    { value: 'email', title: 'E-mail', count: 1 },
  ]);
  assert.deepEqual([filters.queue, filters.agent], [[{ value: 'Billing', title: 'Billing', count: 2 }], []]);
  assert.deepEqual([filters.firstAt, filters.lastAt], ['2026-03-02T09:00:00.000Z', '2026-03-05T00:00:00.000Z']);
});

test('an empty store answers everything with nothing', async (t) => {
  const { app } = await openApp(t);
  const filters = (await app.inject('/v1/filters')).json<Filters>();
  assert.deepEqual([filters.channel, filters.firstAt], [[], null]);
  const status = (await app.inject('/v1/status')).json<Status>();
  assert.deepEqual([status.isBusy, status.counts.interactions, status.lastInteractionAt], [false, 0, null]);
  const payload = { metrics: metrics.map(({ name }) => name) };
  const query = await app.inject({ method: 'POST', url: '/v1/query', payload });
  assert.equal(query.statusCode, 200, query.body);
});

test('sources tell what came in, what became of it and why', async (t) => {
  const { app, store } = await openApp(t, { config: { sources: { 'desk-eu': { connector: 'zendesk' } } } });
  const delivery = createDelivery({
    source: 'demo',
    via: 'webhook',
    format: 'json',
    receivedAt: now(),
    headers: {},
    body: Buffer.from('{}'),
  });
  const later = createDelivery({ ...delivery, body: Buffer.from('[]') });
  await storeDeliveries(store, [delivery, later]);
  await insert(store, 'ops.delivery_outcome', {
    delivery_id: delivery.id,
    sequence: 1,
    source: 'demo',
    connector_version: 1,
    units: 5,
    mapped: 2,
    dropped: 1,
    ignored: 1,
    unknown: 0,
    rejected: 1,
    received_at: now(),
    parsed_at: now(),
  });
  await insert(store, 'ops.unit_count', {
    delivery_id: delivery.id,
    source: 'demo',
    native_kind: 'message',
    outcome: 'reject',
    reason: 'no id',
    units: 1,
  });
  await insert(store, 'ops.unit_count', {
    delivery_id: delivery.id,
    source: 'demo',
    native_kind: 'message',
    outcome: 'ok',
    reason: '',
    units: 2,
  });
  const { sources } = (await app.inject('/v1/sources')).json<SourceList>();
  assert.deepEqual(
    sources.map(({ source, isConfigured }) => [source, isConfigured]),
    [
      ['demo', false],
      ['desk-eu', true],
    ],
  );
  const demo = sources[0]!;
  assert.deepEqual([demo.deliveries, demo.waitingDeliveries, demo.units, demo.rejected], [2, 1, 5, 1]);
  assert.deepEqual(demo.reasons, [{ outcome: 'reject', nativeKind: 'message', reason: 'no id', units: 1 }]);
  assert.equal(demo.lastDeliveryAt, '2026-03-10T12:00:00.000Z');
  const status = (await app.inject('/v1/status')).json<Status>();
  assert.deepEqual([status.isBusy, status.deliveries], [true, { done: 1, total: 2 }]);
});

test('the status tells how much has been read and what the passes did', async (t) => {
  const { app, store } = await openApp(t);
  const id = idOf('thread', 1);
  for (const text of ['Hello', null, ''])
    await insert(store, 'core.utterance', {
      id: idOf('utterance', String(text)),
      thread_id: id,
      source: 'demo',
      native_id: 'u',
      role: 'customer',
      text,
      version: 1,
      revision: 1,
    });
  await insert(store, 'ops.progress', { step: 'parse', revision: 7, done_at: now() });
  await insert(store, 'ops.run', {
    id,
    name: 'pass',
    started_at: now(),
    finished_at: now(),
    status: 'succeeded',
    row_counts: '[{"step":"parse","rows":3,"seconds":0.5}]',
  });
  const status = (await app.inject('/v1/status')).json<Status>();
  assert.deepEqual(status.enrichment, { done: 0, total: 1 });
  assert.deepEqual(status.steps, [{ step: 'parse', revision: 7, doneAt: '2026-03-10T12:00:00.000Z' }]);
  assert.deepEqual(status.runs[0]!.steps, [{ step: 'parse', rows: 3, seconds: 0.5 }]);
});

test('open pages hear of every step, until the server closes', async (t) => {
  const steps = new Set<(result: TimedStep) => void>();
  const pipeline = {
    isRunning: true,
    run: async () => ({ steps: [] }),
    onStep: (listener: (result: TimedStep) => void) => (steps.add(listener), () => void steps.delete(listener)),
  };
  const { app, store } = await openApp(t, { options: { pipeline } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve) =>
    get({ port, path: '/v1/live', host: '127.0.0.1' }, resolve),
  );
  assert.equal(response.headers['content-type'], 'text/event-stream');
  const events = response[Symbol.asyncIterator]();
  const nextStatus = async (): Promise<Status> =>
    JSON.parse(String((await events.next()).value).replace(/^event: status\ndata: /, ''));
  assert.deepEqual([(await nextStatus()).isBusy], [true]);
  await insert(store, 'mart.interaction_fact', fact('new'));
  steps.forEach((tell) => tell({ step: 'marts', rows: 1, seconds: 0.1 }));
  assert.equal((await nextStatus()).counts.interactions, 1);
  await app.close();
  assert.equal((await events.next()).done, true);
  assert.equal(steps.size, 0);
});

test('the interface describes itself, and the page to try it needs nothing from elsewhere', async (t) => {
  const { app } = await openApp(t);
  const document = (await app.inject('/openapi.json')).json();
  assert.match(document.openapi, /^3\./);
  const { parameters } = document.paths['/v1/interactions'].get;
  assert.ok(parameters.some(({ name }: { name: string }) => name === 'channel'));
  assert.ok(document.paths['/v1/query'].post.responses['200']);
  const page = await app.inject('/docs/api/');
  assert.equal(page.statusCode, 200);
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  assert.ok(addresses.length > 3 && addresses.every((address) => !/^(https?:)?\/\//.test(address)), addresses.join());
  assert.ok(!/<script>/.test(page.body));
});

test('answers carry the headers that keep them here', async (t) => {
  const { app } = await openApp(t);
  for (const url of ['/v1/metrics', '/nowhere', '/v1/interactions/x']) {
    const { headers } = await app.inject(url);
    assert.match(String(headers['content-security-policy']), /default-src 'self';.*frame-ancestors 'none'/);
    assert.doesNotMatch(String(headers['content-security-policy']), /script-src[^;]*unsafe|https?:/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
  assert.equal((await app.inject('/v1/metrics')).headers['cache-control'], 'no-store');
});

test('large answers are compressed', async (t) => {
  const { app } = await openApp(t);
  const response = await app.inject({ url: '/v1/metrics', headers: { 'accept-encoding': 'gzip' } });
  assert.equal(response.headers['content-encoding'], 'gzip');
});

test('what is broken here is told to the log and not to the caller', async (t) => {
  const logged: string[] = [];
  const log = (message: string, detail?: object) => void logged.push(`${message} ${JSON.stringify(detail)}`);
  const { app, store } = await openApp(t, { options: { logger: { info: log, warn: log, error: log } } });
  await store.run('drop table ops.run');
  const response = await app.inject('/v1/status?secret=1');
  assert.equal(response.statusCode, 500);
  assert.deepEqual(response.json().error, {
    code: 'store_failed',
    message: 'something went wrong here; the log of the server says what',
  });
  assert.ok(logged.some((line) => line.includes('GET /v1/status') && line.includes('ops.run')));
  assert.ok(!logged.join().includes('secret'));
});

test('an unknown path is not found, in the same shape as every error', async (t) => {
  const { app } = await openApp(t);
  const response = await app.inject('/v1/nothing');
  assert.deepEqual([response.statusCode, response.json().error.code], [404, 'not_found']);
});

test('the pages are served; an address inside them opens them; a missing file or resource does not', async (t) => {
  const webRoot = await mkdtemp(join(tmpdir(), 'crosstalk-web-'));
  t.after(() => rm(webRoot, { recursive: true }));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<title>Crosstalk</title>');
  await writeFile(join(webRoot, 'assets/app-1a2b.js'), 'export {};');
  const { app } = await openApp(t, { options: { webRoot } });
  const browse = (url: string) => app.inject({ url, headers: { accept: 'text/html,*/*' } });
  for (const url of ['/', '/conversations', '/customers/42?tab=1']) {
    const page = await browse(url);
    assert.deepEqual([page.statusCode, page.body], [200, '<title>Crosstalk</title>'], url);
  }
  const script = await app.inject('/assets/app-1a2b.js');
  assert.match(String(script.headers['cache-control']), /immutable/);
  assert.match(String(script.headers['content-type']), /javascript/);
  const gone = await browse('/assets/gone.js');
  assert.deepEqual([gone.statusCode, gone.headers['cache-control']], [404, undefined]);
  assert.equal((await browse('/v1/nothing')).statusCode, 404);
  assert.equal((await app.inject('/..%2f..%2fpackage.json')).statusCode, 404);
});

test('pages that are built again under a running server are served', async (t) => {
  const webRoot = await mkdtemp(join(tmpdir(), 'crosstalk-web-'));
  t.after(() => rm(webRoot, { recursive: true }));
  await writeFile(join(webRoot, 'index.html'), 'first');
  const { app } = await openApp(t, { options: { webRoot } });
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'assets/app-9z8y.js'), 'export {};');
  await writeFile(join(webRoot, 'index.html'), 'second');
  assert.equal((await app.inject('/assets/app-9z8y.js')).statusCode, 200);
  const page = await app.inject('/');
  assert.deepEqual([page.body, page.headers['cache-control']], ['second', 'no-cache']);
});

test('health needs no key and says nothing else', async (t) => {
  const { app } = await openApp(t, { config: { host: '0.0.0.0' } });
  for (const url of ['/healthz', '/readyz']) assert.deepEqual((await app.inject(url)).json(), { status: 'ok' });
});
