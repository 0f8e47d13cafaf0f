import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { mediaOf } from './message.ts';
import { contactHandles } from './people.ts';

const CHANNELS = tableOf<Channel>({
  1: 'email',
  2: 'portal',
  3: 'voice',
  4: 'forum',
  5: 'social',
  6: 'social',
  7: 'chat',
  8: 'in_app',
  9: 'form',
  10: 'email',
  12: 'bot',
  13: 'whatsapp',
});
const OUTBOUND_EMAIL = '10';
const STATUSES = { 2: 'open', 3: 'pending', 4: 'solved', 5: 'closed', 6: 'pending', 7: 'on_hold' } as const;
const PRIORITIES = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' } as const;

/** Deleted tickets stand in a list of their own, and nowhere else. */
const isDeleted = ({ deleted }: Loose, { delivery }: SplitContext): boolean =>
  deleted === true || (delivery.via === 'pull' && delivery.headers.list === 'deleted');

/** A ticket of a call does not say who called whom. */
function directionOf(channel: Channel, source: unknown): 'inbound' | 'outbound' | undefined {
  if (textOf(source) === OUTBOUND_EMAIL) return 'outbound';
  return channel === 'voice' ? undefined : 'inbound';
}

interface Opening {
  readonly ticket: Loose;
  readonly threadId: string;
  readonly channel: Channel;
  readonly startedAt: Date;
}

export function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const [id, startedAt] = [textOf(ticket.id), fromIso(ticket.created_at)];
  if (!id || !startedAt) return reject('the ticket has no id, or no created_at of the form 2026-01-31T10:00:00Z');
  const facts = new FactList(context, latestOf(ticket.updated_at, startedAt));
  const [agent, group] = [textOf(ticket.responder_id), textOf(ticket.group_id)];
  const channel = nameIn(CHANNELS, ticket.source) ?? 'ticket';
  const threadId = facts.thread({
    nativeId: `ticket/${id}`,
    channel,
    startedAt,
    direction: directionOf(channel, ticket.source),
    subject: textOf(ticket.subject),
    status: nameIn(STATUSES, ticket.status) ?? 'open',
    priority: nameIn(PRIORITIES, ticket.priority),
    agentId: agent && facts.agent({ nativeId: agent }),
    queueId: group && facts.queue({ nativeId: group }),
    tags: Array.isArray(ticket.tags) ? textsOf(ticket.tags) : undefined,
    deletedAt: isDeleted(ticket, context) ? (fromIso(ticket.updated_at) ?? startedAt) : undefined,
  });
  addEvents(ticket, threadId, startedAt, facts);
  addDescription({ ticket, threadId, channel, startedAt }, facts);
  return ok(facts.facts);
}

function addEvents(ticket: Loose, threadId: string, startedAt: Date, facts: FactList): void {
  const stats = objectOf(ticket.stats);
  const event = (kind: 'started' | 'answered' | 'solved' | 'reopened', occurredAt: Date | undefined) =>
    occurredAt && facts.event({ threadId, kind, occurredAt, timePrecision: 'second' });
  event('started', startedAt);
  event('answered', fromIso(stats.first_responded_at));
  event('solved', fromIso(stats.resolved_at) ?? fromIso(stats.closed_at));
  event('reopened', fromIso(stats.reopened_at));
}

/** The requester, and what the ticket was opened with: on a ticket of a call the agent has written it. */
function addDescription({ ticket, threadId, channel, startedAt }: Opening, facts: FactList): void {
  const handleId = addPerson(
    facts,
    { threadId, at: startedAt, evidence: 'freshdesk_requester' },
    contactHandles(objectOf(ticket.requester), ticket.requester_id),
  );
  const { description: html, description_text: text } = ticket;
  const words = channel === 'email' || !textOf(text) ? wordsOf({ html, text }, channel === 'email') : wordsOf({ text });
  const media = mediaOf(ticket);
  if (!words.text && media.length === 0) return;
  const isCustomer = textOf(ticket.source) !== OUTBOUND_EMAIL && channel !== 'voice';
  const agent = isCustomer ? undefined : textOf(ticket.responder_id);
  facts.utterance({
    nativeId: `ticket/${textOf(ticket.id)}/description`,
    threadId,
    role: isCustomer ? 'customer' : 'agent',
    occurredAt: startedAt,
    nativeTime: textOf(ticket.created_at),
    timePrecision: 'second',
    isZoneKnown: true,
    ...words,
    visibility: channel === 'voice' ? 'internal' : 'public',
    handleId: isCustomer ? handleId : undefined,
    agentId: agent && facts.agent({ nativeId: agent }),
    ...(media.length > 0 && { media }),
  });
}
