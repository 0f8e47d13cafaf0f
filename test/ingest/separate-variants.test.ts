import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { land } from '../../ingest/land.ts';
import { silentLogger } from '../../logger.ts';

const now = () => new Date('2026-03-09T08:00:00Z');
const mail = (from: string, date: string, words: string, more = '') =>
  `From: ${from}\r\nTo: help@shop.example.com\r\nDate: ${date}\r\nMessage-ID: <mail-1@form.example.net>\r\n${more}Subject: Order\r\n\r\n${words}\r\n`;
const ana = mail('ana@example.com', 'Mon, 2 Mar 2026 10:00:00 +0000', 'My lamp is broken');
const bo = mail('bo@example.com', 'Mon, 2 Mar 2026 11:00:00 +0000', 'Where is my parcel?');
/** The same mail as it comes through a list. */
const anaByList = mail(
  "'Ana' via Help <help@shop.example.com>",
  'Mon, 2 Mar 2026 11:00:00 +0100',
  'My lamp is broken',
  'X-Original-From: Ana <ana@example.com>\r\nList-Id: help\r\n',
);

async function landed(...batches: string[][]): Promise<string[]> {
  const store = await Store.open();
  for (const batch of batches) {
    const deliveries = batch.map((text) =>
      createDelivery({
        source: 'email',
        via: 'file',
        format: 'eml',
        receivedAt: now(),
        headers: {},
        body: new TextEncoder().encode(text),
      }),
    );
    await storeDeliveries(store, deliveries);
    await land(store, normalizeConfig({}), { logger: silentLogger, now });
  }
  const rows = await store.all<{ text: string }>('select text from core.utterance order by text');
  await store.close();
  return rows.map(({ text }) => text);
}

test('two mails with one Message-ID stay two, in one batch or in several, in either order and again', async () => {
  const both = ['My lamp is broken', 'Where is my parcel?'];
  assert.deepEqual(await landed([ana, bo]), both);
  assert.deepEqual(await landed([bo], [ana]), both);
  assert.deepEqual(
    await landed(
      [ana],
      [bo],
      [mail('bo@example.com', 'Mon, 2 Mar 2026 12:00:00 +0100', 'Where is my parcel?', 'X-Trace: 2\r\n')],
    ),
    both,
  );
});

test('copies of one mail are one, in another zone and by way of a list', async () => {
  assert.deepEqual(await landed([ana], [anaByList]), ['My lamp is broken']);
  assert.deepEqual(await landed([anaByList, ana]), ['My lamp is broken']);
});
