import { DateTime } from 'luxon';
import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { fromLocal, TimeZone } from '../formats/local-time.ts';
import { addSale } from '../formats/sale.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, textOf, type Loose } from '../formats/value.ts';

const columnNames = [
  'receipt',
  'time',
  'total',
  'currency',
  'location',
  'item',
  'quantity',
  'cashier',
  'customer',
  'email',
  'phone',
  'loyalty',
  'comment',
] as const;

const Settings = z.strictObject({
  /** The file's own name of each column, where it is another one. `receipt` and `time` are needed. */
  columns: z.partialRecord(z.enum(columnNames), z.string()).default({}),
  timeZone: TimeZone,
  /** Where times are no ISO 8601: their form as Luxon writes it, e.g. `dd.MM.yyyy HH:mm`. */
  timeFormat: z.string().optional(),
  /** Of totals without a currency column. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  decimalComma: z.boolean().default(false),
});
type Settings = z.infer<typeof Settings>;

/** One row of a till's export: a receipt, or one item of a receipt (rows of one receipt repeat its total). */
function* split(row: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  if (!isLoose(row)) throw new SourceError('invalid row; expected a row of CSV with a header');
  const native = Object.fromEntries(columnNames.map((name) => [name, row[settings.columns[name] ?? name]]));
  const isSale = 'receipt' in row || (settings.columns.receipt ?? '') in row;
  yield {
    kind: isSale ? 'event' : 'unknown',
    nativeKind: isSale ? 'sale' : `row with ${Object.keys(row).join(', ')}`.slice(0, 120),
    native: isSale ? native : row,
  };
}

function timeOf(value: unknown, { timeFormat, timeZone }: Settings): { at: Date; isZoneKnown: boolean } | undefined {
  const stated = fromIso(value);
  if (stated) return { at: stated, isZoneKnown: true };
  const parsed =
    timeFormat === undefined
      ? undefined
      : DateTime.fromFormat(textOf(value) ?? '', timeFormat, { zone: timeZone ?? 'UTC' });
  const at = parsed ? (parsed.isValid ? parsed.toJSDate() : undefined) : fromLocal(value, timeZone);
  return at && { at, isZoneKnown: timeZone !== undefined };
}

/**
 * `1.234,50` with a decimal comma, `1,234.50` without: thousands have three digits, so that two at the end are decimals
 * whatever the settings say. A void or return is negative, also as `(12.00)` or `12.00-`.
 */
function amountOf(value: unknown, decimalComma: boolean): number | undefined {
  const text = textOf(value)?.replace(/[^\d.,()-]/g, '');
  if (!text || !/\d/.test(text)) return undefined;
  const [, mark] = /([.,])\d{1,2}\D*$/.exec(text) ?? [];
  const isComma = mark === undefined ? decimalComma : mark === ',';
  const digits = isComma ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  const amount = Number(digits.replace(/[()-]/g, ''));
  return Number.isFinite(amount) ? (/[(-]/.test(digits) ? -amount : amount) : undefined;
}

function map({ native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const { settings } = context;
  const nativeId = textOf(native.receipt);
  const time = timeOf(native.time, settings);
  if (!nativeId) return reject('missing receipt of the row');
  if (!time)
    return reject(`invalid time: ${textOf(native.time)}; expected ISO 8601, or the timeFormat of the settings`);
  const [amount, currency] = [
    amountOf(native.total, settings.decimalComma),
    textOf(native.currency) ?? settings.currency,
  ];
  const facts = new FactList(context, time.at.getTime());
  const [cashier, item, display] = [textOf(native.cashier), textOf(native.item), textOf(native.customer)];
  const account = textOf(native.location);
  // Tills of several branches count their receipts each from one.
  const threadId = addSale(facts, {
    nativeId: account ? `${account}/${nativeId}` : nativeId,
    channel: 'store',
    at: time.at,
    endedAt: time.at,
    status: 'closed',
    isZoneKnown: time.isZoneKnown,
    account,
    items: item ? [`${textOf(native.quantity) ?? '1'} × ${item}`] : [],
    total: amount === undefined || !currency ? undefined : { amount, currency },
    customer: [
      { type: 'loyalty_id', value: textOf(native.loyalty), display },
      { type: 'email', value: textOf(native.email), display },
      { type: 'phone', value: textOf(native.phone), display },
    ],
    agentId: cashier && facts.agent({ nativeId: cashier, name: cashier }),
  });
  const text = textOf(native.comment);
  if (text)
    facts.utterance({
      threadId,
      nativeId: `${account ?? ''}/${nativeId}`,
      role: 'customer',
      text,
      occurredAt: time.at,
      timePrecision: 'second',
      isZoneKnown: time.isZoneKnown,
    });
  return ok(facts.facts);
}

export const posCsv = defineConnector<Loose, Settings>({
  name: 'pos-csv',
  title: 'Till receipts (CSV)',
  version: 1,
  channels: ['store'],
  docs: [],
  formats: ['csv', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: '(location, receipt)',
  split,
  map,
});
