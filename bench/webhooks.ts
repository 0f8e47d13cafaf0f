import Fastify from 'fastify';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { normalizeConfig } from '../config.ts';
import { buildApp, type AppOptions } from '../dashboards/api/app.ts';
import { Store } from '../data/store.ts';
import { WebhookReceiver } from '../ingest/webhooks.ts';
import { silentLogger } from '../logger.ts';
import { median, quantile, type Bench } from './bench.ts';
import type { HttpReport } from './http-client.ts';
import { postAll } from './post-all.ts';
import { whatsAppWebhook } from './whatsapp-traffic.ts';

const WEBHOOKS = 10_000;
const CONNECTIONS = 32;
const ROUNDS = 3;
const SECRET = 'bench-secret';
const config = normalizeConfig(
  { dataDirectory: ':memory:', sources: { whatsapp: { secretEnv: 'WHATSAPP_SECRET' } } },
  { WHATSAPP_SECRET: SECRET },
);
const now = () => new Date();

/** Different in every round: a webhook that came before is not stored again. */
const signedPosts = (round: number) =>
  Array.from({ length: WEBHOOKS }, (_, index) => {
    const body = whatsAppWebhook(round * WEBHOOKS + index);
    return {
      body,
      headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
    };
  });

const send = (url: string, round: number): Promise<HttpReport> =>
  postAll({ url, posts: signedPosts(round), connections: CONNECTIONS, everyMilliseconds: 0 });

async function deliverToCrosstalk(store: Store, round: number): Promise<HttpReport> {
  const receiver = new WebhookReceiver({ config, store, logger: silentLogger, now });
  const idle = { isRunning: false, onStep: () => () => {}, run: async () => ({ steps: [] }) };
  const pool = { encode: async () => [] } as unknown as AppOptions['pool'];
  const app = await buildApp({ config, store, receiver, pool, pipeline: idle, logger: silentLogger, now });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const report = await send(`${url}/v1/ingest/whatsapp`, round);
  await app.close();
  return report;
}

async function deliverToEmptyRoute(round: number): Promise<HttpReport> {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/', async () => ({ status: 'received' }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const report = await send(url, round);
  await app.close();
  return report;
}

const perSecond = ({ totalMilliseconds }: HttpReport): number => (WEBHOOKS / totalMilliseconds) * 1000;

/** Signed webhooks over HTTP, each verified and durable before its answer, against a route that does nothing. */
export const webhooks: Bench = {
  name: 'webhooks',
  title: `${WEBHOOKS.toLocaleString('en')} signed webhooks over ${CONNECTIONS} connections, against an empty Fastify route`,
  async run({ folder, say }) {
    const store = await Store.open(join(folder, 'store.duckdb'));
    const ours: HttpReport[] = [];
    const empty: HttpReport[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      empty.push(await deliverToEmptyRoute(round));
      ours.push(await deliverToCrosstalk(store, round));
      say(
        `round ${round + 1}: ${Math.round(perSecond(ours.at(-1)!))} per second against ${Math.round(perSecond(empty.at(-1)!))}`,
      );
    }
    const [stored] = await store.all<{ rows: number }>('select count(*) as rows from raw.delivery');
    await store.close();
    if (stored!.rows !== WEBHOOKS * ROUNDS) throw new Error(`${stored!.rows} webhooks are stored; expected all`);
    const rate = median(ours.map(perSecond));
    const reference = median(empty.map(perSecond));
    return [
      { name: 'durable webhooks', value: rate, unit: 'per second' },
      { name: 'empty route', value: reference, unit: 'per second' },
      { name: 'durable / empty', value: rate / reference, unit: 'ratio' },
      {
        name: 'answer, p99',
        value: quantile(
          ours.flatMap(({ milliseconds }) => [...milliseconds]),
          0.99,
        ),
        unit: 'ms',
      },
    ];
  },
};
