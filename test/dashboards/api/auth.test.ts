import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKey, revokeKey, verifyKey } from '../../../dashboards/api/keys.ts';
import { permissions } from '../../../dashboards/api/permissions.ts';
import { roles, type Role } from '../../../dashboards/api/schemas/session.ts';
import { Store } from '../../../data/store.ts';
import { idOf, keyFor, now, openApp } from './fixture.ts';

const published = { config: { publicUrl: 'https://talk.example.com' } };
const id = idOf('any', 1);

/** Every route with what it asks for. A new route that is not listed here fails the test below. */
const routes: [method: 'GET' | 'POST' | 'DELETE', url: string, permission: keyof typeof permissions | 'open'][] = [
  ['GET', '/v1/metrics', 'metrics'],
  ['GET', '/v1/metrics/volume', 'metrics'],
  ['POST', '/v1/query', 'metrics'],
  ['GET', '/v1/filters', 'metrics'],
  ['GET', '/v1/interactions', 'conversations'],
  ['GET', `/v1/interactions/${id}`, 'conversations'],
  ['GET', `/v1/interactions/${id}/media`, 'conversations'],
  ['GET', `/v1/interactions/${id}/vcon`, 'conversations'],
  ['GET', '/v1/vcons', 'conversations'],
  ['GET', `/v1/media/${id}`, 'personalData'],
  ['POST', `/v1/media/${id}/fetch`, 'personalData'],
  ['GET', '/v1/transcriptions', 'sources'],
  ['POST', '/v1/transcriptions', 'operate'],
  ['GET', '/v1/measures', 'sources'],
  ['GET', '/v1/accounts', 'customers'],
  ['GET', `/v1/accounts/${id}`, 'customers'],
  ['POST', `/v1/accounts/${id}/split`, 'identity'],
  ['POST', '/v1/accounts/merge', 'identity'],
  ['GET', `/v1/episodes/${id}`, 'customers'],
  ['GET', `/v1/episodes/${id}/summary`, 'customers'],
  ['GET', `/v1/customers/${id}/summary`, 'customers'],
  ['GET', `/v1/interactions/${id}/summary`, 'conversations'],
  ['GET', '/v1/customers', 'customers'],
  ['GET', `/v1/customers/${id}`, 'customers'],
  ['POST', `/v1/customers/${id}/split`, 'identity'],
  ['POST', '/v1/customers/merge', 'identity'],
  ['POST', `/v1/customers/${id}/erase`, 'erase'],
  ['POST', '/v1/score', 'score'],
  ['GET', '/v1/topics', 'conversations'],
  ['GET', '/v1/re-explaining', 'conversations'],
  ['GET', '/v1/re-explaining/paths', 'metrics'],
  ['GET', '/v1/intents', 'metrics'],
  ['GET', '/v1/churn', 'metrics'],
  ['POST', '/v1/churn/outcomes', 'churn'],
  ['POST', '/v1/churn/fit', 'churn'],
  ['POST', '/v1/intents', 'intents'],
  ['DELETE', '/v1/intents', 'intents'],
  ['POST', '/v1/sql', 'sql'],
  ['GET', '/v1/sql/schema', 'sql'],
  ['GET', '/v1/sources', 'sources'],
  ['POST', '/v1/sources/demo/replay', 'replay'],
  ['POST', '/v1/sources/demo/pull', 'operate'],
  ['GET', '/v1/status', 'status'],
  ['GET', '/v1/live', 'status'],
  ['GET', '/v1/session', 'session'],
  ['DELETE', '/v1/session', 'session'],
  ['GET', '/v1/keys', 'keys'],
  ['POST', '/v1/keys', 'keys'],
  ['DELETE', `/v1/keys/${id}`, 'keys'],
  ['POST', '/v1/passes', 'operate'],
  ['POST', '/v1/snapshots', 'operate'],
  ['POST', '/v1/session', 'open'],
  ['GET', '/v1/ingest/demo', 'open'],
  ['POST', '/v1/ingest/demo', 'open'],
  ['GET', '/v1/ingest/demo/secret', 'open'],
  ['POST', '/v1/ingest/demo/secret', 'open'],
  ['GET', '/healthz', 'open'],
  ['GET', '/readyz', 'open'],
  ['GET', '/openapi.json', 'open'],
];

test('every role may do what the table says and nothing else, on every route', async (t) => {
  const { app, store } = await openApp(t, published);
  const headers = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await keyFor(store, role)] as const)),
  ) as Record<Role, { authorization: string }>;
  for (const [method, url, permission] of routes) {
    if (url === '/v1/live') continue;
    const without = await app.inject({ method, url });
    assert.equal(
      without.statusCode === 401 && without.json().error.message !== 'invalid API key; expected one that is in use',
      permission !== 'open',
      `${method} ${url} without a key`,
    );
    for (const role of roles) {
      const isAllowed = permission === 'open' || (permissions[permission] as readonly Role[]).includes(role);
      const { statusCode } = await app.inject({ method, url, headers: headers[role] });
      const isRefused = statusCode === 403 && !url.startsWith('/v1/ingest');
      assert.equal(!isRefused, isAllowed, `${role}: ${method} ${url} answered ${statusCode}`);
    }
  }
});

test('the list above has every route of the API', async (t) => {
  const { app } = await openApp(t);
  const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, object> }>();
  const shown = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const listed = routes.map(([method, url]) => `${method} ${url}`);
  for (const route of shown) {
    const pattern = new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    assert.ok(
      listed.some((known) => pattern.test(known)),
      route,
    );
  }
  assert.ok(shown.length >= 25);
});

test('a key is kept as a hash only, works until it is revoked, and any change to it breaks it', async (t) => {
  const store = await Store.open();
  t.after(() => store.close());
  const { key, id: keyId } = await createKey(store, { name: 'desk', role: 'router' }, { now });
  assert.match(key, /^ct_[0-9a-f]{32}_[\w-]{43}$/);
  assert.deepEqual(await verifyKey(store, key), { id: keyId, name: 'desk', role: 'router' });
  const secret = key.slice(36);
  const stored = JSON.stringify(await store.all('select * from ops.api_key'));
  assert.ok(!stored.includes(secret) && !stored.includes(key));
  const wrong = [
    `${key}x`,
    key.slice(0, -1),
    key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    key.toUpperCase(),
    'ct_',
    '',
    `ct_${'0'.repeat(32)}_${secret}`,
  ];
  for (const attempt of wrong) assert.equal(await verifyKey(store, attempt), undefined, attempt);
  await revokeKey(store, keyId, { now });
  assert.equal(await verifyKey(store, key), undefined);
  await assert.rejects(revokeKey(store, keyId, { now }), /invalid key/);
});

test('an administrator makes, lists and revokes keys; each is noted; secrets are shown once', async (t) => {
  const { app, store } = await openApp(t);
  const made = await app.inject({ method: 'POST', url: '/v1/keys', payload: { name: 'notebook', role: 'analyst' } });
  assert.equal(made.statusCode, 201);
  const { key, id: keyId } = made.json();
  const listed = await app.inject('/v1/keys');
  assert.deepEqual(listed.json().keys, [
    { id: keyId, name: 'notebook', role: 'analyst', createdAt: '2026-03-10T12:00:00.000Z', revokedAt: null },
  ]);
  const headers = { authorization: `Bearer ${key}` };
  assert.equal((await app.inject({ url: '/v1/sql/schema', headers })).statusCode, 200);
  assert.equal((await app.inject({ method: 'DELETE', url: `/v1/keys/${keyId}` })).statusCode, 204);
  assert.equal((await app.inject({ url: '/v1/sql/schema', headers })).statusCode, 401);
  assert.equal(
    (await app.inject({ method: 'POST', url: '/v1/keys', payload: { name: 'x', role: 'king' } })).statusCode,
    400,
  );
  const notes = await store.all('select actor, action, subject from ops.audit order by action');
  assert.deepEqual(notes, [
    { actor: 'local', action: 'create key', subject: keyId },
    { actor: 'local', action: 'revoke key', subject: keyId },
  ]);
});

test('on this machine no key is needed', async (t) => {
  const { app } = await openApp(t);
  const session = await app.inject('/v1/session');
  assert.deepEqual(session.json(), { actor: 'local', role: 'admin', kind: 'local' });
});

test('a request that came through a proxy, from elsewhere or under another name is not local', async (t) => {
  const { app } = await openApp(t);
  assert.equal(
    (await app.inject({ url: '/v1/session', headers: { 'x-forwarded-for': '203.0.113.9' } })).statusCode,
    401,
  );
  assert.equal((await app.inject({ url: '/v1/session', remoteAddress: '203.0.113.9' })).statusCode, 401);
  for (const url of ['/v1/session', '/', '/healthz']) {
    const rebound = await app.inject({ url, headers: { host: 'evil.example.com:4600' } });
    assert.equal(rebound.statusCode, 403, url);
    assert.match(rebound.json().error.message, /invalid host: evil\.example\.com/);
  }
  for (const host of ['localhost:4600', '127.0.0.1:4600', '[::1]:4600'])
    assert.equal((await app.inject({ url: '/v1/session', headers: { host } })).statusCode, 200, host);
});

test('bound to all addresses, or published, this machine needs a key too', async (t) => {
  for (const config of [{ host: '0.0.0.0' }, published.config]) {
    const { app } = await openApp(t, { config });
    const refused = await app.inject('/v1/interactions');
    assert.equal(refused.statusCode, 401);
    assert.equal(refused.json().error.code, 'unauthenticated');
  }
});

test('no page elsewhere can act for the person at this machine', async (t) => {
  const { app } = await openApp(t);
  const make = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/v1/keys',
      payload: { name: 'x', role: 'admin' },
      headers: { host: 'localhost:4600', ...headers },
    });
  assert.equal((await make({ origin: 'https://evil.example.com' })).statusCode, 403);
  assert.equal((await make({ origin: 'http://localhost:9999' })).statusCode, 403);
  assert.equal((await make({ origin: 'null' })).statusCode, 403);
  assert.equal((await make({ 'sec-fetch-site': 'cross-site' })).statusCode, 403);
  assert.equal((await make({ 'sec-fetch-site': 'same-site' })).statusCode, 403);
  assert.equal((await make({ origin: 'http://localhost:4600', 'sec-fetch-site': 'same-origin' })).statusCode, 201);
  const form = await app.inject({
    method: 'POST',
    url: '/v1/keys',
    payload: 'name=x&role=admin',
    headers: { host: 'localhost:4600', 'content-type': 'text/plain' },
  });
  assert.equal(form.statusCode, 400);
});

test('signing in sets a cookie that only this site sends and no script reads; signing out ends it', async (t) => {
  const { app, store } = await openApp(t, published);
  const { key } = await createKey(store, { name: 'Sam', role: 'supervisor' }, { now });
  const wrong = await app.inject({ method: 'POST', url: '/v1/session', payload: { key: `${key}x` } });
  assert.equal(wrong.statusCode, 401);
  const signedIn = await app.inject({ method: 'POST', url: '/v1/session', payload: { key } });
  assert.deepEqual(signedIn.json(), { actor: 'Sam', role: 'supervisor', kind: 'session' });
  const [cookie] = signedIn.cookies;
  assert.deepEqual([cookie!.httpOnly, cookie!.sameSite, cookie!.secure], [true, 'Strict', true]);
  assert.ok(!cookie!.value.includes(key.slice(36)));
  const cookies = { [cookie!.name]: cookie!.value };
  assert.equal((await app.inject({ url: '/v1/session', cookies })).json().role, 'supervisor');
  assert.equal((await app.inject({ url: '/v1/keys', cookies })).statusCode, 403);
  const elsewhere = { origin: 'https://evil.example.com' };
  assert.equal(
    (await app.inject({ method: 'DELETE', url: '/v1/session', cookies, headers: elsewhere })).statusCode,
    403,
  );
  assert.equal((await app.inject({ method: 'DELETE', url: '/v1/session', cookies })).statusCode, 204);
  assert.equal((await app.inject({ url: '/v1/session', cookies })).statusCode, 401);
});

test('a session ends with its key, and by itself after half a day', async (t) => {
  let hours = 0;
  const clock = () => new Date(now().getTime() + hours * 3_600_000);
  const { app, store } = await openApp(t, { ...published, options: { now: clock } });
  const made = await createKey(store, { name: 'Sam', role: 'supervisor' }, { now });
  const signIn = async () => {
    const [cookie] = (await app.inject({ method: 'POST', url: '/v1/session', payload: { key: made.key } })).cookies;
    return { [cookie!.name]: cookie!.value };
  };
  const early = await signIn();
  hours = 13;
  assert.equal((await app.inject({ url: '/v1/session', cookies: early })).statusCode, 401);
  const late = await signIn();
  assert.equal((await app.inject({ url: '/v1/session', cookies: late })).statusCode, 200);
  await revokeKey(store, made.id, { now });
  assert.equal((await app.inject({ url: '/v1/session', cookies: late })).statusCode, 401);
});
