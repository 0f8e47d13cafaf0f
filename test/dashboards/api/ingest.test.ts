import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { connectors } from '../../../ingest/sources.ts';
import { WebhookReceiver, type WebhookRequest } from '../../../ingest/webhooks.ts';
import { silentLogger } from '../../../logger.ts';
import { idOf, keyFor, now, openApp } from './fixture.ts';

async function openReceiver(t: TestContext, config: object = {}) {
  const received: WebhookRequest[] = [];
  const logged: string[] = [];
  const log = (message: string, detail?: object) => void logged.push(`${message} ${JSON.stringify(detail ?? {})}`);
  const opened = await openApp(t, {
    config,
    options: {
      receiver: {
        handle: async (request) => {
          received.push(request);
          return { status: 202, contentType: 'text/plain', body: 'challenge' };
        },
      },
      logger: { info: log, warn: log, error: log },
    },
  });
  return { ...opened, received, logged };
}

test('a delivery reaches the receiver as the bytes it came as, whatever it claims to be', async (t) => {
  const { app, received } = await openReceiver(t);
  const bodies: [string | undefined, Buffer][] = [
    ['application/json', Buffer.from('{"a": 1,  "b":"\\u00e9"}')],
    ['application/json', Buffer.from('{not json')],
    ['application/x-www-form-urlencoded', Buffer.from('a=1&a=2')],
    ['message/rfc822', Buffer.from([0xff, 0x00, 0xfe])],
    ['multipart/form-data; boundary=x', Buffer.from('--x--')],
    [undefined, Buffer.from('bare')],
    ['nonsense', Buffer.from('odd')],
  ];
  for (const [type, payload] of bodies) {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/ingest/demo',
      payload,
      headers: type === undefined ? {} : { 'content-type': type },
    });
    assert.deepEqual([response.statusCode, response.body], [202, 'challenge'], type ?? 'no type');
  }
  assert.deepEqual(
    received.map(({ body }) => Buffer.from(body)),
    bodies.map(([, body]) => body),
  );
  assert.equal(received[0]!.isTrusted, undefined);
});

test('the address is the one the vendor called and signed', async (t) => {
  const { app, received } = await openReceiver(t, { publicUrl: 'https://talk.example.com/' });
  await app.inject({ url: '/v1/ingest/demo?hub.mode=subscribe&x=a%20b', headers: { 'X-Sign': 'abc' } });
  assert.equal(received[0]!.url, 'https://talk.example.com/v1/ingest/demo?hub.mode=subscribe&x=a%20b');
  assert.deepEqual(received[0]!.query, { 'hub.mode': 'subscribe', x: 'a b' });
  assert.deepEqual([received[0]!.method, received[0]!.headers['x-sign']], ['GET', 'abc']);
});

test('a secret in the path is handed on and never logged', async (t) => {
  const { app, received, logged } = await openReceiver(t);
  await app.inject({
    method: 'POST',
    url: '/v1/ingest/demo/hunter2?token=hunter3',
    payload: 'x',
    headers: { authorization: 'Bearer hunter4' },
  });
  assert.equal(received[0]!.pathSecret, 'hunter2');
  assert.equal(received[0]!.headers.authorization, 'Bearer hunter4');
  assert.ok(logged.some((line) => line.includes('/v1/ingest/demo/***')));
  assert.ok(!logged.join().includes('hunter'));
});

test('an ingest key stands for the signature, and is not handed on', async (t) => {
  const { app, store, received } = await openReceiver(t, { publicUrl: 'https://talk.example.com' });
  const headers = await keyFor(store, 'ingest');
  await app.inject({ method: 'POST', url: '/v1/ingest/demo', payload: 'a,b', headers });
  assert.equal(received[0]!.isTrusted, true);
  assert.equal(received[0]!.headers.authorization, undefined);
});

test('a key of another role, or one that is wrong, delivers nothing', async (t) => {
  const { app, store, received } = await openReceiver(t);
  const analyst = await app.inject({
    method: 'POST',
    url: '/v1/ingest/demo',
    payload: 'x',
    headers: await keyFor(store, 'analyst'),
  });
  const wrong = await app.inject({
    method: 'POST',
    url: '/v1/ingest/demo',
    payload: 'x',
    headers: { authorization: `Bearer ct_${'0'.repeat(32)}_${'a'.repeat(43)}` },
  });
  assert.deepEqual([analyst.statusCode, wrong.statusCode, received.length], [403, 401, 0]);
});

test('a delivery over the limit is refused in words; the next one is taken', async (t) => {
  const { app, received } = await openReceiver(t, { maximumDeliveryBytes: 1000 });
  const large = await app.inject({ method: 'POST', url: '/v1/ingest/demo', payload: 'x'.repeat(1001) });
  assert.equal(large.statusCode, 413);
  assert.deepEqual(large.json().error, {
    code: 'too_large',
    message: 'invalid body: too large; expected at most 1000 bytes',
  });
  const fits = await app.inject({ method: 'POST', url: '/v1/ingest/demo', payload: 'x'.repeat(1000) });
  assert.deepEqual([fits.statusCode, received.length], [202, 1]);
});

test('the name of a source is checked before anything else', async (t) => {
  const { app, received } = await openReceiver(t);
  const response = await app.inject({ method: 'POST', url: '/v1/ingest/..%2Fetc', payload: 'x' });
  assert.deepEqual([response.statusCode, received.length], [400, 0]);
  assert.equal(
    (await app.inject({ method: 'POST', url: `/v1/sources/nowhere-${idOf('x', 1)}/replay` })).statusCode,
    404,
  );
});

test('a file delivered with an ingest key is stored before it is acknowledged; a webhook without its signature is not', async (t) => {
  const store = await Store.open();
  const config = normalizeConfig({ dataDirectory: ':memory:', host: '0.0.0.0' });
  const receiver = new WebhookReceiver({ config, store, logger: silentLogger, now });
  const { app } = await openApp(t, { store, config: { host: '0.0.0.0' }, options: { receiver } });
  const [source] = connectors.map(({ name }) => name);
  const deliver = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/v1/ingest/${source}`,
      payload: '{"a":1}',
      headers: { 'content-type': 'application/json', ...headers },
    });
  const trusted = await deliver(await keyFor(store, 'ingest'));
  assert.equal(trusted.statusCode, 200, trusted.body);
  const unsigned = await deliver({});
  assert.deepEqual([unsigned.statusCode, unsigned.json().error.code], [401, 'invalid_signature']);
  const stored = await store.all<{ source: string; headers: string }>('select source, headers from raw.delivery');
  assert.deepEqual(
    stored.map((row) => row.source),
    [source],
  );
  assert.ok(!stored[0]!.headers.includes('ct_'));
  const unknown = await app.inject({ method: 'POST', url: '/v1/ingest/nowhere', payload: 'x' });
  assert.equal(unknown.statusCode, 404);
});
