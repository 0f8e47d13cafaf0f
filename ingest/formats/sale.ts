import type { FactList, HandleInput } from '../fact-list.ts';

/** A purchase, in a shop or online, as tills and shop systems have it. */
export interface Sale {
  readonly nativeId: string;
  readonly channel: 'store' | 'portal';
  readonly at: Date;
  readonly endedAt?: Date | undefined;
  readonly status: 'open' | 'closed' | 'failed';
  /** The branch or shop. */
  readonly account?: string | undefined;
  /** e.g. `2 × Coffee` */
  readonly items: readonly string[];
  /** In whole units of the currency; negative for a return. */
  readonly total?: { readonly amount: number; readonly currency: string } | undefined;
  readonly customer: readonly HandleInput[];
  readonly agentId?: string | undefined;
  readonly isZoneKnown?: boolean | undefined;
  readonly url?: string | undefined;
}

const LISTED_ITEMS = 8;

/** Adds a purchase as one contact: a visit of the store, or an order through the portal. Returns its thread. */
export function addSale(facts: FactList, sale: Sale): string {
  const { nativeId, at, endedAt, items, total, agentId } = sale;
  const isReturn = (total?.amount ?? 0) < 0;
  const subject = [...items.slice(0, LISTED_ITEMS), ...(items.length > LISTED_ITEMS ? ['…'] : [])].join(', ');
  const threadId = facts.thread({
    nativeId,
    channel: sale.channel,
    direction: 'inbound',
    startedAt: at,
    status: sale.status,
    ...(endedAt && { endedAt }),
    ...(sale.account && { account: sale.account }),
    ...(subject && { subject }),
    ...(agentId && { agentId }),
    ...(isReturn && { tags: ['return'] }),
    ...(sale.url && { url: sale.url }),
  });
  for (const handle of sale.customer) facts.participant(threadId, 'customer', at, handle);
  const timing = { threadId, timePrecision: 'second', isZoneKnown: sale.isZoneKnown ?? true } as const;
  facts.event({ ...timing, kind: 'started', occurredAt: at });
  if (endedAt)
    facts.event({
      ...timing,
      kind: sale.status === 'failed' ? 'failed' : 'ended',
      occurredAt: endedAt,
      ...(agentId && { agentId }),
    });
  if (total && sale.status !== 'failed')
    facts.measure({
      threadId,
      name: `sale_total_${total.currency.toLowerCase()}`,
      value: total.amount,
      unit: 'money',
      occurredAt: at,
    });
  return threadId;
}

/** Amounts in the smallest unit of a currency (cents, or whole yen) as whole units. */
export function fromMinorUnits(amount: number | undefined, currency: string | undefined): Sale['total'] {
  if (amount === undefined || !/^[A-Z]{3}$/.test(currency ?? '')) return undefined;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return { amount: amount / 10 ** maximumFractionDigits, currency: currency! };
}
