import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { fullName } from '../../formats/helpdesk.ts';
import { addSale, type Sale } from '../../formats/sale.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import {
  emailOf,
  idOf,
  phoneOf,
  mapCompany,
  mapCompanyContact,
  mapConsent,
  mapCustomer,
  mapDeletion,
  mapMerge,
} from './people.ts';
import { isEmptyList, nodesOf, resourceUnit, typeOf } from './resource.ts';
import { addRefund, mapRefund, mapReturn } from './return.ts';

/** Under these names an answer holds records, in a list or one alone. */
const LISTS = tableOf<[Unit['kind'], string]>({
  orders: ['event', 'order'],
  order: ['event', 'order'],
  refunds: ['event', 'refund'],
  refund: ['event', 'refund'],
  returns: ['message', 'return'],
  return: ['message', 'return'],
  companies: ['profile', 'company'],
  customers: ['profile', 'customer'],
  customer: ['profile', 'customer'],
  draft_orders: ['event', 'draft'],
  draftOrders: ['event', 'draft'],
  draft_order: ['event', 'draft'],
  checkouts: ['event', 'checkout'],
  abandonedCheckouts: ['event', 'checkout'],
  events: ['event', 'log'],
});

/** A webhook or an answer of the REST API holds resources, GraphQL the same in `data` with names in camel case. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or an answer of the Shopify API');
  const data = isLoose(document.data) ? document.data : document;
  if (data.errors !== undefined && Object.keys(data).every((name) => /^(errors|extensions|data)$/.test(name)))
    throw new SourceError('invalid document; expected resources of a shop, and this is an error of the API');
  if (isLoose(data.customer) && 'shop_domain' in data)
    return yield { kind: 'event', nativeKind: 'privacy', native: data };
  // A record may name its customer or its order, as a list does.
  if (typeOf(data) !== undefined || 'line_items' in data) return yield resourceUnit(data);
  if (isLoose(data.node)) return yield resourceUnit(data.node);
  const lists = Object.keys(LISTS).filter((name) => name in data);
  for (const name of lists) {
    const [kind, nativeKind] = LISTS[name]!;
    const records = name.endsWith('s') ? nodesOf(data[name]) : objectsOf([data[name]]);
    for (const native of records) yield { kind, nativeKind, native };
  }
  if (data.order === null) yield { kind: 'event', nativeKind: 'missing order', native: data };
  if (lists.length > 0) {
    if (lists.every((name) => isEmptyList(data[name])))
      yield { kind: 'ignored', nativeKind: 'empty list', native: data };
    return;
  }
  // The answer to a mutation has the record that was changed in it.
  const changed = Object.values(data).filter((each) => isLoose(each) && Array.isArray(each.userErrors));
  if (changed.length === 0) yield resourceUnit(data);
  for (const each of changed) yield* split(each);
}

type Mapping = (native: Loose, context: SplitContext) => Outcome;
const dropped =
  (reason: string): Mapping =>
  () =>
    drop(reason);

const mappings = tableOf<Mapping>({
  order: mapOrder,
  refund: mapRefund,
  return: mapReturn,
  customer: mapCustomer,
  customer_delete: mapDeletion,
  customer_consent: mapConsent,
  customer_merge: mapMerge,
  company: mapCompany,
  company_contact: mapCompanyContact,
  privacy: dropped('a request to show or erase what is known of a person; see the erasing of data'),
  draft: dropped('a draft is nothing bought until it is an order'),
  checkout: dropped('a checkout is nothing bought until it is an order'),
  'missing order': dropped('the API found no such order'),
  text_consent: dropped('consent to text messages is not kept; that to mail is'),
  'bare id': dropped('a notice with an id alone does not say of what; most are of what was deleted'),
  log: dropped('an entry in the log of the shop is no contact with a customer'),
});

const map = ({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome =>
  mappings[nativeKind]!(native, context);

/** What is left to pay after what was returned. Money has its decimals. */
function totalOf(order: Loose): Sale['total'] {
  const money = objectOf(objectOf(order.currentTotalPriceSet ?? order.totalPriceSet).shopMoney);
  const amount = numberOf(order.current_total_price ?? order.total_price ?? money.amount);
  const currency = textOf(order.currency ?? money.currencyCode);
  return amount === undefined || !currency ? undefined : { amount, currency };
}

function buyerOf(order: Loose): HandleInput[] {
  const customer = objectOf(order.customer);
  const display = fullName(customer.first_name ?? customer.firstName, customer.last_name ?? customer.lastName);
  return [
    { type: 'crm_id', value: idOf(customer.id), display },
    { type: 'email', value: textOf(order.email) ?? emailOf(customer), display },
    { type: 'phone', value: textOf(order.phone) ?? phoneOf(customer), display },
  ];
}

/** A sale at a till (source `pos`) is a visit of the store, any other an order through the shop’s site. */
function mapOrder(order: Loose, context: SplitContext): Outcome {
  const [nativeId, at] = [idOf(order.admin_graphql_api_id ?? order.id), fromIso(order.created_at ?? order.createdAt)];
  if (!nativeId || !at) return reject('missing id or created_at of the order');
  if (order.test === true) return drop('a test order is nothing bought');
  const changedAt = fromIso(order.updated_at ?? order.updatedAt) ?? at;
  const cancelledAt = fromIso(order.cancelled_at ?? order.cancelledAt);
  // The payment is stamped before the order that it makes, and long before an order that was brought in.
  const processedAt = fromIso(order.processed_at ?? order.processedAt) ?? at;
  const facts = new FactList(context, changedAt.getTime());
  const [cashier, note, account] = [textOf(order.user_id), textOf(order.note), idOf(order.location_id)];
  const origin = textOf(order.source_name ?? order.sourceName);
  const threadId = addSale(facts, {
    nativeId,
    // Only what is sold at a till is processed at a location.
    channel: (origin ?? (account && 'pos')) === 'pos' ? 'store' : 'portal',
    at,
    endedAt: cancelledAt ?? (processedAt > at ? processedAt : at),
    status: cancelledAt ? 'failed' : 'closed',
    account,
    items: nodesOf(order.line_items ?? order.lineItems).map(
      ({ quantity, title, name }) => `${textOf(quantity) ?? 1} × ${textOf(title) ?? textOf(name) ?? ''}`,
    ),
    total: totalOf(order),
    customer: buyerOf(order),
    agentId: cashier && facts.agent({ nativeId: cashier }),
  });
  for (const refund of objectsOf(order.refunds)) addRefund(facts, threadId, refund);
  // Whoever sells can write the note as well: only in the shop's own cart is it the customer who does.
  const role = origin === 'web' ? ({ role: 'customer' } as const) : {};
  const when = { occurredAt: at, timePrecision: 'second', isZoneKnown: true } as const;
  if (note) facts.utterance({ ...when, ...role, threadId, nativeId: `order/${nativeId}`, text: note });
  return ok(facts.facts);
}

export const shopify = defineConnector<Loose, object>({
  name: 'shopify',
  title: 'Shopify orders and till sales',
  version: 1,
  channels: ['store', 'portal'],
  docs: [
    'https://shopify.dev/docs/api/admin-rest/latest/resources/order',
    'https://shopify.dev/docs/apps/build/webhooks',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'hmac', algorithm: 'sha256', encoding: 'base64', header: 'X-Shopify-Hmac-Sha256', parts: ['body'] },
  threadKey: 'id of the order',
  split,
  map,
});
