import type { Connector, Delivery, Unit } from '../../ingest/connector.ts';
import { decode } from '../../ingest/decode.ts';
import { parseAs } from '../../ingest/parse.ts';
import { FactSchema, type Fact } from '../../ingest/records.ts';
import { UnitTally } from '../../ingest/unit-tally.ts';
import { isCrosstalkError } from '../../errors.ts';
import { contextOf } from '../ingest/contract.ts';

/** What one delivery came to: how many units had which outcome, the facts, and every breach of the contract. */
export interface Checked {
  readonly tally: UnitTally;
  readonly facts: Fact[];
  readonly faults: string[];
}

const EARLIEST = Date.UTC(1900, 0);
const LATEST = Date.UTC(2200, 0);
const MOST_KIND_CHARACTERS = 200;

/**
 * Holds one delivery against the contract: nothing is thrown but a SourceError by `split`; every document that was sent
 * gives at least one unit, and every unit one outcome; refusals say why; every fact is of the canonical schema, with times
 * that a conversation can have; and nothing that was sent reaches the prototypes.
 */
export function checkDelivery(delivery: Delivery, connector: Connector): Checked {
  const context = contextOf(connector, delivery);
  const checked: Checked = { tally: new UnitTally(), facts: [], faults: [] };
  for (const unit of parseAs(delivery, connector, context)) {
    checked.tally.add(unit);
    const { outcome } = unit;
    if (unit.nativeKind.length > MOST_KIND_CHARACTERS) checked.faults.push('a native kind as long as a text');
    if ('reason' in outcome && !isReason(outcome.reason)) checked.faults.push('refused without a reason');
    if (outcome.status === 'ok')
      for (const fact of outcome.facts) {
        checked.facts.push(fact);
        checked.faults.push(...faultsOf(fact));
      }
  }
  checked.faults.push(...thrownBy(delivery, connector), ...lostBy(delivery, checked.tally));
  if ('polluted' in {}) checked.faults.push('the prototype of objects was changed');
  return checked;
}

/** The types say so, and what a vendor sent may stand there all the same. */
const isReason = (reason: unknown): boolean => typeof reason === 'string' && reason.trim().length > 3;

function faultsOf(fact: Fact): string[] {
  const parsed = FactSchema.safeParse(fact);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return [`not a canonical ${fact.fact}: ${issue?.path.join('.')} ${issue?.message}`];
  }
  return Object.entries(fact).flatMap(([name, value]) =>
    value instanceof Date && (value.getTime() < EARLIEST || value.getTime() > LATEST)
      ? [`a ${fact.fact} with ${name} outside the years 1900 to 2200`]
      : [],
  );
}

/** Landing turns whatever is thrown into a refusal; here only what the contract allows may be thrown. */
function thrownBy(delivery: Delivery, connector: Connector): string[] {
  const context = contextOf(connector, delivery);
  const faults: string[] = [];
  try {
    for (const decoded of decode(delivery))
      if ('document' in decoded)
        for (const unit of connector.split(decoded.document, context))
          faults.push(...thrownByMap(unit, connector, context));
  } catch (error) {
    if (!isRefusal(error)) faults.push(`split threw ${described(error)}`);
  }
  return faults;
}

/** An error that a connector threw on purpose; the engine throws others. */
const isRefusal = (error: unknown): boolean => isCrosstalkError(error) || (error as Error).name === 'Error';

function thrownByMap(unit: Unit, connector: Connector, context: ReturnType<typeof contextOf>): string[] {
  if (unit.kind === 'ignored' || unit.kind === 'unknown') return [];
  try {
    connector.map(unit, context);
    return [];
  } catch (error) {
    return [`map threw ${described(error)}`];
  }
}

const described = (error: unknown): string => {
  const { name, message, stack = '' } = error as Error;
  const place = stack.split('\n').find((line) => line.includes('/ingest/'));
  return `${name}: ${message.slice(0, 120)}${place ? ` at ${place.replace(/^.*\/ingest\//, 'ingest/').replace(/\)$/, '')}` : ''}`;
};

/** A document that was sent and of which nothing is counted, not even that it was refused. */
function lostBy(delivery: Delivery, tally: UnitTally): string[] {
  if (tally.total() > 0) return [];
  try {
    return [...decode(delivery)].length > 0 ? ['a document gave no unit at all'] : [];
  } catch {
    return ['bytes that cannot be read gave no unit'];
  }
}
