import type { Config } from '../config.ts';
import { errorMessage } from '../errors.ts';
import type { Connector, Delivery, Outcome, SplitContext, Unit } from './connector.ts';
import { decode } from './decode.ts';
import type { Fact } from './records.ts';
import { contextFor, findConnector } from './registry.ts';

/** What became of one unit. `row` is the document's row in its delivery; `index` the unit's place in the delivery. */
export interface ParsedUnit {
  readonly index: number;
  readonly row: number;
  readonly kind: string;
  readonly nativeKind: string;
  readonly outcome: Outcome | { status: 'ignored' } | { status: 'unknown' };
  readonly native: unknown;
}

/**
 * Turns one delivery into units with outcomes. Pure, and never throws: what cannot be read is one rejected unit that
 * says why.
 */
export function parseDelivery(delivery: Delivery, config: Config): ParsedUnit[] {
  const connector = findConnector(delivery.source, config);
  if (!connector) return [rejected(0, 1, 'delivery', `unknown source: ${delivery.source}`, null)];
  const context = contextFor(delivery, connector, config);
  const units: ParsedUnit[] = [];
  try {
    for (const decoded of decode(delivery)) {
      if ('error' in decoded) units.push(rejected(units.length, decoded.row, 'document', decoded.error, null));
      else parseDocument(decoded.document, decoded.row, connector, context, units);
    }
  } catch (error) {
    units.push(rejected(units.length, 1, 'delivery', errorMessage(error), null));
  }
  return units;
}

function parseDocument(
  document: unknown,
  row: number,
  connector: Connector,
  context: SplitContext,
  units: ParsedUnit[],
): void {
  try {
    for (const unit of connector.split(document, context))
      units.push(parseUnit(unit, units.length, row, connector, context));
  } catch (error) {
    units.push(rejected(units.length, row, 'document', errorMessage(error), document));
  }
}

function parseUnit(unit: Unit, index: number, row: number, connector: Connector, context: SplitContext): ParsedUnit {
  const { kind, nativeKind, native } = unit;
  return { index, row, kind, nativeKind, native, outcome: outcomeOf(unit, connector, context) };
}

function outcomeOf(unit: Unit, connector: Connector, context: SplitContext): ParsedUnit['outcome'] {
  if (unit.kind === 'ignored' || unit.kind === 'unknown') return { status: unit.kind };
  try {
    return connector.map(unit, context);
  } catch (error) {
    return { status: 'reject', reason: `could not be mapped: ${errorMessage(error)}` };
  }
}

const rejected = (index: number, row: number, nativeKind: string, reason: string, native: unknown): ParsedUnit => ({
  index,
  row,
  kind: 'unknown',
  nativeKind,
  native,
  outcome: { status: 'reject', reason },
});

export const factsOf = (units: readonly ParsedUnit[]): Fact[] =>
  units.flatMap(({ outcome }) => (outcome.status === 'ok' ? outcome.facts : []));
