import { schedule } from 'node-cron';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { buildApp } from './dashboards/api/app.ts';
import { createKey, revokeKey } from './dashboards/api/keys.ts';
import type { Config } from './config.ts';
import { rewriteIfRequested } from './data/rewrite.ts';
import { Store } from './data/store.ts';
import { ConfigError, errorMessage } from './errors.ts';
import { checkSchedules, Puller } from './ingest/pull/puller.ts';
import { checkSources } from './ingest/registry.ts';
import { WebhookReceiver } from './ingest/webhooks.ts';
import type { Logger } from './logger.ts';
import { EncoderPool } from './models/encoder/pool.ts';
import { Transcriber } from './models/transcription/transcriber.ts';
import { Pipeline } from './pipeline.ts';

const webRoot = join(import.meta.dirname, 'dashboards/web/dist');

export interface ServerEffects {
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface Server {
  readonly url: string;
  readonly store: Store;
  readonly pipeline: Pipeline;
  close(): Promise<void>;
}

/** Where a running server says how to reach it; commands look here before they open the store themselves. */
export const serverFile = (config: Config): string => join(config.dataDirectory, 'server.json');

/**
 * Starts the one process that owns the store: HTTP, landing, and passes in the background (after deliveries, and by the
 * clock). It writes its address and a key for this machine's commands into `server.json`, readable by its owner only.
 */
export async function startServer(config: Config, effects: ServerEffects): Promise<Server> {
  checkSources(config);
  checkSchedules(config);
  if (await rewriteIfRequested(config.storePath)) effects.logger.info('wrote the store anew: erased bytes are gone');
  const store = await Store.open(config.storePath);
  try {
    return await startOn(store, config, effects);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Where the pages stand, if they were built. */
function findPages(logger: Logger): { webRoot?: string } {
  if (existsSync(webRoot)) return { webRoot };
  logger.warn('the pages are not built, and only the API answers; run npm run build');
  return {};
}

async function startOn(store: Store, config: Config, { logger, now }: ServerEffects): Promise<Server> {
  const pool = await EncoderPool.open({ folder: config.model.folder, workers: config.model.workers }, { logger });
  const pipeline = new Pipeline({ store, config, pool, logger, now });
  // The pipeline says itself what failed.
  const pass = () => void pipeline.run().catch(() => undefined);
  const onDelivery = debounce(pass, 500);
  const receiver = new WebhookReceiver({ config, store, logger, now, onDelivery });
  const puller = new Puller({
    config,
    store,
    logger,
    now,
    onDelivery,
    fetch,
    random: Math.random,
    // A wait for a vendor does not keep a closing server alive.
    sleep: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
  });
  const transcriber = new Transcriber({ store, config, logger, now, fetch, onDelivery });
  const app = await buildApp({
    config,
    store,
    receiver,
    pool,
    pipeline,
    puller,
    transcriber,
    fetch,
    logger,
    now,
    ...findPages(logger),
  });
  const url = await app.listen({ host: config.host, port: config.port }).catch((cause) => {
    throw new ConfigError(
      `cannot listen on ${config.host}:${config.port}: ${errorMessage(cause)}; expected a free port`,
      { cause },
    );
  });
  const forgetAddress = await writeAddress(store, config, url, now);
  puller.startClocks(schedule);
  const task = schedule(config.passSchedule, () => {
    if (!pipeline.isRunning) pass();
    transcriber.start();
  });
  // What a killed server left behind is taken up at once.
  pass();
  return {
    url,
    store,
    pipeline,
    close: async () => {
      await task.destroy();
      await puller.stopClocks();
      await app.close();
      await transcriber.close();
      await pipeline.close();
      await pool.close();
      await forgetAddress();
      await store.close();
    },
  };
}

/** Calls once, `milliseconds` after the first of several requests. */
function debounce(work: () => void, milliseconds: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, milliseconds);
  };
}

async function writeAddress(store: Store, config: Config, url: string, now: () => Date): Promise<() => Promise<void>> {
  if (config.storePath === ':memory:') return async () => {};
  // Keys of servers that were killed are of no use to anybody.
  await store.run(`update ops.api_key set revoked_at = ? where name = 'command line' and revoked_at is null`, [now()]);
  const { id, key } = await createKey(store, { name: 'command line', role: 'admin' }, { now });
  await mkdir(config.dataDirectory, { recursive: true });
  await writeFile(serverFile(config), JSON.stringify({ url, key, process: process.pid }), { mode: 0o600 });
  await chmod(serverFile(config), 0o600);
  return async () => {
    await rm(serverFile(config), { force: true });
    await revokeKey(store, id, { now });
  };
}
