import { join, resolve } from 'node:path';
import type { Snapshot } from '../data/lake.ts';
import { publish } from '../transforms/publish.ts';
import { jsonBody, withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';

/** Publishes the read-only copy for notebooks and other tools. */
export async function snapshot(
  folder: string | undefined,
  { withPersonalData = false }: { readonly withPersonalData?: boolean },
  effects: CommandEffects,
): Promise<void> {
  const target = resolve(folder ?? join(effects.config.dataDirectory, 'snapshot'));
  const { tables, rows } = await withStore<Snapshot>(effects, {
    remote: async (server) =>
      (await server.call('/v1/snapshots', jsonBody({ folder: target, withPersonalData }))).json() as Promise<Snapshot>,
    local: (store) => publish(store, effects.config, { folder: target, withPersonalData }, effects),
  });
  effects.logger.info(`${target}: ${rows} rows of ${tables} tables, as snapshot.duckdb and Parquet`);
}
