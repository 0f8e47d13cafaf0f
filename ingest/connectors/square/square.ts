import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addSale, fromMinorUnits } from '../../formats/sale.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { mapBooking } from './booking.ts';
import { splitSquare } from './document.ts';
import { mapCustomer, payerOf } from './people.ts';

function map(unit: Unit<Loose>, context: SplitContext): Outcome {
  if (unit.nativeKind === 'order') return mapOrder(unit.native, context);
  if (unit.nativeKind === 'payment') return mapPayment(unit.native, context);
  if (unit.nativeKind === 'customer') return mapCustomer(unit.native, context);
  if (unit.nativeKind === 'booking') return mapBooking(unit.native, context);
  if (unit.nativeKind === 'refund') return drop('a refund names a payment; what was given back stands in the order');
  if (unit.nativeKind === 'order notice') return drop('a notice names an order; what was bought stands in the order');
  return drop('what goes around a purchase (an invoice, a dispute, a card) is no contact of its own');
}

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
  split: splitSquare,
  map,
});
