import { join, resolve } from 'node:path';
import { writeSnapshot, type Snapshot } from '../data/lake.ts';
import { jsonBody, withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';

/** Publishes the read-only copy for notebooks and other tools. */
export async function snapshot(folder: string | undefined, effects: CommandEffects): Promise<void> {
  const target = resolve(folder ?? join(effects.config.dataDirectory, 'snapshot'));
  const { tables, rows } = await withStore<Snapshot>(effects, {
    remote: async (server) =>
      (await server.call('/v1/snapshots', jsonBody({ folder: target }))).json() as Promise<Snapshot>,
    local: (store) => writeSnapshot(store, target),
  });
  effects.logger.info(`${target}: ${rows} rows of ${tables} tables, as snapshot.duckdb and Parquet`);
}
