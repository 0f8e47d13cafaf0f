import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList, type HandleInput } from '../fact-list.ts';
import { consentOf, externalIds } from '../formats/crm.ts';
import { fullName } from '../formats/helpdesk.ts';
import { addSale, fromMinorUnits } from '../formats/sale.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../formats/value.ts';

const LISTS = { orders: 'order', payments: 'payment', refunds: 'refund', customers: 'customer' } as const;
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
];

/** An answer of the API (one resource or a list), a webhook with the resource in `data.object`, or a list of webhooks. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or an answer of the Square API');
  if (Array.isArray(document.events)) {
    for (const event of objectsOf(document.events)) yield* split(event);
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

const unitOf = (nativeKind: string, native: Loose): Unit<Loose> => ({
  kind: nativeKind === 'customer' ? 'profile' : 'event',
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

function map(unit: Unit<Loose>, context: SplitContext): Outcome {
  if (unit.nativeKind === 'order') return mapOrder(unit.native, context);
  if (unit.nativeKind === 'payment') return mapPayment(unit.native, context);
  if (unit.nativeKind === 'customer') return mapCustomer(unit.native, context);
  if (unit.nativeKind === 'refund') return drop('a refund names a payment; what was given back stands in the order');
  if (unit.nativeKind === 'order notice') return drop('a notice names an order; what was bought stands in the order');
  return drop('what goes around a purchase (an invoice, a booking, a dispute, a card) is no contact of its own');
}

/** The card names its holder where no customer is known: the same card is the same person, or family. */
const payerOf = (source: Loose): HandleInput[] => {
  const fingerprint = textOf(objectOf(objectOf(source.card_details).card).fingerprint);
  return [
    { type: 'crm_id', value: textOf(source.customer_id) },
    { type: 'email', value: textOf(source.buyer_email_address) },
    { type: 'phone', value: textOf(source.buyer_phone_number) },
    { type: 'device', value: fingerprint && `card:${fingerprint}` },
  ];
};

const statuses = tableOf<'closed' | 'failed'>({ COMPLETED: 'closed', CANCELED: 'failed' });

function mapOrder(order: Loose, context: SplitContext): Outcome {
  const [nativeId, at] = [textOf(order.id), fromIso(order.created_at)];
  if (!nativeId || !at) return reject('missing id or created_at of the order');
  const items = objectsOf(order.line_items);
  const returns = objectsOf(order.returns).flatMap(({ return_line_items }) => objectsOf(return_line_items));
  const state = textOf(order.state) ?? 'OPEN';
  if (state === 'DRAFT') return drop('a draft is nothing bought until it is an order');
  if (items.length === 0 && returns.length === 0 && !Array.isArray(order.tenders))
    return drop('an order without items or payments is nothing bought yet');
  const status = statuses[state] ?? ('open' as const);
  const total = objectOf(objectOf(order.net_amounts).total_money ?? order.total_money);
  const changedAt = fromIso(order.updated_at) ?? at;
  const facts = new FactList(context, changedAt.getTime());
  const threadId = addSale(facts, {
    nativeId,
    // What is bought on the seller's site comes with the orders of the till, and may be finished there.
    channel: /^square online/i.test(textOf(objectOf(order.creation_source ?? order.source).name) ?? '')
      ? 'portal'
      : 'store',
    at,
    status,
    endedAt: status === 'open' ? undefined : (fromIso(order.closed_at) ?? changedAt),
    account: textOf(order.location_id),
    items: items.map(
      ({ quantity, name, variation_name }) =>
        `${textOf(quantity) ?? 1} × ${textOf(name) ?? textOf(variation_name) ?? 'custom amount'}`,
    ),
    total: fromMinorUnits(numberOf(total.amount), textOf(total.currency)),
    customer: [{ type: 'crm_id', value: textOf(order.customer_id) }, ...objectsOf(order.tenders).flatMap(payerOf)],
  });
  for (const refund of objectsOf(order.refunds)) addRefund(facts, threadId, refund);
  return ok(facts.facts);
}

/** Money that was asked back and not given, or not yet, is no refund. */
function addRefund(facts: FactList, threadId: string, refund: Loose): void {
  const [nativeId, occurredAt] = [textOf(refund.id), fromIso(refund.created_at)];
  if (!occurredAt || /^(PENDING|REJECTED|FAILED)$/.test(textOf(refund.status) ?? '')) return;
  facts.event({
    threadId,
    kind: 'status_changed',
    value: 'refunded',
    occurredAt,
    timePrecision: 'second',
    ...(nativeId && { nativeId }),
  });
}

/** Products that take payments on a site. */
const ONLINE = new Set(['ONLINE_STORE', 'ECOMMERCE_API']);

/** A payment tells that an order was a visit, and who paid for it; without an order it is the visit itself. */
function mapPayment(payment: Loose, context: SplitContext): Outcome {
  const [id, at, orderId] = [textOf(payment.id), fromIso(payment.created_at), textOf(payment.order_id)];
  if (!id || !at) return reject('missing id or created_at of the payment');
  const status = textOf(payment.status) ?? 'unstated';
  if (!['COMPLETED', 'APPROVED'].includes(status)) return drop(`a payment that is ${status} was not made`);
  const isHeld = status === 'APPROVED';
  const changedAt = fromIso(payment.updated_at) ?? at;
  const facts = new FactList(context, changedAt.getTime());
  const total = objectOf(payment.total_money ?? payment.amount_money);
  const channel = ONLINE.has(textOf(objectOf(payment.application_details).square_product) ?? '') ? 'portal' : 'store';
  const account = textOf(payment.location_id);
  if (orderId) {
    // The order itself knows better, whenever it comes; one of several payments does not know the total.
    const order = { nativeId: orderId, channel, direction: 'inbound', startedAt: at, version: 0 } as const;
    if (!isHeld) facts.thread({ ...order, ...(account && { account }) });
    for (const handle of payerOf(payment)) facts.participant(facts.threadId(orderId), 'customer', at, handle);
  } else if (!isHeld)
    addSale(facts, {
      nativeId: id,
      channel,
      at,
      endedAt: changedAt,
      status: 'closed',
      account,
      items: [],
      total: fromMinorUnits(numberOf(total.amount), textOf(total.currency)),
      customer: payerOf(payment),
    });
  return facts.facts.length > 0 ? ok(facts.facts) : drop('money that is held for a payment may still be given free');
}

function mapCustomer(customer: Loose, context: SplitContext): Outcome {
  const [id, at] = [textOf(customer.id), fromIso(customer.updated_at) ?? fromIso(customer.created_at)];
  if (!id || !at) return reject('missing id or updated_at of the customer');
  const facts = new FactList(context, at.getTime());
  const display = fullName(customer.given_name, customer.family_name);
  const own = facts.handle({ type: 'crm_id', value: id, display });
  const mergedInto = textOf(customer.mergedInto);
  const addresses = [
    { type: 'email', value: textOf(customer.email_address), display },
    { type: 'phone', value: textOf(customer.phone_number), display },
  ] as const;
  for (const address of addresses) facts.profile(own, facts.handle(address), 'Square customer', at);
  facts.person({
    nativeId: id,
    handleId: own,
    name: display,
    country: textOf(objectOf(customer.address).country),
    sinceAt: fromIso(customer.created_at),
    consent: consentOf(objectOf(customer.preferences).email_unsubscribed),
    externalIds: customer.reference_id === undefined ? undefined : externalIds(['', customer.reference_id]),
    state: mergedInto ? 'merged' : customer.isDeleted === true ? 'deleted' : 'active',
    mergedIntoId: mergedInto && facts.personId(mergedInto),
  });
  if (mergedInto) facts.profile(facts.handle({ type: 'crm_id', value: mergedInto }), own, 'square_merge', at);
  return ok(facts.facts);
}

export const square = defineConnector<Loose, object>({
  name: 'square',
  title: 'Square point of sale',
  version: 1,
  channels: ['store', 'portal'],
  docs: ['https://developer.squareup.com/reference/square/orders-api'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'X-Square-HmacSha256-Signature',
    parts: ['url', 'body'],
  },
  threadKey: 'id of the order, or of a payment without one',
  split,
  map,
});
