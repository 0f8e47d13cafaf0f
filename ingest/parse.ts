import type { Config } from '../config.ts';
import { errorMessage } from '../errors.ts';
import type { Connector, Delivery, Outcome, SplitContext, Unit } from './connector.ts';
import { decode } from './decode.ts';
import { takeLeftOut } from './formats/value.ts';
import { contextFor, findConnector } from './registry.ts';

/** Kinds and reasons are counted by their text, and may quote what was sent: neither grows with it. */
const MOST_KIND_CHARACTERS = 100;
const MOST_REASON_CHARACTERS = 300;
const STRAY = 'invalid record: a bare value in a list of records; expected an object';

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
 * Turns one delivery into units with outcomes, one after the other. Pure, and never throws: what cannot be read is one
 * rejected unit that says why.
 */
export function* parseUnits(delivery: Delivery, config: Config): Generator<ParsedUnit> {
  const connector = findConnector(delivery.source, config);
  if (connector) yield* parseAs(delivery, connector, contextFor(delivery, connector, config));
  else yield rejected(0, 1, 'delivery', `unknown source: ${delivery.source}`, null);
}

/** As `parseUnits`, with a connector that need not be known. */
export function* parseAs(delivery: Delivery, connector: Connector, context: SplitContext): Generator<ParsedUnit> {
  let index = 0;
  try {
    for (const decoded of decode(delivery)) {
      if ('error' in decoded) yield rejected(index++, decoded.row, 'document', decoded.error, null);
      else
        for (const unit of parseDocument(decoded.document, decoded.row, index, connector, context)) {
          index++;
          yield unit;
        }
    }
  } catch (error) {
    yield rejected(index, 1, 'delivery', errorMessage(error), null);
  }
}

/** All units of one delivery. */
export const parseDelivery = (delivery: Delivery, config: Config): ParsedUnit[] => [...parseUnits(delivery, config)];

function* parseDocument(
  document: unknown,
  row: number,
  first: number,
  connector: Connector,
  context: SplitContext,
): Generator<ParsedUnit> {
  let index = first;
  let strays = 0;
  takeLeftOut();
  try {
    for (const unit of connector.split(document, context)) {
      strays += takeLeftOut();
      yield parseUnit(unit, index++, row, connector, context);
      // What mapping and the caller left out is of no unit.
      takeLeftOut();
    }
  } catch (error) {
    yield rejected(index++, row, 'document', errorMessage(error), document);
  }
  for (strays += takeLeftOut(); strays > 0; strays--) yield rejected(index++, row, 'stray value', STRAY, null);
  if (index === first) yield unitless(document, index, row);
}

/** A document of which the connector makes no unit is counted too: an empty batch as ignored, anything else as unknown. */
function unitless(document: unknown, index: number, row: number): ParsedUnit {
  const status = isEmptyBatch(document) ? 'ignored' : 'unknown';
  const nativeKind = status === 'ignored' ? 'empty batch' : 'document without units';
  return { index, row, kind: status, nativeKind, native: document, outcome: { status } };
}

/** Nothing in it, or a page whose lists are all empty. */
function isEmptyBatch(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return document === null || document === '';
  const values = Object.values(document);
  const lists = Array.isArray(document) ? [document] : values.filter(Array.isArray);
  return values.length === 0 || (lists.length > 0 && lists.every((list) => list.length === 0));
}

function parseUnit(unit: Unit, index: number, row: number, connector: Connector, context: SplitContext): ParsedUnit {
  const { kind, nativeKind, native } = unit;
  const outcome = outcomeOf(unit, connector, context);
  return { index, row, kind, nativeKind: nativeKind.slice(0, MOST_KIND_CHARACTERS), native, outcome };
}

function outcomeOf(unit: Unit, connector: Connector, context: SplitContext): ParsedUnit['outcome'] {
  if (unit.kind === 'ignored' || unit.kind === 'unknown') return { status: unit.kind };
  try {
    return withShortReason(connector.map(unit, context));
  } catch (error) {
    return withShortReason({ status: 'reject', reason: `could not be mapped: ${errorMessage(error)}` });
  }
}

const withShortReason = (outcome: Outcome): Outcome =>
  outcome.status === 'ok' || outcome.reason.length <= MOST_REASON_CHARACTERS
    ? outcome
    : { ...outcome, reason: outcome.reason.slice(0, MOST_REASON_CHARACTERS) };

const rejected = (index: number, row: number, nativeKind: string, reason: string, native: unknown): ParsedUnit => ({
  index,
  row,
  kind: 'unknown',
  nativeKind,
  native,
  outcome: { status: 'reject', reason: reason.slice(0, MOST_REASON_CHARACTERS) },
});
