import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIsoOrEpoch } from '../../formats/time.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';

/** Notices that one property of a ticket or a conversation has changed; those of other properties say nothing here. */

export const PRIORITIES = { low: 'low', medium: 'normal', high: 'high', urgent: 'urgent' } as const;
export const CONVERSATION_STATUSES = { open: 'open', closed: 'closed' } as const;
const TELLING = tableOf<readonly string[]>({
  'conversation.propertyChange': ['status', 'assignedTo'],
  'ticket.propertyChange': ['subject', 'hs_ticket_priority', 'hubspot_owner_id', 'closed_date'],
});

export const isThreadChange = ({ subscriptionType, propertyName, propertyValue }: Loose): boolean =>
  TELLING[textOf(subscriptionType) ?? '']?.includes(textOf(propertyName) ?? '') === true &&
  textOf(propertyValue) !== undefined;

export function mapThreadChange(record: Loose, context: SplitContext): Outcome {
  const [id, occurredAt] = [textOf(record.objectId), fromEpochMilliseconds(record.occurredAt ?? null)];
  if (!id || !occurredAt) return reject('the event has no objectId or no occurredAt');
  const facts = new FactList(context, occurredAt.getTime());
  const [name, value] = [textOf(record.propertyName), textOf(record.propertyValue)!];
  const isTicket = record.subscriptionType === 'ticket.propertyChange';
  const owner = name === 'hubspot_owner_id' ? value : name === 'assignedTo' ? /^A-(\d+)$/.exec(value)?.[1] : undefined;
  const agentId = owner && facts.agent({ nativeId: owner });
  const closedAt = name === 'closed_date' ? fromIsoOrEpoch(value) : undefined;
  const status = closedAt ? 'closed' : name === 'status' ? nameIn(CONVERSATION_STATUSES, value) : undefined;
  const priority = name === 'hs_ticket_priority' ? nameIn(PRIORITIES, value) : undefined;
  const subject = name === 'subject' ? value : undefined;
  const nativeId = `${isTicket ? 'ticket' : 'thread'}/${id}`;
  const threadId = facts.thread({ nativeId, channel: 'ticket', subject, status, priority, agentId });
  const when = { threadId, occurredAt, timePrecision: 'millisecond' } as const;
  if (agentId) facts.event({ ...when, kind: 'assigned', agentId });
  if (status)
    facts.event({ ...when, kind: status === 'closed' ? 'solved' : 'reopened', occurredAt: closedAt ?? occurredAt });
  if (priority) facts.event({ ...when, kind: 'priority_changed', value: priority });
  return ok(facts.facts);
}
