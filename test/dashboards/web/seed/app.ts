import { buildApp } from '../../../../dashboards/api/app.ts';
import { normalizeConfig } from '../../../../config.ts';
import { Store } from '../../../../data/store.ts';
import { silentLogger } from '../../../../logger.ts';
import { seedStore } from './seed-store.ts';
import { seedEnd, type Contact } from './company.ts';

export interface SeededSite {
  readonly address: string;
  readonly store: Store;
  readonly contacts: readonly Contact[];
  close(): Promise<void>;
}

const pool = {
  encode: async () => {
    throw new Error('no text is encoded in these tests');
  },
};

/** The real server over seeded tables, on a free port of this machine. */
export async function startSeededSite(webRoot: string, isEmpty = false): Promise<SeededSite> {
  const store = await Store.open(':memory:');
  const contacts = isEmpty ? [] : await seedStore(store);
  const app = await buildApp({
    config: normalizeConfig({ dataDirectory: ':memory:' }),
    store,
    receiver: { handle: async () => ({ status: 404, body: '' }) as never },
    pool: pool as never,
    pipeline: { isRunning: false, onStep: () => () => {}, run: async () => ({ steps: [] }) },
    logger: silentLogger,
    now: () => new Date(seedEnd.getTime() + 3_600_000),
    webRoot,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    store,
    contacts,
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}
