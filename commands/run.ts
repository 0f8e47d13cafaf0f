import type { Store } from '../data/store.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { runPass, type PassReport, type TimedStep } from '../pipeline.ts';
import type { Logger } from '../logger.ts';
import { jsonBody, withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { transcribeAll } from './transcribe-all.ts';

/** Runs one pass and says what each step did. */
export async function run(effects: CommandEffects): Promise<void> {
  const report = await withStore(effects, {
    remote: async (server) => (await server.call('/v1/passes', jsonBody({}))).json() as Promise<PassReport>,
    local: async (store) => {
      const first = await passOn(store, effects);
      const transcribed = await transcribeAll(store, {}, effects);
      return transcribed > 0 ? { steps: [...first.steps, ...(await passOn(store, effects)).steps] } : first;
    },
  });
  for (const { step, rows, seconds } of report.steps)
    effects.write(`${step.padEnd(10)} ${rows} rows, ${seconds.toFixed(1)} s\n`);
}

/** Says what a step did, where it did something. */
export const logStep =
  (logger: Logger) =>
  ({ step, rows, seconds }: TimedStep): void => {
    if (rows > 0) logger.info(`${step}: ${rows} rows in ${seconds.toFixed(1)} s`);
  };

/** A pass on a store that this process owns; progress goes to the logger. */
export async function passOn(store: Store, { config, logger, now }: CommandEffects): Promise<PassReport> {
  const pool = await EncoderPool.open(config.model, { logger });
  try {
    return await runPass({ store, config, pool, logger, now }, logStep(logger));
  } finally {
    await pool.close();
  }
}
