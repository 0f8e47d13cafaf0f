import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { Store } from '../data/store.ts';
import { generateDemo } from '../data/demo/generate.ts';
import { writeOutcomes } from '../data/demo/outcomes.ts';
import { demoSources } from '../data/demo/demo-file.ts';
import { ConfigError } from '../errors.ts';
import { importDepartures } from '../ingest/departures.ts';
import { storeDeliveries } from '../ingest/deliveries.ts';
import { readDeliveries } from '../ingest/files.ts';
import { getConnector } from '../ingest/registry.ts';
import { startServer } from '../server.ts';
import { readDepartureRows } from './churn.ts';
import { demoConfig } from './demo-config.ts';
import { findServer } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { openBrowser } from './open-browser.ts';
import { logStep, passOn } from './run.ts';

export interface DemoCommand {
  readonly serve?: boolean;
  readonly open?: boolean;
  readonly fresh?: boolean;
  readonly weeks: number;
  readonly scale: number;
  readonly seed: string;
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * A working product on generated data, in a folder of its own beside the real one: native files are written, landed
 * through the ordinary connectors and served. A demo made within the last day is served as it is.
 */
export async function demo(options: DemoCommand, given: CommandEffects): Promise<void> {
  const effects = { ...given, config: demoConfig(given.config) };
  if (await findServer(effects))
    throw new ConfigError('the demo is being served already; expected it to be stopped first');
  const isCurrent = !options.fresh && (await madeAt(effects.config)) > effects.now().getTime() - DAY_MILLISECONDS;
  if (!isCurrent) await rm(effects.config.dataDirectory, { recursive: true, force: true });
  await (options.serve ? serveDemo(options, isCurrent, effects) : makeDemo(options, effects));
}

const markerOf = (config: Config): string => join(config.dataDirectory, 'demo.json');

async function madeAt(config: Config): Promise<number> {
  const text = await readFile(markerOf(config), 'utf8').catch(() => '{"madeAt":0}');
  return (JSON.parse(text) as { madeAt: number }).madeAt;
}

async function makeDemo(options: DemoCommand, effects: CommandEffects): Promise<void> {
  const store = await Store.open(effects.config.storePath);
  await landDemo(store, options, effects);
  await passOn(store, effects);
  await store.close();
}

async function serveDemo(options: DemoCommand, isCurrent: boolean, effects: CommandEffects): Promise<void> {
  const { logger, config } = effects;
  const server = await startServer(config, effects);
  logger.info(`Crosstalk is at ${server.url}; the page fills while the demo is read`);
  if (options.open) openBrowser(server.url);
  if (!isCurrent) await landDemo(server.store, options, effects);
  server.pipeline.onStep(logStep(logger));
  const started = performance.now();
  await server.pipeline.run();
  logger.info(`the demo is complete after ${((performance.now() - started) / 1000).toFixed(0)} s; stop with Ctrl-C`);
  await effects.untilStopped();
  await server.close();
}

/** Writes the native files and stores them as deliveries, as `crosstalk ingest` would. */
async function landDemo(
  store: Store,
  { seed, weeks, scale }: DemoCommand,
  { config, logger, now }: CommandEffects,
): Promise<void> {
  const folder = join(config.dataDirectory, 'files');
  let files = 0;
  for (const { source, name, body } of generateDemo({ seed, endsAt: now(), weeks, scale })) {
    await mkdir(join(folder, source), { recursive: true });
    await writeFile(join(folder, source, name), body);
    files++;
  }
  logger.info(`wrote ${files} native files of ${weeks} weeks to ${folder}`);
  for (const source of demoSources) {
    let stored = 0;
    for await (const delivery of readDeliveries(join(folder, source), source, getConnector(source, config), { now }))
      stored += await storeDeliveries(store, [delivery]);
    logger.info(`${source}: ${stored} deliveries`);
  }
  const outcomes = join(folder, 'left.csv');
  await writeFile(outcomes, writeOutcomes({ seed, endsAt: now(), weeks, scale }));
  const { added } = await importDepartures(store, await readDepartureRows(outcomes), { file: 'left.csv' }, { now });
  logger.info(`left.csv: ${added} customers who left`);
  await writeFile(markerOf(config), JSON.stringify({ madeAt: now().getTime(), seed, weeks, scale }));
}
