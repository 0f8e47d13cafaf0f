import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { textOf } from '../../formats/value.ts';
import { addRating } from './survey.ts';
import { isGone, isZoned, priorityOf, statusOf, ticketThread, timeOf, type ZendeskUnit } from './parts.ts';

/** One field of a ticket got a value: an audit event, a row of the field history or a webhook event. */
export interface ZendeskChange {
  readonly ticketId: string | undefined;
  readonly field: string;
  readonly value: unknown;
  readonly previous?: unknown;
  readonly time: unknown;
  /** What was said with a rating. */
  readonly comment?: unknown;
}

export const MAPPED_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'priority',
  'assignee_id',
  'group_id',
  'requester_id',
  'subject',
  'satisfaction_score',
]);

export function changeUnit(given: ZendeskChange): ZendeskUnit {
  const { field } = given;
  const isMapped = MAPPED_FIELDS.has(field);
  return {
    kind: isMapped ? 'event' : 'ignored',
    nativeKind: `change.${isMapped ? field : 'other'}`,
    native: { record: { ...given } },
  };
}

export function mapChange(change: ZendeskChange, context: SplitContext): Outcome {
  const { ticketId, field, time } = change;
  const at = timeOf(time);
  const value = textOf(change.value);
  if (!ticketId || !at) return reject(`the change of ${field} names no ticket or no time`);
  if (value === undefined) return drop(`the field ${field} was emptied`);
  const facts = new FactList(context, at.getTime());
  const threadId = facts.threadId(ticketThread(ticketId));
  const isKnown = addChange({ ...change, ticketId }, value, at, threadId, facts);
  return isKnown ? ok(facts.facts) : drop(`"${value}" is not a ${field} of Zendesk`);
}

function addChange(
  change: ZendeskChange & { ticketId: string },
  value: string,
  at: Date,
  threadId: string,
  facts: FactList,
): boolean {
  const nativeId = ticketThread(change.ticketId);
  const when = { threadId, occurredAt: at, isZoneKnown: isZoned(change.time), timePrecision: 'second' as const };
  switch (change.field) {
    case 'status':
      return addStatus(change, value, when, facts);
    case 'priority': {
      const priority = priorityOf(value);
      if (!priority) return false;
      facts.thread({ nativeId, channel: 'ticket', priority });
      facts.event({ ...when, kind: 'priority_changed', value: priority });
      return true;
    }
    case 'assignee_id': {
      const agentId = facts.agent({ nativeId: value });
      facts.thread({ nativeId, channel: 'ticket', agentId });
      facts.participant(threadId, 'agent', at, { type: 'contact_id', value });
      facts.event({ ...when, kind: 'assigned', agentId });
      return true;
    }
    case 'group_id': {
      const queueId = facts.queue({ nativeId: value });
      facts.thread({ nativeId, channel: 'ticket', queueId });
      facts.event({ ...when, kind: textOf(change.previous) ? 'transferred' : 'queued', queueId, nativeId: value });
      return true;
    }
    case 'requester_id':
      facts.participant(threadId, 'customer', at, { type: 'contact_id', value });
      return true;
    case 'subject':
      facts.thread({ nativeId, channel: 'ticket', subject: value });
      return true;
    default:
      return addRating(
        { ticket_id: change.ticketId, score: value, comment: change.comment, created_at: change.time },
        at.getTime(),
        facts,
      );
  }
}

type When = { threadId: string; occurredAt: Date; isZoneKnown: boolean; timePrecision: 'second' };

function addStatus(change: ZendeskChange & { ticketId: string }, value: string, when: When, facts: FactList): boolean {
  const status = statusOf(value);
  const previous = statusOf(change.previous);
  const nativeId = ticketThread(change.ticketId);
  if (isGone({ status: value })) {
    facts.thread({ nativeId, channel: 'ticket', status: 'closed', deletedAt: when.occurredAt });
    facts.event({ ...when, kind: 'status_changed', value: 'deleted' });
    return true;
  }
  if (!status) return false;
  facts.thread({ nativeId, channel: 'ticket', status });
  facts.event({ ...when, kind: 'status_changed', value: status, nativeId: status });
  const isDone = status === 'solved' || status === 'closed';
  if (status === 'solved') facts.event({ ...when, kind: 'solved' });
  else if (!isDone && (previous === 'solved' || previous === 'closed')) facts.event({ ...when, kind: 'reopened' });
  return true;
}
