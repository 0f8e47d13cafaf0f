import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { erase } from '../../commands/erase.ts';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import type { Delivery } from '../../ingest/connector.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { land, replay } from '../../ingest/land.ts';
import { silentLogger } from '../../logger.ts';
import { EncoderPool } from '../../models/encoder/pool.ts';
import { runPass } from '../../pipeline.ts';
import { findTablesWith } from '../data/find-tables-with.ts';

const now = () => new Date('2026-03-10T00:00:00Z');
const effects = { logger: silentLogger, now };

const delivery = (source: string, body: string, format: Delivery['format'], name?: string): Delivery =>
  createDelivery({
    source,
    via: 'file',
    format,
    receivedAt: new Date('2026-03-02T10:00:00Z'),
    headers: {},
    ...(name && { name }),
    body: Buffer.from(body),
  });

const whatsApp = (waId: string, name: string, id: string, body: string, timestamp: string): object => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: '100200300' },
            contacts: [{ profile: { name }, wa_id: waId }],
            messages: [{ from: waId, id, timestamp, type: 'text', text: { body } }],
          },
        },
      ],
    },
  ],
});

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const mail = (from: string, id: string, text: string): string =>
  [
    `From: ${from}`,
    'To: help@shop.example.com',
    `Message-ID: <${id}@mail.example.com>`,
    'Date: Mon, 2 Mar 2026 09:00:00 +0000',
    'Subject: A broken lamp from the attic',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');

/** Ana writes by WhatsApp, SMS and e-mail; Bob by WhatsApp and SMS, in part in the same bodies. */
const ana = { phone: '12125550142', email: 'ana.vidal@example.com', name: 'Ana Vidal' };
const anaWords = ['the zebra lamp never arrived', 'please send it to the violet house', 'my lamp glows like a comet'];
const bobWords = ['where is the purple kettle', 'thanks for the teapot'];
const sms = (from: string, sid: string, body: string): string =>
  form({
    MessageSid: sid,
    AccountSid: `AC${'0'.repeat(32)}`,
    From: `+${from}`,
    To: '+15550100100',
    Body: body,
    SmsStatus: 'received',
    NumMedia: '0',
  });

const deliveries: Delivery[] = [
  delivery(
    'whatsapp',
    [
      whatsApp(ana.phone, ana.name, 'wamid.ana1', anaWords[0]!, '1772442000'),
      whatsApp('12125550177', 'Bob Roth', 'wamid.bob1', bobWords[0]!, '1772442010'),
    ]
      .map((value) => JSON.stringify(value))
      .join('\n'),
    'ndjson',
  ),
  delivery('twilio-sms', sms(ana.phone, `SM${'a1'.repeat(16)}`, anaWords[1]!), 'form'),
  delivery('twilio-sms', sms('12125550177', `SM${'b1'.repeat(16)}`, bobWords[1]!), 'form'),
  delivery('email', mail(`${ana.name} <${ana.email}>`, 'letter-1', anaWords[2]!), 'eml', 'letter.eml'),
];

const traces = [ana.phone, '2125550142', ana.email, ana.name, 'broken lamp', ...anaWords];

async function fill(path: string): Promise<Store> {
  const store = await Store.open(path);
  await storeDeliveries(store, deliveries);
  return store;
}

const customerOf = async (store: Store, value: string): Promise<string> => {
  const rows = await store.all<{ id: string }>(
    `select handle_customer.customer_id as id from core.handle
     join identity.handle_customer on handle_customer.handle_id = handle.id where value = ?`,
    [value],
  );
  return rows[0]!.id;
};

test('an erased person stands nowhere in the file; conversations are counted as before, other people stay', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-erase-'));
  t.after(() => rm(folder, { recursive: true }));
  const config = normalizeConfig({ dataDirectory: folder, model: { workers: 1 } });
  const commandEffects = {
    ...effects,
    config,
    stdin: process.stdin,
    write: () => undefined,
    untilStopped: () => Promise.resolve(),
  };
  const store = await fill(config.storePath);
  const pool = await EncoderPool.open(config.model);
  await runPass({ store, config, pool, ...effects });
  await pool.close();
  const count = (from: Store) =>
    from.all(
      'select channel, count(*) as contacts, sum(customer_utterance_count)::integer as said from mart.interaction_fact group by channel order by channel',
    );
  const before = await count(store);
  assert.equal(before.length, 3);
  for (const trace of traces) assert.notDeepEqual(await findTablesWith(store, trace), [], trace);
  const old = await customerOf(store, `+${ana.phone}`).catch(() => customerOf(store, ana.phone));
  await store.close();

  await erase(`+${ana.phone}`, { reason: 'asked to be forgotten' }, commandEffects);
  await erase(ana.email, { reason: 'asked to be forgotten' }, commandEffects);

  for (const file of await readdir(folder)) {
    const bytes = (await readFile(join(folder, file))).toString('latin1').toLowerCase();
    for (const trace of [...traces, old]) assert.ok(!bytes.includes(trace.toLowerCase()), `${trace} in ${file}`);
  }
  const after = await Store.open(config.storePath);
  assert.deepEqual(await count(after), before);
  for (const words of bobWords)
    assert.deepEqual((await findTablesWith(after, words)).slice(0, 1), ['core.utterance.text'], words);
  await replay(after, config, {}, effects);
  await storeDeliveries(after, deliveries);
  await land(after, config, effects);
  for (const trace of traces) assert.deepEqual(await findTablesWith(after, trace), [], trace);
  const audited = await after.all<{ detail: string }>("select detail from ops.audit where action = 'erase customer'");
  assert.deepEqual(
    audited.map(({ detail }) => (JSON.parse(detail) as { reason: string }).reason),
    ['asked to be forgotten', 'asked to be forgotten'],
  );
  await after.close();
});

test('nobody by that address is refused without naming it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-erase-'));
  t.after(() => rm(folder, { recursive: true }));
  const config = normalizeConfig({ dataDirectory: folder });
  const store = await fill(config.storePath);
  await store.close();
  await assert.rejects(
    erase(
      'nobody@example.com',
      { reason: 'r' },
      { ...effects, config, stdin: process.stdin, write: () => undefined, untilStopped: () => Promise.resolve() },
    ),
    (error: Error) => /invalid person: nobody by that address/.test(error.message) && !error.message.includes('@'),
  );
});
