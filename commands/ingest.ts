import type { Store } from '../data/store.ts';
import type { Connector, Delivery } from '../ingest/connector.ts';
import { contentTypes } from '../ingest/content-types.ts';
import { storeDeliveries } from '../ingest/deliveries.ts';
import { readDeliveries } from '../ingest/files.ts';
import { parseDelivery } from '../ingest/parse.ts';
import { getConnector, listConnectors } from '../ingest/registry.ts';
import { FactSchema } from '../ingest/records.ts';
import { describeTrust } from '../ingest/trust.ts';
import { passOn } from './run.ts';
import { withStore, type Remote } from './connection.ts';
import { writeLine, type CommandEffects } from './io.ts';

const STORE_AT_ONCE = 16;

/** Lands files of one source, then runs a pass; with `dryRun` prints each unit's outcome and facts and stores nothing. */
export async function ingest(
  source: string,
  paths: readonly string[],
  options: { dryRun?: boolean },
  effects: CommandEffects,
): Promise<void> {
  return ingestFiles(
    paths.map((path) => ({ path, source })),
    options,
    effects,
  );
}

export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** As `ingest`, each file of its own source. */
export async function ingestFiles(
  files: readonly SourceFile[],
  options: { dryRun?: boolean },
  effects: CommandEffects,
): Promise<void> {
  for (const { source } of files) getConnector(source, effects.config);
  const deliveries = () => readAll(files, effects);
  const sources = [...new Set(files.map(({ source }) => source))].join(', ');
  if (options.dryRun) return dryRun(deliveries(), effects);
  await withStore(effects, {
    remote: (server) => sendAll(deliveries(), server, effects),
    local: (store) => landAll(deliveries(), sources, store, effects),
  });
}

/** Stores and lands what can be read; where a file fails, what came before it is landed all the same. */
async function landAll(
  deliveries: AsyncIterable<Delivery>,
  sources: string,
  store: Store,
  effects: CommandEffects,
): Promise<void> {
  const counts = { read: 0, new: 0 };
  let failure: { error: unknown } | undefined;
  try {
    for await (const group of inGroups(deliveries, STORE_AT_ONCE)) {
      counts.new += await storeDeliveries(store, group);
      counts.read += group.length;
    }
  } catch (error) {
    failure = { error };
  }
  if (counts.read > 0) {
    effects.logger.info(`stored ${counts.new} new of ${counts.read} deliveries of ${sources}`);
    await passOn(store, effects);
  }
  if (failure) throw failure.error;
}

/** Prints the sources and what each accepts. */
export function listSources(options: { json?: boolean }, effects: CommandEffects): void {
  for (const connector of listConnectors(effects.config)) describeSource(connector, options, effects);
}

/** One source in one line: its files, how its webhooks are trusted, and whether it can be pulled. */
export function describeSource(connector: Connector, options: { json?: boolean }, effects: CommandEffects): void {
  const { name, title, formats, channels, docs, trust, pull } = connector;
  if (options.json)
    writeLine(effects, {
      name,
      title,
      formats,
      channels,
      docs,
      trust: describeTrust(trust),
      canPull: pull !== undefined,
    });
  else
    effects.write(
      `${name.padEnd(20)} ${title.padEnd(34)} ${formats.join(', ').padEnd(24)} webhook (${describeTrust(trust)})${pull ? ', pull' : ''}\n`,
    );
}

async function* readAll(files: readonly SourceFile[], effects: CommandEffects): AsyncGenerator<Delivery> {
  for (const { path, source } of files)
    yield* readDeliveries(path, source, getConnector(source, effects.config), effects);
}

async function dryRun(deliveries: AsyncIterable<Delivery>, effects: CommandEffects): Promise<void> {
  for await (const delivery of deliveries)
    for (const { row, kind, nativeKind, outcome } of parseDelivery(delivery, effects.config)) {
      if (outcome.status === 'ok') outcome.facts.forEach((fact) => FactSchema.parse(fact));
      writeLine(effects, { file: delivery.name, row, kind, nativeKind, ...outcome });
    }
}

async function sendAll(deliveries: AsyncIterable<Delivery>, server: Remote, { logger }: CommandEffects): Promise<void> {
  let sent = 0;
  for await (const { source, format, name, body } of deliveries) {
    const headers = { 'content-type': contentTypes[format], ...(name && { 'x-file-name': encodeURIComponent(name) }) };
    await server.call(`/v1/ingest/${source}`, { method: 'POST', headers, body: Buffer.from(body) });
    sent++;
  }
  logger.info(`sent ${sent} deliveries to the running server; it lands them now`);
}

/** Where an item fails, the group before it still comes, and then the failure. */
async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  let failure: { error: unknown } | undefined;
  try {
    for await (const item of items) {
      group.push(item);
      if (group.length < size) continue;
      yield group;
      group = [];
    }
  } catch (error) {
    failure = { error };
  }
  if (group.length > 0) yield group;
  if (failure) throw failure.error;
}
