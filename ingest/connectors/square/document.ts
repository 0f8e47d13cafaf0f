import { SourceError } from '../../../errors.ts';
import type { Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

const LISTS = {
  orders: 'order',
  payments: 'payment',
  refunds: 'refund',
  customers: 'customer',
  bookings: 'booking',
} as const;
/** What the shop has and does on its own: its goods, branches, tills and people. */
const OWN =
  /^(catalog|inventory|location|merchant|team_member|labor|shift|timecard|job|device|payout|bank_account|vendor|oauth|terminal|cash_drawer|online_checkout|transfer_order|checkout|object|related_object|timezone|counts$|changes$)|\.custom_attribute/;

/** What goes around a purchase, and is no contact of its own. */
const BESIDE = /^(bookings?|disputes?|invoices?|loyalty|gift_card|subscriptions?|cards?|order_entries)(?![a-z])/;

/** Records alone, as tables have them, each told by fields that only it has. */
const ALONE: readonly [string, readonly string[]][] = [
  ['order', ['location_id', 'line_items']],
  ['order', ['location_id', 'tenders']],
  ['payment', ['amount_money', 'source_type']],
  ['refund', ['amount_money', 'payment_id']],
  ['customer', ['creation_source', 'created_at']],
  ['booking', ['location_id', 'appointment_segments']],
];

/** An answer of the API (one resource or a list), a webhook with the resource in `data.object`, or a list of webhooks. */
export function* splitSquare(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or an answer of the Square API');
  if (Array.isArray(document.events)) {
    for (const event of objectsOf(document.events)) yield* splitSquare(event);
    return;
  }
  const holder = isLoose(document.data) ? objectOf(document.data.object) : document;
  let isKnown = false;
  for (const [list, name] of Object.entries(LISTS)) {
    isKnown ||= list in holder;
    for (const native of [...objectsOf(holder[list]), ...objectsOf([holder[name]])]) {
      isKnown = true;
      yield unitOf(name, name === 'customer' ? asOf(native, document) : native);
    }
  }
  const notice = Object.keys(holder).find((key) => key.startsWith('order_') && isLoose(holder[key]));
  const alone = ALONE.find(([, names]) => names.every((name) => name in document))?.[0];
  if (notice) yield unitOf('order notice', objectOf(holder[notice]));
  else if (!isKnown && alone) yield unitOf(alone, document);
  else if (!isKnown) yield unitBeside(document);
}

const UNIT_KINDS = tableOf<Unit['kind']>({ customer: 'profile', booking: 'message' });

const unitOf = (nativeKind: string, native: Loose): Unit<Loose> => ({
  kind: UNIT_KINDS[nativeKind] ?? 'event',
  nativeKind,
  native,
});

function unitBeside(document: Loose): Unit<Loose> {
  if (Array.isArray(document.errors))
    throw new SourceError('invalid document; expected orders or payments, and this is an error of the API');
  const type = textOf(document.type);
  if (BESIDE.test(type ?? Object.keys(document)[0] ?? '')) return unitOf(type ?? 'object', document);
  return { kind: isOwn(document) ? 'ignored' : 'unknown', nativeKind: type ?? 'object', native: document };
}

/** A webhook names its type; an answer has what was asked for under its name, and is empty where there is none. */
const isOwn = (document: Loose): boolean => {
  const type = textOf(document.type);
  if (type !== undefined) return OWN.test(type) || `${type.toLowerCase()}_data` in document;
  return 'timezone' in document || Object.keys(document).every(isOwnName);
};

const isOwnName = (name: string): boolean => OWN.test(name) || name === 'cursor';

/** A customer as a webhook leaves it: deleted, or merged into another. */
function asOf(customer: Loose, { data, created_at }: Loose): Loose {
  const merge = objectOf(objectOf(objectOf(objectOf(data).object).event_context).merge);
  const former = Array.isArray(merge.from_customer_ids) ? merge.from_customer_ids : [];
  const isMerged = former.includes(customer.id);
  return {
    ...customer,
    ...(objectOf(data).deleted === true && { isDeleted: true, updated_at: created_at ?? customer.updated_at }),
    ...(isMerged && { mergedInto: merge.to_customer_id }),
  };
}
