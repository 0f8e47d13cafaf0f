import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { idOf } from './people.ts';
import { nodesOf } from './resource.ts';

/** A line of a bulk export names what it belongs to. */
const orderIdOf = ({ order_id, order, __parentId }: Loose): string | undefined =>
  idOf(order_id) ?? idOf(objectOf(order).admin_graphql_api_id ?? objectOf(order).id) ?? idOf(__parentId);

const createdAt = (record: Loose): Date | undefined => fromIso(record.created_at ?? record.createdAt);

export function mapRefund(refund: Loose, context: SplitContext): Outcome {
  const [orderId, occurredAt] = [orderIdOf(refund), createdAt(refund)];
  if (!orderId || !idOf(refund.id) || !occurredAt) return reject('missing id, order_id or created_at of the refund');
  if (!isPaidBack(refund)) return drop('goods were taken off the order, and no money was given back');
  const facts = new FactList(context, occurredAt.getTime());
  addRefund(facts, facts.threadId(orderId), refund);
  return ok(facts.facts);
}

/** A refund comes alone, and in its order. */
export function addRefund(facts: FactList, threadId: string, refund: Loose): void {
  const [nativeId, occurredAt] = [idOf(refund.id), createdAt(refund)];
  if (nativeId && occurredAt && isPaidBack(refund))
    facts.event({
      threadId,
      kind: 'status_changed',
      value: 'refunded',
      occurredAt,
      nativeId,
      timePrecision: 'second',
    });
}

/** What was not paid for, or not paid back yet, is taken off an order by a refund without a payment. */
function isPaidBack({ transactions, totalRefundedSet }: Loose): boolean {
  if (Array.isArray(transactions))
    return objectsOf(transactions).some(({ status }) => !/^(pending|failure|error)$/i.test(textOf(status) ?? ''));
  return numberOf(objectOf(objectOf(totalRefundedSet).shopMoney).amount) !== 0;
}

/** What a customer writes who asks to send something back; it comes with each change of the return, and the notice of the first tells when. */
export function mapReturn(given: Loose, context: SplitContext): Outcome {
  const [id, orderId] = [idOf(given.id ?? given.admin_graphql_api_id), orderIdOf(given)];
  if (!id || !orderId) return reject('missing id or order of the return');
  const notes = nodesOf(given.return_line_items ?? given.returnLineItems).flatMap((line) => {
    const text = textOf(line.customer_note ?? line.customerNote);
    return text ? [{ text, line: idOf(line.id) ?? '' }] : [];
  });
  if (notes.length === 0) return drop('a return without words of the customer');
  const { headers, receivedAt } = context.delivery;
  const isRequest = headers['x-shopify-topic'] === 'returns/request';
  const stated = createdAt(given) ?? (isRequest ? fromIso(headers['x-shopify-triggered-at']) : undefined);
  const at = stated ?? receivedAt;
  const facts = new FactList(context, stated?.getTime() ?? 0);
  const threadId = facts.thread({
    nativeId: `return/${id}`,
    channel: 'portal',
    direction: 'inbound',
    startedAt: at,
    tags: ['return'],
  });
  facts.link(threadId, facts.threadId(orderId), 'return');
  for (const { text, line } of notes)
    facts.utterance({
      threadId,
      nativeId: `return/${id}/${line}`,
      role: 'customer',
      text,
      occurredAt: at,
      timePrecision: stated ? 'second' : 'receipt',
      isZoneKnown: true,
    });
  return ok(facts.facts);
}
