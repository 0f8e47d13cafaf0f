import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { land } from '../../ingest/land.ts';
import { WebhookReceiver } from '../../ingest/webhooks.ts';
import { silentLogger } from '../../logger.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';

const SECRET = 'kill-test-secret';
const MESSAGES = 600;
const KILLS = 4;
const environment = { WHATSAPP_SECRET: SECRET };
const spec = { port: 0, sources: { whatsapp: { secretEnv: 'WHATSAPP_SECRET' } } };

/** The n-th message of one of forty customers, as WhatsApp posts it. */
function webhook(n: number): string {
  const customer = `1555010${String(n % 40).padStart(4, '0')}`;
  const message = {
    from: customer,
    id: `wamid.${n}`,
    timestamp: String(1_767_000_000 + n * 60),
    type: 'text',
    text: { body: `message ${n}` },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: '100' },
    contacts: [{ wa_id: customer, profile: { name: `Customer ${n % 40}` } }],
    messages: [message],
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

const signature = (body: string): string => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;

async function deliver(url: string, body: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(body) };
  return fetch(`${url}/v1/ingest/whatsapp`, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function startProcess(configFile: string, folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'server.ts')], {
    env: { ...process.env, ...environment, CROSSTALK_CONFIG: configFile, CROSSTALK_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of child.stdout!) {
    const [, url] = /^ready (\S+)/.exec(String(line)) ?? [];
    if (url) return { child, url };
  }
  throw new Error('the server ended before it was ready');
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', done));

/** Delivers what has not been acknowledged, several at once, until the process dies or all are acknowledged. */
async function deliverAll(url: string, pending: Set<number>): Promise<void> {
  const queue = [...pending];
  const worker = async () => {
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      if (await deliver(url, webhook(n))) pending.delete(n);
      else return;
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Everything but what counts the changes on the way. */
async function stateOf(store: Store): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const table of ['thread', 'utterance', 'handle', 'participant', 'interaction', 'customer'])
    state[table] = await store.all(
      `select columns(name -> name not in ('revision', 'content_hash')) from core.${table} order by all`,
    );
  return state;
}

/** The same webhooks through the same receiver, with nobody interfering. */
async function undisturbed(): Promise<Record<string, unknown[]>> {
  const config = normalizeConfig({ ...spec, dataDirectory: ':memory:' }, environment);
  const store = await Store.open();
  const effects = { logger: silentLogger, now: () => new Date() };
  const receiver = new WebhookReceiver({ config, store, ...effects });
  for (let n = 0; n < MESSAGES; n++) {
    const body = webhook(n);
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(body) };
    await receiver.handle({
      source: 'whatsapp',
      method: 'POST',
      url: 'http://localhost/',
      headers,
      query: {},
      body: Buffer.from(body),
    });
  }
  await land(store, config, effects);
  await stitch(store, config, effects);
  await resolve(store, config, effects);
  const state = await stateOf(store);
  await store.close();
  return state;
}

async function makeFolder(t: TestContext): Promise<{ folder: string; configFile: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-kill-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const configFile = join(folder, 'crosstalk.json');
  await writeFile(configFile, JSON.stringify(spec));
  return { folder, configFile };
}

test('a server killed at random instants keeps every acknowledged delivery exactly once', async (t) => {
  const { folder, configFile } = await makeFolder(t);
  const pending = new Set(Array.from({ length: MESSAGES }, (_, n) => n));
  const acknowledgedBefore: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, url } = await startProcess(configFile, folder);
    const delivering = deliverAll(url, pending);
    const target = pending.size - Math.floor(Math.random() * (MESSAGES / KILLS));
    while (pending.size > target) await sleep(1);
    await sleep(Math.random() * 50);
    child.kill('SIGKILL');
    await Promise.all([delivering, ended(child)]);
    acknowledgedBefore.push(MESSAGES - pending.size);
  }
  const { child, url } = await startProcess(configFile, folder);
  await deliverAll(url, pending);
  assert.equal(pending.size, 0, 'after the last start everything is acknowledged');
  child.kill('SIGTERM');
  await ended(child);
  t.diagnostic(`acknowledged before each kill: ${acknowledgedBefore.join(', ')} of ${MESSAGES}`);

  const store = await Store.open(join(folder, 'crosstalk.duckdb'));
  const config = normalizeConfig({ ...spec, dataDirectory: folder }, environment);
  const effects = { logger: silentLogger, now: () => new Date() };
  for (const step of [land, stitch, resolve]) await step(store, config, effects);
  const [counts] = await store.all(
    'select count(*) as all_rows, count(distinct native_id) as distinct_rows from core.utterance',
  );
  assert.deepEqual(counts, { all_rows: MESSAGES, distinct_rows: MESSAGES });
  assert.deepEqual(await stateOf(store), await undisturbed());
  await store.close();
});
