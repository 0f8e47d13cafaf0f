import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { AppendColumn } from '../data/append.ts';
import type { Session, Store } from '../data/store.ts';
import { readProgress, type StepEffects, type StepResult } from '../step.ts';
import { deliveryColumns, fromDeliveryRow, type DeliveryRow, type StoredDelivery } from './deliveries.ts';
import { deleteOfThreads } from './delete-threads.ts';
import { separateVariants } from './separate-variants.ts';
import { eraseDeleted } from './erase/erase.ts';
import { FoldedFacts } from './fold.ts';
import { mergeFolded } from './merge.ts';
import { parseUnits } from './parse.ts';
import { redactFacts } from './redact/facts.ts';
import { findConnector } from './registry.ts';
import { UnitTally } from './unit-tally.ts';

const BATCH_DELIVERIES = 2_000;
const FEW_DELIVERIES = 16;
const BATCH_BYTES = 8 * 1024 * 1024;
const EXCERPT_CHARACTERS = 2_000;
/** Parsing holds the thread for about this long at a time. */
const MOST_MILLISECONDS = 5;

/** What is kept of a delivery once its facts are folded. */
interface Parsed {
  readonly delivery: Omit<StoredDelivery, 'body'>;
  readonly version: number;
  readonly tally: UnitTally;
}

interface Batch {
  readonly parsed: readonly Parsed[];
  readonly facts: FoldedFacts;
}

/**
 * The step `parse`: every stored delivery that has not been parsed becomes facts, in the order of arrival. Facts,
 * outcomes and progress are committed together, so that a crash repeats a batch and never half of one.
 */
export async function land(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  let rows = 0;
  let next = parsePending(store, await readProgress(store, 'parse'), config);
  for (;;) {
    const batch = await next;
    const last = batch.parsed.at(-1);
    if (!last) return { step: 'parse', rows };
    // The next batch is parsed while DuckDB merges this one; its failure is met when it is its turn.
    next = parsePending(store, last.delivery.sequence, config);
    next.catch(() => undefined);
    rows += await landBatch(store, batch, config, effects, { isReplay: false });
  }
}

const parsePending = async (store: Store, done: number, config: Config): Promise<Batch> =>
  parseBatch(await readPending(store, done), config);

/** Parses given deliveries again, e.g. after a connector was mended; their earlier outcomes and rejects are replaced. */
export async function replay(
  store: Store,
  config: Config,
  filter: { source?: string; onlyRejected?: boolean },
  effects: StepEffects,
): Promise<{ deliveries: number; rows: number }> {
  const ids = await store.all<{ id: string }>(
    `select id from raw.delivery
     where ($source is null or source = $source)
       and octet_length(body) > 0
       and (not $only_rejected or id in (select delivery_id from ops.reject))
     order by sequence`,
    { source: filter.source ?? null, only_rejected: filter.onlyRejected ?? false },
  );
  let rows = 0;
  for (const { id } of ids) {
    const found = await store.all<DeliveryRow>(`select ${deliveryColumns} from raw.delivery where id = ?`, [id]);
    const batch = await parseBatch(found.map(fromDeliveryRow), config);
    rows += await landBatch(store, batch, config, effects, { isReplay: true });
  }
  return { deliveries: ids.length, rows };
}

/** The next deliveries by arrival, up to a number and a size, and always at least one. */
async function readPending(store: Store, done: number): Promise<StoredDelivery[]> {
  // Sizes are looked at for few deliveries beyond a batch: they are as costly to read as the bodies.
  for (let deliveries = FEW_DELIVERIES; ; deliveries = BATCH_DELIVERIES) {
    const next = await store.all<{ sequence: number; bytes: number }>(
      `select sequence, octet_length(body) as bytes
       from raw.delivery
       where sequence in (select sequence from raw.delivery where sequence > $done order by sequence limit $deliveries)
       order by sequence`,
      { done, deliveries },
    );
    const last = lastWithin(next, BATCH_BYTES);
    if (last === undefined) return [];
    if (last === next.at(-1)!.sequence && next.length === deliveries && deliveries < BATCH_DELIVERIES) continue;
    const rows = await store.all<DeliveryRow>(
      `select ${deliveryColumns} from raw.delivery where sequence > $done and sequence <= $last order by sequence`,
      { done, last },
    );
    return rows.map(fromDeliveryRow);
  }
}

/** The last delivery before which fewer than so many bytes stand. */
function lastWithin(next: readonly { sequence: number; bytes: number }[], most: number): number | undefined {
  let before = 0;
  let last: number | undefined;
  for (const { sequence, bytes } of next) {
    if (before >= most) break;
    last = sequence;
    before += bytes;
  }
  return last;
}

/** Parses and folds unit by unit, so that little stands in memory at a time, and lets requests in between. */
async function parseBatch(deliveries: readonly StoredDelivery[], config: Config): Promise<Batch> {
  const facts = new FoldedFacts();
  const parsed: Parsed[] = [];
  let started = performance.now();
  for (const delivery of deliveries) {
    const { body: _body, ...kept } = delivery;
    const tally = new UnitTally();
    for (const unit of parseUnits(delivery, config)) {
      tally.add(unit);
      if (unit.outcome.status === 'ok') facts.add(redactFacts(unit.outcome.facts, config));
      if (performance.now() - started < MOST_MILLISECONDS) continue;
      await setImmediate();
      started = performance.now();
    }
    parsed.push({ delivery: kept, version: findConnector(delivery.source, config)?.version ?? 0, tally });
  }
  return { parsed, facts };
}

function landBatch(
  store: Store,
  { parsed, facts }: Batch,
  config: Config,
  { now, logger }: StepEffects,
  { isReplay }: { isReplay: boolean },
): Promise<number> {
  return store.transaction(async (session) => {
    await separateVariants(session, facts);
    const changed = await mergeFolded(session, facts);
    if (isReplay) await forgetOutcomes(session, parsed);
    await writeOutcomes(session, parsed, now());
    const { sources, records } = landedOf(parsed, facts);
    const deleted = await deleteOfThreads(session);
    await eraseDeleted(session, { sources, records: [...records, ...deleted] }, config);
    if (!isReplay) await writeProgress(session, parsed.at(-1)!.delivery.sequence, now());
    logRejects(parsed, logger);
    logUnknown(parsed, logger);
    return changed;
  });
}

/** A transcript brings words of another source's messages, so that the sources are those of the records too. */
function landedOf(parsed: readonly Parsed[], { byKind }: FoldedFacts) {
  const facts = [...(byKind.get('utterance') ?? []), ...(byKind.get('survey') ?? [])].map(({ fact }) => fact);
  const sources = new Set(parsed.map(({ delivery }) => delivery.source));
  for (const { source } of facts) sources.add(source as string);
  const records = facts.map((fact) => ({
    id: fact.id as string,
    nativeId: fact.nativeId as string,
    hasWords: Boolean(fact.text ?? fact.textParts ?? fact.sourceText ?? fact.comment),
  }));
  return { sources: [...sources], records };
}

async function forgetOutcomes(session: Session, parsed: readonly Parsed[]): Promise<void> {
  for (const { delivery } of parsed)
    for (const table of ['ops.delivery_outcome', 'ops.unit_count', 'ops.reject'])
      await session.run(`delete from ${table} where delivery_id = ?`, [delivery.id]);
}

async function writeProgress(session: Session, sequence: number, now: Date): Promise<void> {
  await session.run('insert or replace into ops.progress values (?, ?, ?)', ['parse', sequence, now]);
}

const columns = (types: Record<string, AppendColumn['type']>): AppendColumn[] =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

const outcomeColumns = columns({
  delivery_id: 'uuid',
  sequence: 'bigint',
  source: 'varchar',
  connector_version: 'integer',
  units: 'integer',
  mapped: 'integer',
  dropped: 'integer',
  ignored: 'integer',
  unknown: 'integer',
  rejected: 'integer',
  received_at: 'timestamp',
  parsed_at: 'timestamp',
});

const countColumns = columns({
  delivery_id: 'uuid',
  source: 'varchar',
  native_kind: 'varchar',
  outcome: 'varchar',
  reason: 'varchar',
  units: 'integer',
});

const rejectColumns = columns({
  delivery_id: 'uuid',
  unit_index: 'integer',
  source: 'varchar',
  native_kind: 'varchar',
  reason: 'varchar',
  excerpt: 'varchar',
  rejected_at: 'timestamp',
});

async function writeOutcomes(session: Session, parsed: readonly Parsed[], now: Date): Promise<void> {
  await session.append(
    'ops.delivery_outcome',
    outcomeColumns,
    parsed.map((one) => outcomeRow(one, now)),
  );
  await session.append('ops.unit_count', countColumns, parsed.flatMap(countRows));
  await session.append(
    'ops.reject',
    rejectColumns,
    parsed.flatMap((one) => rejectRows(one, now)),
  );
}

function outcomeRow({ delivery, version, tally }: Parsed, now: Date): unknown[] {
  const outcomes = (['ok', 'drop', 'ignored', 'unknown', 'reject'] as const).map((status) => tally.total(status));
  const { id, sequence, source, receivedAt } = delivery;
  return [id, sequence, source, version, tally.total(), ...outcomes, receivedAt, now];
}

const countRows = ({ delivery, tally }: Parsed): unknown[][] =>
  tally.counts.map(({ nativeKind, status, reason, units }) => [
    delivery.id,
    delivery.source,
    nativeKind,
    status,
    reason,
    units,
  ]);

function rejectRows({ delivery, tally }: Parsed, now: Date): unknown[][] {
  return tally.rejected.flatMap(({ index, row, nativeKind, outcome, native }) =>
    outcome.status === 'reject'
      ? [[delivery.id, index, delivery.source, nativeKind, `row ${row}: ${outcome.reason}`, excerptOf(native), now]]
      : [],
  );
}

function excerptOf(native: unknown): string {
  if (native instanceof Uint8Array) return Buffer.from(native.subarray(0, EXCERPT_CHARACTERS)).toString('latin1');
  return (JSON.stringify(native) ?? '').slice(0, EXCERPT_CHARACTERS);
}

function logRejects(parsed: readonly Parsed[], logger: StepEffects['logger']): void {
  for (const { delivery, tally } of parsed) {
    const [first, ...rest] = tally.rejected;
    if (!first || first.outcome.status !== 'reject') continue;
    const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
    logger.warn(
      `${delivery.source}${delivery.name ? `, ${delivery.name}` : ''}, row ${first.row}: ${first.outcome.reason}${more}`,
    );
  }
}

/** Kinds that a connector does not know may be a table without a column that tells what it is: say so once per source. */
function logUnknown(parsed: readonly Parsed[], logger: StepEffects['logger']): void {
  const bySource = new Map<string, { units: number; kind: string }>();
  for (const { delivery, tally } of parsed)
    for (const { nativeKind, units } of tally.counts.filter(({ status }) => status === 'unknown')) {
      const known = bySource.get(delivery.source) ?? { units: 0, kind: nativeKind };
      known.units += units;
      bySource.set(delivery.source, known);
    }
  for (const [source, { units, kind }] of bySource)
    logger.warn(`${source}: ${units} units of a kind it does not know, such as "${kind}"; they are kept and counted`);
}
