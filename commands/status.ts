import { readStatus } from '../dashboards/api/status.ts';
import { withStore } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';

/** Says how far the pipeline is. */
export async function status(options: { json?: boolean }, effects: CommandEffects): Promise<void> {
  const found = await withStore(effects, {
    remote: async (server) => (await server.call('/v1/status')).json() as ReturnType<typeof readStatus>,
    local: (store) => readStatus(store, { isRunning: false }),
  });
  if (options.json) return writeLine(effects, found);
  const { deliveries, enrichment, counts } = found;
  effects.write(`deliveries parsed    ${deliveries.done} of ${deliveries.total}\n`);
  effects.write(`utterances read      ${enrichment.done} of ${enrichment.total}\n`);
  for (const [name, count] of Object.entries(counts)) effects.write(`${name.padEnd(20)} ${count}\n`);
}
