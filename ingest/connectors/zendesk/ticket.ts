import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { addRating } from './survey.ts';
import {
  firstComment,
  priorityOf,
  statusOf,
  ticketThread,
  timeOf,
  userHandle,
  versionOf,
  isGone,
  isZoned,
  type ZendeskUnit,
} from './parts.ts';
import { channelOf, isAside, isCalled, isRecorded } from './via.ts';

export function* splitTicket(record: Loose): Generator<ZendeskUnit> {
  const isDeleted = isGone(record);
  yield {
    kind: isDeleted ? 'delete' : 'thread',
    nativeKind: isDeleted ? 'ticket.deleted' : 'ticket',
    native: { record },
  };
  const set = objectOf(record.metric_set);
  if (Object.keys(set).length > 0)
    yield { kind: 'metric', nativeKind: 'metric_set', native: { record: { ticket_id: record.id, ...set } } };
}

export function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const ticketId = textOf(ticket.id);
  const createdAt = timeOf(ticket.created_at);
  if (!ticketId || !createdAt) return reject('the ticket has no id, or no created_at of the form 2026-01-31T10:00:00Z');
  const facts = new FactList(context, versionOf(ticket));
  const requesterId = textOf(ticket.requester_id);
  const assigneeId = textOf(ticket.assignee_id);
  // Who handles a ticket is staff, also where they stand as its requester: a ticket of their own.
  const hasCustomer = requesterId !== undefined && requesterId !== assigneeId && !isAside(ticket.via);
  const isByRequester =
    hasCustomer && !isCalled(ticket.via) && (textOf(ticket.submitter_id) ?? requesterId) === requesterId;
  const threadId = addThread(ticket, ticketId, createdAt, isByRequester, facts);
  const requester = hasCustomer
    ? facts.participant(threadId, 'customer', createdAt, { type: 'contact_id', value: requesterId })
    : undefined;
  if (isByRequester || (hasCustomer && isCalled(ticket.via))) addAddress(ticket, threadId, requester, createdAt, facts);
  if (assigneeId) facts.participant(threadId, 'agent', createdAt, { type: 'contact_id', value: assigneeId });
  facts.event({ kind: 'started', threadId, occurredAt: createdAt });
  if (isGone(ticket)) addTombstone(ticketId, threadId, ticket, facts);
  else addDescription(ticket, ticketId, threadId, createdAt, isByRequester, facts);
  addRating(
    { ...objectOf(ticket.satisfaction_rating), ticket_id: ticketId, requester_id: requesterId },
    versionOf(ticket),
    facts,
  );
  for (const otherId of relatedTickets(ticket))
    facts.link(threadId, facts.threadId(ticketThread(otherId)), 'follow_up');
  return ok(facts.facts);
}

function addThread(ticket: Loose, ticketId: string, createdAt: Date, isByRequester: boolean, facts: FactList): string {
  const groupId = textOf(ticket.group_id);
  const assigneeId = textOf(ticket.assignee_id);
  const site = /^https?:\/\/([\w-]+)\.zendesk\.com/.exec(textOf(ticket.url) ?? '');
  const subject = textOf(ticket.subject) ?? textOf(ticket.raw_subject);
  const brand = textOf(ticket.brand_id);
  const status = isGone(ticket) ? 'closed' : statusOf(ticket.status);
  const priority = priorityOf(ticket.priority);
  return facts.thread({
    nativeId: ticketThread(ticketId),
    channel: channelOf(ticket.via, isByRequester),
    startedAt: createdAt,
    ...(isByRequester && { direction: 'inbound' }),
    ...(isCalled(ticket.via) && { direction: 'outbound' }),
    ...(subject && { subject }),
    ...(status && { status }),
    ...(priority && { priority }),
    ...(isGone(ticket) && { deletedAt: timeOf(ticket.updated_at) ?? createdAt }),
    ...(groupId && { queueId: facts.queue({ nativeId: groupId }) }),
    ...(assigneeId && { agentId: facts.agent({ nativeId: assigneeId }) }),
    ...(brand && { brand }),
    ...(Array.isArray(ticket.tags) && { tags: textsOf(ticket.tags) }),
    ...(site && { account: site[1]!, url: `${site[0]}/agent/tickets/${ticketId}` }),
  });
}

/** The address that the requester wrote or called from, or was called at: it and the user are one person. */
function addAddress(ticket: Loose, threadId: string, requester: string | undefined, at: Date, facts: FactList): void {
  const source = objectOf(objectOf(ticket.via).source);
  const from = objectOf(isCalled(ticket.via) ? source.to : source.from);
  const display = textOf(from.name);
  const email = facts.participant(threadId, 'customer', at, { type: 'email', value: textOf(from.address), display });
  const phone = facts.participant(threadId, 'customer', at, {
    type: 'phone',
    value: textOf(from.phone) ?? textOf(from.formatted_phone),
  });
  facts.profile(requester, email, 'zendesk_ticket', at);
  facts.profile(requester, phone, 'zendesk_ticket', at);
}

function addDescription(
  ticket: Loose,
  ticketId: string,
  threadId: string,
  createdAt: Date,
  isByRequester: boolean,
  facts: FactList,
): void {
  const text = textOf(ticket.description);
  if (!text) return;
  const submitterId = textOf(ticket.submitter_id) ?? textOf(ticket.requester_id);
  const isRecord = isRecorded(ticket.via, text);
  const role = isRecord ? 'system' : isByRequester ? 'customer' : 'agent';
  const handleId = isRecord ? undefined : userHandle(facts, submitterId);
  const nativeTime = textOf(ticket.created_at);
  facts.utterance({
    nativeId: firstComment(ticketId),
    threadId,
    version: 0,
    role,
    occurredAt: createdAt,
    timePrecision: 'second',
    isZoneKnown: isZoned(ticket.created_at),
    ...(nativeTime && { nativeTime }),
    text,
    visibility: ticket.is_public === false ? 'internal' : 'public',
    isAutomatic: isRecord,
    ...(handleId && { handleId }),
    ...(role === 'agent' && submitterId && { agentId: facts.agent({ nativeId: submitterId }) }),
  });
}

function addTombstone(ticketId: string, threadId: string, ticket: Loose, facts: FactList): void {
  const deletedAt = timeOf(ticket.updated_at) ?? timeOf(ticket.created_at);
  if (!deletedAt) return;
  facts.utterance({ nativeId: firstComment(ticketId), threadId, deletedAt });
  facts.event({ kind: 'status_changed', threadId, occurredAt: deletedAt, value: 'deleted' });
}

/** Tickets this one follows up or was followed up by. */
function relatedTickets(ticket: Loose): string[] {
  const source = objectOf(objectOf(ticket.via).source);
  const from = source.rel === 'follow_up' ? objectsOf([source.from]).map(({ ticket_id }) => ticket_id) : [];
  const followUps = Array.isArray(ticket.followup_ids) ? ticket.followup_ids : [];
  return [...from, ticket.followup_source_id, ...followUps].map(textOf).filter((id) => id !== undefined);
}

/** `ticket.merged`: what was said in the ticket goes on in the other one. */
export function mapMerge(payload: Loose, context: SplitContext): Outcome {
  const [from, into] = [objectOf(payload.detail).id, objectOf(payload.event).target_ticket_id].map(textOf);
  if (!from || !into) return reject('the merge does not name both tickets');
  const facts = new FactList(context, 0);
  facts.link(facts.threadId(ticketThread(into)), facts.threadId(ticketThread(from)), 'merged');
  return ok(facts.facts);
}
