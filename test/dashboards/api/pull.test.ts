import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { keyFor, now, openApp } from './fixture.ts';

const config = {
  sources: {
    desk: { connector: 'freshdesk', baseUrl: 'https://desk.example.com', pullSchedule: '0 * * * *' },
    shop: { connector: 'shopify' },
  },
};

async function openPulling(t: TestContext) {
  const started: string[] = [];
  const opened = await openApp(t, {
    config: { ...config, publicUrl: 'https://talk.example.com' },
    options: {
      puller: {
        start: (source) => void started.push(source),
        stateOf: () => ({ isUnderWay: false, nextAt: new Date('2026-03-10T13:00:00Z') }),
      },
    },
  });
  const call = async (role: 'admin' | 'analyst', method: 'GET' | 'POST', url: string) =>
    opened.app.inject({ method, url, headers: await keyFor(opened.store, role) });
  return { ...opened, started, call };
}

test('the page of sources says when each was pulled, when it is pulled next, and why it was not', async (t) => {
  const { store, call } = await openPulling(t);
  await store.run('insert into ops.pull values (?, ?, ?, 3, 2, ?)', ['desk', now(), now(), 'HTTP 503']);
  const { sources } = (await call('admin', 'GET', '/v1/sources')).json();
  const find = (source: string) => sources.find((each: { source: string }) => each.source === source).pull;
  assert.deepEqual(find('desk'), {
    schedule: '0 * * * *',
    isUnderWay: false,
    startedAt: '2026-03-10T12:00:00.000Z',
    endedAt: '2026-03-10T12:00:00.000Z',
    nextAt: '2026-03-10T13:00:00.000Z',
    pages: 3,
    stored: 2,
    error: 'HTTP 503',
    mayStart: true,
  });
  assert.equal(find('shop'), null);
});

test('only who operates the server may start a pull', async (t) => {
  const { started, call } = await openPulling(t);
  const { sources } = (await call('analyst', 'GET', '/v1/sources')).json();
  assert.equal(sources[0].pull.mayStart, false);
  assert.equal((await call('analyst', 'POST', '/v1/sources/desk/pull')).statusCode, 403);
  assert.equal((await call('admin', 'POST', '/v1/sources/desk/pull')).statusCode, 202);
  assert.deepEqual(started, ['desk']);
});
