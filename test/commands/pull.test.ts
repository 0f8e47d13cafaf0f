import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pull } from '../../commands/pull.ts';
import { freshdesk, ticket } from '../ingest/vendor-pages.ts';
import { openVendor, secret } from '../ingest/vendor.ts';
import { openCommand } from './command.ts';

const environment = { PULL: secret };
const deskAt = (baseUrl: string) => ({ sources: { desk: { connector: 'freshdesk', baseUrl, pullSecretEnv: 'PULL' } } });

test('what is new at the vendor is read and landed, once', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: freshdesk([ticket(1), ticket(2)]) });
  const { effects, inStore, said } = await openCommand(t, { settings: deskAt(vendor.origin), environment });
  await pull('desk', effects);
  assert.match(said.join('\n'), /^pulled \d+ pages of desk, \d+ new$/m);
  const subjects = () => inStore((store) => store.all('select subject from mart.interaction_fact order by subject'));
  assert.deepEqual(await subjects(), [{ subject: 'Order 1' }, { subject: 'Order 2' }]);
  await pull('desk', effects);
  assert.deepEqual(await subjects(), [{ subject: 'Order 1' }, { subject: 'Order 2' }]);
});

test('where the vendor refuses, the reason is told and noted', async (t) => {
  const vendor = await openVendor(t, 'freshdesk', { answer: () => ({ status: 401 }) });
  const { effects, inStore } = await openCommand(t, { settings: deskAt(vendor.origin), environment });
  await assert.rejects(pull('desk', effects), /HTTP 401; expected 200/);
  const [noted] = await inStore((store) => store.all<{ error: string }>('select error from ops.pull'));
  assert.match(noted!.error, /HTTP 401/);
  assert.doesNotMatch(noted!.error, /s3cr3t/);
});

test('a running server is asked to do it', async (t) => {
  const { effects, said, serve } = await openCommand(t, { settings: deskAt('https://desk.example.com'), environment });
  const asked = await serve({});
  await pull('desk', effects);
  assert.deepEqual(
    asked().map(({ path }) => path),
    ['/v1/sources/desk/pull'],
  );
  assert.match(said.at(-1)!, /the running server pulls desk now/);
});
