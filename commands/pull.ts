import { setTimeout as sleep } from 'node:timers/promises';
import { pullAndNote } from '../ingest/pull/pull-note.ts';
import { getPullSource } from '../ingest/pull/pull.ts';
import { withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { passOn } from './run.ts';

/** Reads what is new of a source from its vendor, then runs a pass. A running server does it in the background. */
export async function pull(source: string, effects: CommandEffects): Promise<void> {
  const { config, logger } = effects;
  const given = getPullSource(source, config);
  await withStore(effects, {
    remote: async (server) => {
      await server.call(`/v1/sources/${source}/pull`, { method: 'POST' });
      logger.info(`the running server pulls ${source} now; its log and the Sources page say how far it is`);
    },
    local: async (store) => {
      let failure: { error: unknown } | undefined;
      try {
        const { pages, stored } = await pullAndNote(given, { ...effects, store, fetch, sleep, random: Math.random });
        logger.info(`pulled ${pages} pages of ${source}, ${stored} new`);
      } catch (error) {
        failure = { error };
      }
      // What came before a failure is stored, and is landed all the same.
      await passOn(store, effects);
      if (failure) throw failure.error;
    },
  });
}
