import type { Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Lists of GraphQL come as `nodes` or as `edges` of nodes. */
export const nodesOf = (list: unknown): Loose[] =>
  Array.isArray(list)
    ? objectsOf(list)
    : [...objectsOf(objectOf(list).nodes), ...objectsOf(objectOf(list).edges).map(({ node }) => objectOf(node))];

export const isEmptyList = (list: unknown): boolean =>
  isLoose(list) && ['nodes', 'edges'].some((name) => Array.isArray(list[name])) && nodesOf(list).length === 0;

/** `gid://shopify/Order/450789469` tells what it is the id of. */
export const typeOf = ({ admin_graphql_api_id, id }: Loose): string | undefined =>
  /^gid:\/\/shopify\/(\w+)\//.exec(textOf(admin_graphql_api_id) ?? textOf(id) ?? '')?.[1];

/** What the shop has and does on its own: its goods and pages, and how parcels and money move. */
const OWN =
  /^(LineItem|Product\w*|Collection\w*|Inventory\w+|Fulfillment\w*|Reverse\w+|OrderTransaction|TenderTransaction|Location|Shop\w*|OnlineStore\w+|Market|Subscription\w+|SellingPlan\w*|Payment\w+|Discount\w+|CompanyLocation|CompanyContactRole\w*|CustomerPaymentMethod|Segment|App\w+|BulkOperation|Metafield|Metaobject|Webhook\w*)$/;
const OWN_FIELDS =
  /^(products?|productVariants|variants?|collections|custom_collections|smart_collections|\w+_listing|inventory(_|L|I)\w+|fulfillments?|\w*fulfillment_(order|hold)\w*|transactions|locations?|shop|tracking_company|blogs|articles|pages|themes|webhooks?|metafields?|webhookSubscriptions?|metafieldDefinitions|shop_domain|order_edit|count|price_rules?|price_rule_id|app_\w+|segment_id|network_reason_code|risk_level|recommendation|gateway|payout_id|payment_terms_id|payment_terms_name|subscription_contract_id|collection_id|ssl_enabled|published|presentment_currency|remote_reference|myshopify_domain)$/;

/** What is kept of customers beside their record: the groups, tags and sums that follow from it. */
const ABOUT_CUSTOMERS = ['query', 'customerId'];

/** What was put in a cart is nothing bought. */
const isCart = (native: Loose): boolean =>
  Array.isArray(native.line_items) && 'token' in native && !('total_price' in native);

const isCheckout = (native: Loose): boolean =>
  'abandoned_checkout_url' in native || typeOf(native) === 'AbandonedCheckout' || isCart(native);

const isOrder = (native: Loose): boolean =>
  ('line_items' in native && 'total_price' in native) || (typeOf(native) === 'Order' && 'createdAt' in native);

const isCustomer = (native: Loose): boolean =>
  'orders_count' in native ||
  'verified_email' in native ||
  (typeOf(native) === 'Customer' && (native.created_at ?? native.createdAt) !== undefined);

const isOwn = (native: Loose): boolean =>
  OWN.test(typeOf(native) ?? '') ||
  Object.keys(native).some((name) => OWN_FIELDS.test(name) || ABOUT_CUSTOMERS.includes(name));

/** The kinds of records, each told by what it has; the first that fits. */
const KINDS: readonly [Unit['kind'], string, (native: Loose) => boolean][] = [
  ['event', 'refund', (native) => 'order_id' in native && 'refund_line_items' in native],
  ['event', 'refund', (native) => typeOf(native) === 'Refund'],
  ['message', 'return', (native) => typeOf(native) === 'Return'],
  ['event', 'checkout', isCheckout],
  ['event', 'draft', (native) => typeOf(native) === 'DraftOrder' || 'invoice_sent_at' in native],
  ['event', 'order', isOrder],
  ['profile', 'customer', isCustomer],
  ['profile', 'customer_delete', (native) => typeOf(native) === 'Customer' && !('created_at' in native)],
  ['profile', 'customer_consent', (native) => 'customer_id' in native && isLoose(native.email_marketing_consent)],
  ['event', 'text_consent', (native) => isLoose(native.sms_marketing_consent)],
  ['profile', 'customer_merge', (native) => 'admin_graphql_api_customer_kept_id' in native],
  ['profile', 'company_contact', (native) => 'customer_admin_graphql_api_id' in native && isLoose(native.company)],
  ['profile', 'company', (native) => typeOf(native) === 'Company'],
  ['event', 'log', ({ subject_type, subjectType }) => (subject_type ?? subjectType) !== undefined],
  ['event', 'bare id', (native) => Object.keys(native).join() === 'id'],
];

export function resourceUnit(native: Loose): Unit<Loose> {
  const known = KINDS.find(([, , fits]) => fits(native));
  if (known) return { kind: known[0], nativeKind: known[1], native };
  if (isOwn(native)) return { kind: 'ignored', nativeKind: typeOf(native) ?? 'list', native };
  return { kind: 'unknown', nativeKind: 'object', native };
}
