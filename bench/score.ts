import { normalizeConfig } from '../config.ts';
import { buildApp } from '../dashboards/api/app.ts';
import type { Store } from '../data/store.ts';
import { WebhookReceiver } from '../ingest/webhooks.ts';
import { silentLogger } from '../logger.ts';
import { enrich } from '../models/enrich/enrich.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { quantile, type Bench } from './bench.ts';
import { openLandedStore, stepEffects } from './landed-store.ts';
import { postAll } from './post-all.ts';
import { sampleText } from './sample-text.ts';
import { whatsAppCustomer } from './whatsapp-traffic.ts';

const REQUESTS = 600;
const EVERY_MILLISECONDS = 50;
const BACKLOG = 12_000;
const config = normalizeConfig({ dataDirectory: ':memory:', model: { workers: 1 } });

/** The wording of a contact is its own, so that no earlier reading of it can be looked up. */
const posts = Array.from({ length: REQUESTS }, (_, n) => ({
  body: JSON.stringify({
    text: sampleText(BACKLOG + n),
    channel: 'whatsapp',
    handle: { type: 'whatsapp_id', value: whatsAppCustomer(n) },
    waitingSeconds: n % 90,
  }),
  headers: {},
}));

/** Reads the backlog until told to stop; returns how many slices were done. */
function enrichUntil(store: Store, pool: EncoderPool, isOver: () => boolean): Promise<{ isDone: boolean }> {
  const next = async (): Promise<{ isDone: boolean }> => {
    if (isOver()) return { isDone: false };
    const { rows } = await enrich(store, config, { ...stepEffects, pool });
    return rows === 0 ? { isDone: true } : next();
  };
  return next();
}

/** Live scores over HTTP while the models work through a backlog. */
export const score: Bench = {
  name: 'score',
  title: `${REQUESTS} scores over HTTP, twenty per second, while enrichment runs`,
  async run({ say }) {
    const store = await openLandedStore(config, BACKLOG);
    const pool = await EncoderPool.open({ folder: config.model.folder, workers: 1 }, { logger: silentLogger });
    const { now } = stepEffects;
    const receiver = new WebhookReceiver({ config, store, logger: silentLogger, now });
    const pipeline = { isRunning: true, onStep: () => () => {}, run: async () => ({ steps: [] }) };
    const app = await buildApp({ config, store, receiver, pool, pipeline, logger: silentLogger, now });
    const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/v1/score`;
    const order = { url, posts, connections: 1, everyMilliseconds: EVERY_MILLISECONDS };
    const quiet = await postAll(order);
    let isOver = false;
    const background = enrichUntil(store, pool, () => isOver);
    const busy = await postAll(order);
    isOver = true;
    if ((await background).isDone) say('the backlog ended before the requests did: it is too small for this machine');
    await app.close();
    await pool.close();
    await store.close();
    return [
      { name: 'alone, p50', value: quantile(quiet.milliseconds, 0.5), unit: 'ms' },
      { name: 'alone, p99', value: quantile(quiet.milliseconds, 0.99), unit: 'ms' },
      { name: 'while enrichment runs, p50', value: quantile(busy.milliseconds, 0.5), unit: 'ms' },
      { name: 'while enrichment runs, p99', value: quantile(busy.milliseconds, 0.99), unit: 'ms', limit: 50 },
    ];
  },
};
