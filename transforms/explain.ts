import type { Store } from '../data/store.ts';
import { CrosstalkError } from '../errors.ts';

export interface ExplainedHandle {
  readonly id: string;
  readonly type: string;
  readonly value: string;
  readonly display: string | null;
}

export interface ExplainedEvidence {
  readonly text: string;
  readonly evidence: string;
  readonly handleId: string;
  readonly otherHandleId: string;
  readonly isUsed: boolean;
  readonly unusedReason: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly count: number;
}

export interface CustomerExplanation {
  /** The id in use now, where the one asked for has retired. */
  readonly customerId: string;
  readonly handles: readonly ExplainedHandle[];
  readonly evidence: readonly ExplainedEvidence[];
  readonly decisions: readonly { text: string; kind: string; decidedBy: string; reason: string; decidedAt: Date }[];
}

interface EdgeRow {
  handle_id: string;
  other_handle_id: string;
  evidence: string;
  is_used: boolean;
  unused_reason: string | null;
  first_seen_at: Date;
  last_seen_at: Date;
  count_seen: number;
  one: string;
  other: string;
}

/**
 * Why the handles of a customer belong together, in words: every link, and those that a rule or a person keeps from
 * linking.
 */
export async function explainCustomer(store: Store, customerId: string): Promise<CustomerExplanation> {
  const id = await currentId(store, customerId);
  const handles = await store.all<ExplainedHandle>(
    `select handle.id, handle.type, handle.value, handle.display
     from identity.handle_customer
     join core.handle on handle.id = handle_customer.handle_id
     where handle_customer.customer_id::varchar = ?
     order by handle.type, handle.value`,
    [id],
  );
  return { customerId: id, handles, evidence: await evidenceOf(store, id), decisions: await decisionsOf(store, id) };
}

async function currentId(store: Store, customerId: string): Promise<string> {
  const [row] = await store.all<{ id: string }>(
    `select id::varchar as id from core.customer where id::varchar = $id
     union all
     select customer_id::varchar from identity.customer_alias where old_customer_id::varchar = $id
     limit 1`,
    { id: customerId },
  );
  if (!row)
    throw new CrosstalkError('not_found', `invalid customer: ${customerId}; expected the id of a known customer`);
  return row.id;
}

const named = (handle: string) =>
  `coalesce(${handle}.value, 'an address that has not arrived') || coalesce(' (' || ${handle}.type || ')', '')`;

async function evidenceOf(store: Store, id: string): Promise<ExplainedEvidence[]> {
  const rows = await store.all<EdgeRow>(
    `select edge.*, ${named('one')} as one, ${named('other')} as other
     from identity.edge
     left join core.handle as one on one.id = edge.handle_id
     left join core.handle as other on other.id = edge.other_handle_id
     where edge.handle_id in (select handle_id from identity.handle_customer where customer_id::varchar = $id)
       or edge.other_handle_id in (select handle_id from identity.handle_customer where customer_id::varchar = $id)
     order by edge.is_used desc, edge.first_seen_at, edge.handle_id, edge.other_handle_id, edge.evidence
     limit 500`,
    { id },
  );
  return rows.map((row) => ({
    text: inWords(row),
    evidence: row.evidence,
    handleId: row.handle_id,
    otherHandleId: row.other_handle_id,
    isUsed: row.is_used,
    unusedReason: row.unused_reason,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    count: row.count_seen,
  }));
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function inWords(row: EdgeRow): string {
  const pair = `${row.one} and ${row.other}`;
  const times = row.count_seen === 1 ? 'one conversation' : `${row.count_seen} conversations`;
  const since = row.count_seen === 1 ? `on ${day(row.first_seen_at)}` : `since ${day(row.first_seen_at)}`;
  const fact =
    row.evidence === 'same_thread'
      ? `${pair} took part in ${times} together ${since}`
      : row.evidence === 'decision'
        ? `${pair}: a person decided on ${day(row.first_seen_at)} that they are one customer`
        : `${pair} stand on one profile (${row.evidence.replace('profile:', '').replaceAll('_', ' ')}) ${since}`;
  return row.is_used ? fact : `${fact}; not used: ${row.unused_reason}`;
}

async function decisionsOf(store: Store, id: string): Promise<CustomerExplanation['decisions']> {
  const rows = await store.all<{
    kind: string;
    one: string;
    other: string;
    decided_by: string;
    reason: string;
    decided_at: Date;
  }>(
    `select decision.kind, decision.decided_by, decision.reason, decision.decided_at,
       ${named('one')} as one, ${named('other')} as other
     from identity.decision
     left join core.handle as one on one.id = decision.handle_id
     left join core.handle as other on other.id = decision.other_handle_id
     where decision.handle_id in (select handle_id from identity.handle_customer where customer_id::varchar = $id)
       or decision.other_handle_id in (select handle_id from identity.handle_customer where customer_id::varchar = $id)
     order by decision.decided_at`,
    { id },
  );
  const verbs: Record<string, (row: (typeof rows)[number]) => string> = {
    same: ({ one, other }) => `${one} and ${other} are one customer`,
    different: ({ one, other }) => `${one} and ${other} are not one customer`,
    shared: ({ one }) => `${one} is used by many people`,
  };
  return rows.map((row) => ({
    text: `${row.decided_by} decided on ${day(row.decided_at)}: ${verbs[row.kind]?.(row) ?? row.kind} (${row.reason})`,
    kind: row.kind,
    decidedBy: row.decided_by,
    reason: row.reason,
    decidedAt: row.decided_at,
  }));
}
