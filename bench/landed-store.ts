import type { Config } from '../config.ts';
import { Store } from '../data/store.ts';
import { createDelivery, storeDeliveries } from '../ingest/deliveries.ts';
import { land } from '../ingest/land.ts';
import { silentLogger } from '../logger.ts';
import { buildMarts } from '../transforms/marts.ts';
import { resolve } from '../transforms/resolve.ts';
import { stitch } from '../transforms/stitch.ts';
import { whatsAppMessage } from './whatsapp-traffic.ts';

export const stepEffects = { logger: silentLogger, now: () => new Date() };

/** A store whose messages are landed, resolved and in the marts, and wait for the models. */
export async function openLandedStore(config: Config, messages: number): Promise<Store> {
  const store = await Store.open(':memory:');
  const lines = Array.from({ length: messages }, (_, n) => whatsAppMessage(n));
  await storeDeliveries(store, [
    createDelivery({
      source: 'whatsapp',
      via: 'file',
      format: 'ndjson',
      receivedAt: stepEffects.now(),
      headers: {},
      body: Buffer.from(lines.join('\n')),
    }),
  ]);
  for (const step of [land, stitch, resolve, buildMarts]) await step(store, config, stepEffects);
  return store;
}
