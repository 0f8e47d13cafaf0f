import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { getPullSource } from '../../../ingest/pull/pull.ts';
import { Puller } from '../../../ingest/pull/puller.ts';
import { connectors } from '../../../ingest/sources.ts';
import { account, freshdesk, message, ticket } from '../vendor-pages.ts';
import { openVendor, secret, type Answering } from '../vendor.ts';

test('no other host is asked, whether a page names it or a redirect', async (t) => {
  let isAsked = false;
  const other = await openVendor(t, 'freshdesk', {
    answer: () => {
      isAsked = true;
      return { page: [] };
    },
  });
  const vendor = await openVendor(t, 'twilio-sms', {
    path: account,
    answer: () => ({ page: { messages: [message(1)], next_page_uri: `${other.origin}/steal` } }),
  });
  await assert.rejects(
    vendor.pull(),
    new RegExp(`invalid address of a page: ${other.origin}; expected one of ${vendor.origin}`),
  );
  vendor.answer = () => ({ status: 302, headers: { location: `${other.origin}/steal` } });
  await vendor.store.run('delete from ops.cursor');
  await assert.rejects(vendor.pull(), /HTTP 302; expected 200: check baseUrl, redirects are not followed/);
  assert.equal(isAsked, false);
});

test('the secret stands in a header and nowhere else, however the reading fails', async (t) => {
  const basic = `Basic ${Buffer.from(secret).toString('base64')}`;
  const seen: string[] = [];
  const answers: Answering[] = [
    freshdesk([ticket(1)]),
    () => ({ status: 401 }),
    () => ({ status: 500 }),
    () => 'hang up',
    () => ({ page: { not: 'a list' } }),
    () => ({ status: 301, headers: { location: '/elsewhere' } }),
  ];
  const vendor = await openVendor(t, 'freshdesk', { answer: () => 'hang up' });
  for (const answer of answers) {
    vendor.answer = (url, request) => {
      assert.equal(request.headers.authorization, basic);
      return answer(url, request);
    };
    await vendor
      .pull()
      .catch((error: Error) => seen.push(`${error.message}\n${error.stack}\n${JSON.stringify(error)}`));
  }
  assert.equal(seen.length, answers.length - 1);
  const broken = await openVendor(t, 'freshdesk', { answer: () => 'hang up', secret: `${secret}\nsecond line` });
  await broken.pull().catch((error: Error) => seen.push(String(error.stack)));
  const stored = await vendor.store.all('select name, headers, body::varchar as body from raw.delivery');
  const cursors = await vendor.store.all('select cursor from ops.cursor');
  const everything = JSON.stringify([seen, vendor.lines, vendor.asked, stored, cursors, broken.lines]);
  for (const part of ['s3cr3t', basic.slice(6), 'words of the vendor']) assert.ok(!everything.includes(part), part);
});

test('what is missing in the configuration is said before anything is asked', () => {
  const sources = { desk: { connector: 'freshdesk' }, shop: { connector: 'shopify' } };
  assert.throws(() => getPullSource('desk', normalizeConfig({ sources })), /expected sources\.desk\.baseUrl/);
  assert.throws(
    () => getPullSource('shop', normalizeConfig({ sources })),
    /shopify; expected a connector that can pull/,
  );
  const withBase = { desk: { connector: 'freshdesk', baseUrl: 'https://desk.example.com' } };
  assert.throws(() => getPullSource('desk', normalizeConfig({ sources: withBase })), /pullSecretEnv or pullSecretFile/);
  for (const baseUrl of [
    'http://desk.example.com',
    'https://me:pass@desk.example.com',
    'https://desk.example.com/?key=1',
  ])
    assert.throws(() => normalizeConfig({ sources: { desk: { baseUrl } } }), /baseUrl; expected https/);
});

test('every plan has streams of different names, and paths that begin at the base address', () => {
  const plans = connectors.flatMap(({ name, pull }) => (pull && pull.kind !== 'mailbox' ? [{ name, pull }] : []));
  assert.ok(plans.length >= 5);
  for (const { name, pull } of plans) {
    const names = pull.streams.map((stream) => stream.name);
    assert.equal(new Set(names).size, names.length, name);
    for (const { path, details = [] } of pull.streams)
      for (const each of [path, ...details.map((detail) => detail.path)]) assert.match(each, /^\/[^?#]*$/, name);
  }
});

test('a server pulls in the background, and never one source twice at once', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk([ticket(1)]) });
  const ended = () => new Promise<void>((resolve) => (whenEnded = resolve));
  let whenEnded = () => {};
  const puller = new Puller({ ...vendor.effects, onDelivery: () => whenEnded() });
  const first = ended();
  puller.start('desk');
  assert.throws(() => puller.start('desk'), /desk is being pulled; expected to wait for its end/);
  assert.throws(() => puller.start('shopify'), /expected a connector that can pull/);
  await first;
  assert.match(vendor.lines.join('\n'), /pulled 2 pages of desk, 1 new/);
  await new Promise(setImmediate);
  const second = ended();
  vendor.answer = () => ({ status: 401 });
  puller.start('desk');
  await second;
  assert.match(vendor.lines.at(-1)!, /the pull of desk stopped: .*HTTP 401/);
});
