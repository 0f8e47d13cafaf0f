import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector, Format } from '../../../ingest/connector.ts';
import { formatOf } from '../../../ingest/files.ts';
import { mapBytes, type Mapped } from './real-payloads.ts';

const read = (connector: Connector, name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, 'fixtures', connector.name, name));

/** Runs a hand-written fixture of a connector, as landing would; `name` is also the delivery's file name. */
export function mapFixture(connector: Connector, name: string, settings: unknown = {}): Mapped {
  const mapped = mapFile(connector, name, read(connector, name), settings);
  return { outcomes: mapped.flatMap(({ outcomes }) => outcomes), facts: mapped.flatMap(({ facts }) => facts) };
}

/** Runs the bytes of a file whose name tells the format. */
export function mapFile(connector: Connector, name: string, body: Uint8Array, settings: unknown = {}): Mapped[] {
  const format: Format = formatOf(name, connector, connector.name);
  return mapBytes(connector, body, format, { name, settings, via: 'file' });
}
