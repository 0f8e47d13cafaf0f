import { replay as replayStored } from '../ingest/land.ts';
import { getConnector } from '../ingest/registry.ts';
import { jsonBody, withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { passOn } from './run.ts';

/** Reads a source's stored deliveries again: those with refused units, or all. */
export async function replay(source: string, options: { all?: boolean }, effects: CommandEffects): Promise<void> {
  getConnector(source, effects.config);
  const onlyRejected = !options.all;
  const { deliveries } = await withStore(effects, {
    remote: async (server) =>
      (await server.call(`/v1/sources/${source}/replay`, jsonBody({ onlyRejected }))).json() as Promise<{
        deliveries: number;
      }>,
    local: async (store) => {
      const replayed = await replayStored(store, effects.config, { source, onlyRejected }, effects);
      await passOn(store, effects);
      return replayed;
    },
  });
  effects.logger.info(`read ${deliveries} deliveries of ${source} again`);
}
