import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector, Delivery, Format, SplitContext } from '../../../ingest/connector.ts';
import { decode } from '../../../ingest/decode.ts';
import { FactSchema, type Fact, type FactKind, type FactOf } from '../../../ingest/records.ts';

/** Payloads that vendors really sent; they stand beside the checkout and are not part of it. */
const folder = join(import.meta.dirname, '../../../../shared/data/payloads');

/** Options for a test that needs the payloads of one channel: says why it is skipped where they are absent. */
export const withPayloads = (channel: string) => ({
  skip: existsSync(join(folder, channel)) ? false : `${join(folder, channel)} is absent`,
});

export const payloadNames = (channel: string): string[] =>
  existsSync(join(folder, channel)) ? readdirSync(join(folder, channel)).sort() : [];

export const readPayload = (channel: string, name: string): Uint8Array => readFileSync(join(folder, channel, name));

export const receivedAt = new Date('2026-10-01T08:00:00Z');

/** What a connector made of one document. */
export interface Mapped {
  readonly outcomes: { nativeKind: string; status: string; reason?: string }[];
  readonly facts: Fact[];
}

interface Given {
  settings?: unknown;
  name?: string;
  via?: Delivery['via'];
  headers?: Delivery['headers'];
}

/** Runs one document through a connector; every fact is checked against its schema. */
export function mapDocument(connector: Connector, document: unknown, given: Given = {}): Mapped {
  const { name, via = 'webhook', settings = {}, headers = {} } = given;
  const context: SplitContext = {
    source: connector.name,
    delivery: { id: 'd', source: connector.name, via, format: 'json', receivedAt, headers, ...(name && { name }) },
    settings: connector.settings.parse(settings),
  };
  const mapped: Mapped = { outcomes: [], facts: [] };
  for (const unit of connector.split(document, context)) {
    const outcome =
      unit.kind === 'unknown' || unit.kind === 'ignored' ? { status: unit.kind } : connector.map(unit, context);
    const reason = 'reason' in outcome ? { reason: outcome.reason } : {};
    mapped.outcomes.push({ nativeKind: unit.nativeKind, status: outcome.status, ...reason });
    if ('facts' in outcome) mapped.facts.push(...outcome.facts.map((fact) => FactSchema.parse(fact)));
  }
  return mapped;
}

/** Decodes bytes as landing does and runs each document. */
export function mapBytes(connector: Connector, body: Uint8Array, format: Format, given: Given = {}): Mapped[] {
  return [...decode({ format, body })].map((decoded) => {
    if ('error' in decoded) throw new Error(decoded.error);
    return mapDocument(connector, decoded.document, given);
  });
}

export const of = <K extends FactKind>(facts: readonly Fact[], kind: K): FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.fact === kind);

/** How often each outcome occurred, e.g. `{ ok: 3, ignored: 1 }`. */
export function countOutcomes(mapped: readonly Mapped[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of mapped.flatMap(({ outcomes }) => outcomes)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Nothing is left out in silence: every unit that is dropped or refused says why. */
export function assertReasons(mapped: readonly Mapped[]): void {
  for (const { nativeKind, status, reason } of mapped.flatMap(({ outcomes }) => outcomes))
    if (status === 'drop' || status === 'reject') assert.ok((reason ?? '').length > 10, `${nativeKind}: ${reason}`);
}
