import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../../../ingest/connector.ts';
import { createDelivery } from '../../../ingest/deliveries.ts';
import { formatOf } from '../../../ingest/files.ts';
import { connectorOf } from '../../../ingest/mapping/connector.ts';
import { parseMapping } from '../../../ingest/mapping/file.ts';
import { mapBytes, type Mapped } from '../connectors/real-payloads.ts';
import type { Sample } from '../contract.ts';

export const examplePath = join(import.meta.dirname, '../../../docs/examples/parcel-desk.yaml');
export const samplePath = join(import.meta.dirname, '../../../docs/examples/parcel-desk.json');
export const exampleText = readFileSync(examplePath, 'utf8');
export const example = connectorOf(parseMapping(exampleText, 'parcel-desk.yaml'));

export const fixtureFolder = join(import.meta.dirname, 'fixtures/parcel-desk');

/** What the example's source might send, as `fixturesOf` gives it for a built-in one. */
export const exampleSamples = (): Sample[] =>
  readdirSync(fixtureFolder)
    .sort()
    .map((name) => ({
      name,
      delivery: createDelivery({
        source: example.name,
        via: 'webhook',
        format: formatOf(name, example, example.name),
        receivedAt: new Date('2026-03-02T09:10:00Z'),
        headers: {},
        body: readFileSync(join(fixtureFolder, name)),
      }),
    }));

/** A connector from the lines of a mapping; what every mapping needs is added. */
export const mapped = (lines: string): Connector =>
  connectorOf(parseMapping(`name: desk\ntitle: Desk\nchannel: chat\naccepts: [json, csv]\n${lines}`, 'desk.yaml'));

/** Runs one document through a mapping. */
export const run = (lines: string, document: unknown): Mapped =>
  mapBytes(mapped(lines), new TextEncoder().encode(JSON.stringify(document)), 'json')[0]!;
