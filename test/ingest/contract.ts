import assert from 'node:assert/strict';
import { Store } from '../../data/store.ts';
import type { Connector, Delivery, SplitContext, Unit } from '../../ingest/connector.ts';
import { decode } from '../../ingest/decode.ts';
import { mergeFacts } from '../../ingest/merge.ts';
import { mergeTables } from '../../ingest/merge-rules.ts';
import { FactSchema, type Fact } from '../../ingest/records.ts';

/**
 * What every connector must hold, as checks that take the connector and deliveries of its source. Each throws an
 * AssertionError that names the rule; contract-broken.test.ts proves each with a connector that breaks it.
 */

export interface Sample {
  readonly name: string;
  readonly delivery: Delivery;
}

export function contextOf(connector: Connector, delivery: Delivery): SplitContext {
  const { body: _, ...rest } = delivery;
  return { source: delivery.source, delivery: rest, settings: connector.settings.parse({}) };
}

export function unitsOf(connector: Connector, { name, delivery }: Sample): { unit: Unit; context: SplitContext }[] {
  const context = contextOf(connector, delivery);
  const units: { unit: Unit; context: SplitContext }[] = [];
  for (const decoded of decode(delivery)) {
    assert.ok('document' in decoded, `${name}: a fixture must be readable`);
    for (const unit of connector.split(decoded.document, context)) units.push({ unit, context });
  }
  return units;
}

/** Facts of all units that map; documents that `split` refuses give none. */
export function factsOfSample(connector: Connector, sample: Sample): Fact[] {
  return outcomesOf(connector, sample).flatMap(({ outcome }) => (outcome.status === 'ok' ? outcome.facts : []));
}

function outcomesOf(connector: Connector, sample: Sample) {
  let units: ReturnType<typeof unitsOf>;
  try {
    units = unitsOf(connector, sample);
  } catch (error) {
    return [{ kind: 'unknown', outcome: { status: 'reject' as const, reason: (error as Error).message } }];
  }
  return units.map(({ unit, context }) =>
    unit.kind === 'unknown' || unit.kind === 'ignored'
      ? { kind: unit.kind, outcome: { status: unit.kind } }
      : { kind: unit.kind, outcome: connector.map(unit, context) },
  );
}

/** Rule 1: every unit maps to facts that are of the canonical schema, or is dropped or rejected with a reason. */
export function checkMapsOrRefuses(connector: Connector, samples: readonly Sample[]): void {
  for (const sample of samples) {
    for (const { outcome } of outcomesOf(connector, sample)) {
      if (outcome.status === 'drop' || outcome.status === 'reject')
        assert.ok(
          'reason' in outcome && outcome.reason.trim().length > 3,
          `${sample.name}: a refused unit needs a reason`,
        );
      if (outcome.status === 'ok') outcome.facts.forEach((fact) => checkFact(sample.name, fact));
    }
  }
}

function checkFact(name: string, fact: Fact): void {
  const parsed = FactSchema.safeParse(fact);
  assert.ok(parsed.success, `${name}: not a canonical fact: ${JSON.stringify(fact)} ${parsed.error?.message ?? ''}`);
}

/** Rule 2: `split` and `map` are pure: the same delivery gives the same facts, and nothing given is changed. */
export function checkPure(connector: Connector, samples: readonly Sample[]): void {
  for (const sample of samples) {
    const first = outcomesOf(connector, sample);
    assert.deepEqual(outcomesOf(connector, sample), first, `${sample.name}: split and map must be pure`);
    const units = tryUnits(connector, sample);
    const before = structuredClone(units.map(({ unit }) => unit));
    for (const { unit, context } of units)
      if (unit.kind !== 'unknown' && unit.kind !== 'ignored') connector.map(unit, context);
    assert.deepEqual(
      units.map(({ unit }) => unit),
      before,
      `${sample.name}: map must not change its unit`,
    );
  }
}

function tryUnits(connector: Connector, sample: Sample): ReturnType<typeof unitsOf> {
  try {
    return unitsOf(connector, sample);
  } catch {
    return [];
  }
}

/** Rule 3: a record that is delivered twice is the same record, also when it was received at another time. */
export async function checkTwiceIsOnce(connector: Connector, samples: readonly Sample[]): Promise<void> {
  const once = await stateAfter(samples.map((sample) => factsOfSample(connector, sample)));
  const twice = await stateAfter([...samples, ...samples].map((sample) => factsOfSample(connector, sample)));
  assert.deepEqual(twice, once, 'delivered twice must be the same as delivered once');
  for (const sample of samples) {
    const later = {
      ...sample,
      delivery: { ...sample.delivery, receivedAt: new Date(sample.delivery.receivedAt.getTime() + 3_600_000) },
    };
    assert.deepEqual(
      idsOf(connector, later),
      idsOf(connector, sample),
      `${sample.name}: ids must not depend on the time of receipt`,
    );
  }
}

/** Ids of records; receipts carry their time in their id and are left out where the time is that of receipt. */
const idsOf = (connector: Connector, sample: Sample): string[] =>
  factsOfSample(connector, sample)
    .flatMap((fact) =>
      'id' in fact && !('timePrecision' in fact && fact.timePrecision === 'receipt' && fact.fact === 'event')
        ? [fact.id]
        : [],
    )
    .sort();

/** Rule 4: any order of deliveries, and of facts, gives the same state. */
export async function checkAnyOrder(connector: Connector, samples: readonly Sample[]): Promise<void> {
  const batches = samples.map((sample) => factsOfSample(connector, sample));
  const expected = await stateAfter(batches);
  assert.deepEqual(await stateAfter(batches.toReversed()), expected, 'reversed deliveries must give the same state');
  const facts = batches.flat();
  const shuffled = facts.map((fact, index) => ({ fact, key: (index * 7919) % 104_729 })).sort((a, b) => a.key - b.key);
  const slices = [0, 1, 2].map((slice) => shuffled.filter((_, index) => index % 3 === slice).map(({ fact }) => fact));
  assert.deepEqual(await stateAfter(slices), expected, 'shuffled facts must give the same state');
}

/** Rule 5: a unit of a kind the connector does not know is kept and counted as unknown, not refused and not dropped. */
export function checkKeepsUnknown(connector: Connector, unknown: Sample): void {
  const statuses = outcomesOf(connector, unknown).map(({ outcome }) => outcome.status);
  assert.ok(
    statuses.includes('unknown'),
    `${unknown.name}: an unknown kind must be kept as unknown, not ${statuses.join(', ') || 'lost'}`,
  );
}

/** Rule 6: edits replace the text and deletes erase it, whichever comes first. */
export async function checkEditsAndDeletes(connector: Connector, samples: readonly Sample[]): Promise<void> {
  const batches: Fact[][] = [];
  for (const sample of samples) {
    for (const { unit, context } of tryUnits(connector, sample)) {
      if (unit.kind === 'ignored' || unit.kind === 'unknown') continue;
      const outcome = connector.map(unit, context);
      if (outcome.status !== 'ok') continue;
      if (unit.kind === 'delete')
        assert.ok(outcome.facts.some(isTombstone), `${sample.name}: a delete must give a tombstone`);
      if (unit.kind === 'edit')
        assert.ok(outcome.facts.some(hasNewText), `${sample.name}: an edit must carry the new text`);
      batches.push(outcome.facts);
    }
  }
  for (const order of [batches, batches.toReversed()]) await checkErased(order);
}

const isTombstone = (fact: Fact): boolean =>
  (fact.fact === 'utterance' || fact.fact === 'survey' || fact.fact === 'thread') && fact.deletedAt !== undefined;
const hasNewText = (fact: Fact): boolean => fact.fact === 'utterance' && fact.text !== undefined;

async function checkErased(batches: Fact[][]): Promise<void> {
  const store = await landed(batches);
  const left = await store.all(
    'select native_id from core.utterance where deleted_at is not null and (text is not null or source_text is not null or media is not null)',
  );
  await store.close();
  assert.deepEqual(left, [], 'deleted words must be gone');
}

async function landed(batches: readonly Fact[][]): Promise<Store> {
  const store = await Store.open();
  for (const facts of batches) await store.transaction((session) => mergeFacts(session, facts));
  return store;
}

/** All core tables after landing the batches, without revisions, in a fixed order. */
export async function stateAfter(batches: readonly Fact[][]): Promise<Record<string, unknown[]>> {
  const store = await landed(batches);
  const state: Record<string, unknown[]> = {};
  for (const { table } of Object.values(mergeTables))
    state[table] = await store.all(`select * exclude (revision) from ${table} order by all`);
  await store.close();
  return state;
}
