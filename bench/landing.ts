import { DuckDBInstance } from '@duckdb/node-api';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { normalizeConfig } from '../config.ts';
import { Store } from '../data/store.ts';
import type { Delivery } from '../ingest/connector.ts';
import { storeDeliveries } from '../ingest/deliveries.ts';
import { readDeliveries } from '../ingest/files.ts';
import { land } from '../ingest/land.ts';
import { getConnector } from '../ingest/registry.ts';
import { silentLogger } from '../logger.ts';
import { median, secondsOf, type Bench } from './bench.ts';
import { writeWhatsAppFile } from './whatsapp-traffic.ts';

const LINES = 100_000;
const ROUNDS = 3;
const config = normalizeConfig({});
const effects = { logger: silentLogger, now: () => new Date() };

async function landFile(path: string, storePath: string): Promise<void> {
  const store = await Store.open(storePath);
  let group: Delivery[] = [];
  for await (const delivery of readDeliveries(path, 'whatsapp', getConnector('whatsapp', config), effects)) {
    group.push(delivery);
    if (group.length < 16) continue;
    await storeDeliveries(store, group);
    group = [];
  }
  await storeDeliveries(store, group);
  await land(store, config, effects);
  await store.close();
}

/** What DuckDB needs to read the same file into a table of the same kind of store. */
async function readWithDuckDB(path: string, storePath: string): Promise<void> {
  const instance = await DuckDBInstance.create(storePath);
  const connection = await instance.connect();
  await connection.run(`create table webhook as select * from read_json('${path}', format = 'newline_delimited')`);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

/** Bulk landing of an export, from file to canonical records, against DuckDB's own reader of the same file. */
export const landing: Bench = {
  name: 'landing',
  title: `Landing ${LINES.toLocaleString('en')} WhatsApp webhooks from a file, against read_json of DuckDB`,
  async run({ folder, say }) {
    const path = join(folder, 'whatsapp.ndjson');
    await writeWhatsAppFile(path, LINES);
    say(`${((await stat(path)).size / 1e6).toFixed(1)} MB`);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      reference.push(await secondsOf(() => readWithDuckDB(path, join(folder, `reference-${round}.duckdb`))));
      ours.push(await secondsOf(() => landFile(path, join(folder, `store-${round}.duckdb`))));
      say(`round ${round + 1}: ${ours.at(-1)!.toFixed(2)} s against ${reference.at(-1)!.toFixed(2)} s`);
    }
    return [
      { name: 'landing', value: median(ours), unit: 's' },
      { name: 'read_json', value: median(reference), unit: 's' },
      { name: 'landing / read_json', value: median(ours) / median(reference), unit: 'ratio', limit: 2 },
      { name: 'webhooks landed', value: LINES / median(ours), unit: 'per second' },
    ];
  },
};
