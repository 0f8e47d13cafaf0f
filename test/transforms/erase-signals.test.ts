import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { silentLogger } from '../../logger.ts';
import { EncoderPool } from '../../models/encoder/pool.ts';
import { runPass } from '../../pipeline.ts';
import { findTablesWith } from '../data/find-tables-with.ts';

const now = () => new Date('2026-03-10T00:00:00Z');
const secret = 'my heater at the violet house does not switch on any more, call +1 212 555 0142';

const says = (id: number, content: string, change: object = {}) =>
  createDelivery({
    source: 'chatwoot',
    via: 'webhook',
    format: 'json',
    receivedAt: now(),
    headers: {},
    body: Buffer.from(
      JSON.stringify({
        event: 'message_created',
        id,
        content,
        created_at: `2026-03-02T09:00:0${id - 700}.000Z`,
        message_type: 'incoming',
        content_attributes: {},
        sender: { id: 21, name: 'silent-river-12', type: 'contact' },
        conversation: { id: 42, channel: 'Channel::WebWidget', status: 'open', messages: [], created_at: 1772442000 },
        ...change,
      }),
    ),
  });

for (const redact of ['off', 'reading'] as const)
  test(`what models made of deleted words goes with them: signals, vectors, summaries (privacy.redact: ${redact})`, async () => {
    const config = normalizeConfig({ model: { workers: 1 }, privacy: { redact } });
    const store = await Store.open();
    const pool = await EncoderPool.open(config.model);
    const pass = async (...deliveries: ReturnType<typeof says>[]): Promise<void> => {
      await storeDeliveries(store, deliveries);
      await runPass({ store, config, pool, logger: silentLogger, now });
    };
    const count = async (table: string): Promise<number> =>
      (await store.all<{ rows: number }>(`select count(*) as rows from ${table}`))[0]!.rows;
    await pass(says(701, secret), says(702, 'please send somebody to repair it this week'));
    const places = await findTablesWith(store, secret);
    assert.ok(places.includes('mart.interaction_fact.summary'));
    assert.equal(
      (await findTablesWith(store, 'violet house')).includes('ops.masked_words.words'),
      redact === 'reading',
    );
    assert.deepEqual([await count('signal.utterance'), await count('signal.embedding')], [2, 2]);
    await pass(
      says(701, 'This message was deleted', { event: 'message_updated', content_attributes: { deleted: true } }),
    );
    assert.deepEqual(await findTablesWith(store, 'violet house'), []);
    assert.deepEqual([await count('signal.utterance'), await count('signal.embedding')], [1, 1]);
    await pool.close();
    await store.close();
  });
