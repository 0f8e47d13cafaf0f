import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addSale } from '../../formats/sale.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
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

/** Lists of GraphQL come as `nodes` or as `edges` of nodes. */
const nodesOf = (list: unknown): Loose[] =>
  Array.isArray(list)
    ? objectsOf(list)
    : [...objectsOf(objectOf(list).nodes), ...objectsOf(objectOf(list).edges).map(({ node }) => objectOf(node))];

const isEmptyList = (list: unknown): boolean =>
  isLoose(list) && ['nodes', 'edges'].some((name) => Array.isArray(list[name])) && nodesOf(list).length === 0;

const LISTS =
  'orders customers companies events order customer refunds refund draft_orders draftOrders draft_order checkouts abandonedCheckouts'.split(
    ' ',
  );

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
  const orders = [...nodesOf(data.orders), ...objectsOf([data.order])];
  const customers = [...nodesOf(data.customers), ...objectsOf([data.customer])];
  const events = nodesOf(data.events);
  const drafts = [data.draft_orders, data.draftOrders, [data.draft_order].filter(isLoose)].flatMap(nodesOf);
  for (const native of orders) yield { kind: 'event', nativeKind: 'order', native };
  for (const native of [...nodesOf(data.refunds), ...objectsOf([data.refund])])
    yield { kind: 'event', nativeKind: 'refund', native };
  for (const native of nodesOf(data.companies)) yield { kind: 'profile', nativeKind: 'company', native };
  for (const native of customers) yield { kind: 'profile', nativeKind: 'customer', native };
  for (const native of drafts) yield { kind: 'event', nativeKind: 'draft', native };
  for (const native of [data.checkouts, data.abandonedCheckouts].flatMap(nodesOf))
    yield { kind: 'event', nativeKind: 'checkout', native };
  for (const native of events)
    yield {
      kind: 'event',
      nativeKind: `event.${(textOf(native.subjectType) ?? textOf(native.subject_type) ?? '').toLowerCase()}`,
      native,
    };
  if (data.order === null) yield { kind: 'event', nativeKind: 'missing order', native: data };
  const lists = LISTS.filter((key) => key in data);
  if (lists.length > 0) {
    if (lists.every((key) => isEmptyList(data[key]))) yield { kind: 'ignored', nativeKind: 'empty list', native: data };
    return;
  }
  // The answer to a mutation has the record that was changed in it.
  const changed = Object.values(data).filter((each) => isLoose(each) && Array.isArray(each.userErrors));
  if (changed.length === 0) yield resourceUnit(data);
  for (const each of changed) yield* split(each);
}

function resourceUnit(native: Loose): Unit<Loose> {
  if ('order_id' in native && 'refund_line_items' in native) return { kind: 'event', nativeKind: 'refund', native };
  if ('abandoned_checkout_url' in native || isCart(native)) return { kind: 'event', nativeKind: 'checkout', native };
  const type = typeOf(native);
  if (type === 'DraftOrder' || 'invoice_sent_at' in native) return { kind: 'event', nativeKind: 'draft', native };
  if ('line_items' in native && 'total_price' in native) return { kind: 'event', nativeKind: 'order', native };
  if (type === 'Order' && 'createdAt' in native) return { kind: 'event', nativeKind: 'order', native };
  if (
    'orders_count' in native ||
    'verified_email' in native ||
    (type === 'Customer' && (native.created_at ?? native.createdAt))
  )
    return { kind: 'profile', nativeKind: 'customer', native };
  if (type === 'Customer' && !('created_at' in native))
    return { kind: 'profile', nativeKind: 'customer_delete', native };
  if ('customer_id' in native && isLoose(native.email_marketing_consent))
    return { kind: 'profile', nativeKind: 'customer_consent', native };
  if ('admin_graphql_api_customer_kept_id' in native) return { kind: 'profile', nativeKind: 'customer_merge', native };
  if ('customer_admin_graphql_api_id' in native && isLoose(native.company))
    return { kind: 'profile', nativeKind: 'company_contact', native };
  if (type === 'Company') return { kind: 'profile', nativeKind: 'company', native };
  if (OWN.test(type ?? '') || Object.keys(native).some((name) => OWN_LISTS.test(name)))
    return { kind: 'ignored', nativeKind: type ?? 'list', native };
  return { kind: 'unknown', nativeKind: 'object', native };
}

/** What was put in a cart is nothing bought. */
const isCart = (native: Loose): boolean =>
  Array.isArray(native.line_items) && 'token' in native && !('total_price' in native);

/** What the shop has and does on its own: its goods and pages, and how parcels and money move. */
const OWN =
  /^(LineItem|Product\w*|Collection|Inventory\w+|Fulfillment\w*|OrderTransaction|TenderTransaction|Location|Shop|OnlineStore\w+|Market|SubscriptionContract|BulkOperation|Metafield|Metaobject|Webhook\w*)$/;
const OWN_LISTS =
  /^(products?|productVariants|variants?|collections|custom_collections|smart_collections|inventory(_|L|I)\w+|fulfillments?|fulfillment_orders|transactions|locations?|shop|tracking_company|blogs|articles|pages|themes|webhooks?|metafields?|webhookSubscriptions|metafieldDefinitions|shop_domain|order_edit|count|price_rules?|app_subscription|segment_id|network_reason_code|risk_level|remote_reference|myshopify_domain)$/;

/** `gid://shopify/Order/450789469` tells what it is the id of. */
const typeOf = ({ admin_graphql_api_id, id }: Loose): string | undefined =>
  /\/(\w+)\/\d+/.exec(textOf(admin_graphql_api_id) ?? textOf(id) ?? '')?.[1];

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'order') return mapOrder(native, context);
  if (nativeKind === 'customer_delete') return mapDeletion(native, context);
  if (nativeKind === 'privacy')
    return drop('a request to show or erase what is known of a person; see the erasing of data');
  if (nativeKind === 'draft') return drop('a draft is nothing bought until it is an order');
  if (nativeKind === 'customer') return mapCustomer(native, context);
  if (nativeKind === 'customer_consent') return mapConsent(native, context);
  if (nativeKind === 'company') return mapCompany(native, context);
  if (nativeKind === 'company_contact') return mapCompanyContact(native, context);
  if (nativeKind === 'customer_merge') return mapMerge(native, context);
  if (nativeKind === 'refund') return mapRefund(native, context);
  if (nativeKind === 'missing order') return drop('the API found no such order');
  if (nativeKind === 'checkout') return drop('a checkout is nothing bought until it is an order');
  return drop('an entry in the log of the shop is no contact with a customer');
}

/**
 * A sale at a till (source `pos`) is a visit of the store, any other an order through the shop’s site. Money has its
 * decimals.
 */
function mapOrder(order: Loose, context: SplitContext): Outcome {
  const [nativeId, at] = [idOf(order.admin_graphql_api_id ?? order.id), fromIso(order.created_at ?? order.createdAt)];
  if (!nativeId || !at) return reject('missing id or created_at of the order');
  if (order.test === true) return drop('a test order is nothing bought');
  const changedAt = fromIso(order.updated_at ?? order.updatedAt) ?? at;
  const cancelledAt = fromIso(order.cancelled_at ?? order.cancelledAt);
  // The payment is stamped before the order that it makes, and long before an order that was brought in.
  const processedAt = fromIso(order.processed_at ?? order.processedAt) ?? at;
  const money = objectOf(objectOf(order.currentTotalPriceSet ?? order.totalPriceSet).shopMoney);
  const [amount, currency] = [
    numberOf(order.current_total_price ?? order.total_price ?? money.amount),
    textOf(order.currency ?? money.currencyCode),
  ];
  const customer = objectOf(order.customer);
  const display =
    [textOf(customer.first_name ?? customer.firstName), textOf(customer.last_name ?? customer.lastName)]
      .filter(Boolean)
      .join(' ') || undefined;
  const facts = new FactList(context, changedAt.getTime());
  const cashier = textOf(order.user_id);
  const origin = textOf(order.source_name ?? order.sourceName);
  const threadId = addSale(facts, {
    nativeId,
    channel: origin === 'pos' ? 'store' : 'portal',
    at,
    endedAt: cancelledAt ?? (processedAt > at ? processedAt : at),
    status: cancelledAt ? 'failed' : 'closed',
    account: idOf(order.location_id),
    items: nodesOf(order.line_items ?? order.lineItems).map(
      ({ quantity, title, name }) => `${textOf(quantity) ?? 1} × ${textOf(title) ?? textOf(name) ?? ''}`,
    ),
    total: amount === undefined || !currency ? undefined : { amount, currency },
    customer: [
      { type: 'crm_id', value: idOf(customer.id), display },
      { type: 'email', value: textOf(order.email) ?? emailOf(customer), display },
      { type: 'phone', value: textOf(order.phone) ?? phoneOf(customer), display },
    ],
    agentId: cashier && facts.agent({ nativeId: cashier }),
  });
  for (const refund of objectsOf(order.refunds)) addRefund(facts, threadId, refund);
  const note = textOf(order.note);
  // Whoever sells can write the note as well: only in the shop's own cart is it the customer who does.
  if (note)
    facts.utterance({
      threadId,
      nativeId: `order/${nativeId}`,
      ...(origin === 'web' && { role: 'customer' }),
      text: note,
      occurredAt: at,
      timePrecision: 'second',
      isZoneKnown: true,
    });
  return ok(facts.facts);
}

function mapRefund(refund: Loose, context: SplitContext): Outcome {
  const [orderId, occurredAt] = [idOf(refund.order_id), fromIso(refund.created_at)];
  if (!orderId || !idOf(refund.id) || !occurredAt) return reject('missing id, order_id or created_at of the refund');
  const facts = new FactList(context, occurredAt.getTime());
  addRefund(facts, facts.threadId(orderId), refund);
  return ok(facts.facts);
}

/** A refund comes alone, and in its order. */
function addRefund(facts: FactList, threadId: string, refund: Loose): void {
  const [nativeId, occurredAt] = [idOf(refund.id), fromIso(refund.created_at ?? refund.createdAt)];
  if (nativeId && occurredAt)
    facts.event({
      threadId,
      kind: 'status_changed',
      value: 'refunded',
      occurredAt,
      nativeId,
      timePrecision: 'second',
    });
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
