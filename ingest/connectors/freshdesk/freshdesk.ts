import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, recordsIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, textsOf, type Loose } from '../../formats/value.ts';
import { mapNotice, noticeTicket } from './notice.ts';
import { contactHandles, mapCompany, mapContact } from './people.ts';
import { freshdeskPull } from './pull.ts';

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
const PHONE = '3';
const STATUSES = { 2: 'open', 3: 'pending', 4: 'solved', 5: 'closed', 6: 'pending', 7: 'on_hold' } as const;
const PRIORITIES = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' } as const;
/** Sources of conversation entries that repeat somebody's survey answer. */
const SURVEY_FEEDBACK = '6';
/** What an automation rule posts. */
const NOTICE = 'rule webhook';
/** Answers from extremely unhappy to extremely happy; 100 is neutral. */
const RATINGS = [-103, -102, -101, 100, 101, 102, 103];

/** Fields that only settings have, or the time somebody wrote down for a ticket. */
const SETTINGS =
  'time_spent label_for_customers customers_can_edit primary_email reply_email sla_target business_hours questions content_html'.split(
    ' ',
  );

/** Tickets (with conversations, requester and stats inside, where asked for), conversations, contacts, agents, ratings. */
function* split(document: unknown): Generator<Unit<Loose>> {
  for (const item of recordsIn(document, 'results').flatMap(ofEvent)) {
    const native = isLoose(objectOf(item).freshdesk_webhook)
      ? objectOf(objectOf(item).freshdesk_webhook)
      : objectOf(item);
    if (!textOf(native.id) && noticeTicket(native)) {
      yield { kind: 'thread', nativeKind: NOTICE, native };
      continue;
    }
    if (!textOf(native.id)) throw new SourceError('invalid document; expected Freshdesk records, each with an id');
    yield { ...kindOf(native), native };
    for (const message of objectsOf(native.conversations))
      yield { kind: 'message', nativeKind: 'conversation', native: { ticket_id: native.id, ...message } };
  }
}

/** What the app platform sends: the record that an event, e.g. `onTicketCreate`, is about. */
function ofEvent(item: unknown): unknown[] {
  const { event, data } = objectOf(item);
  const { ticket, conversation, requester } = objectOf(data);
  if (!textOf(event)?.startsWith('on')) return [item];
  return [ticket && { requester, ...objectOf(ticket) }, conversation].filter(isLoose);
}

function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  if (record.requester_id !== undefined && record.status !== undefined) return { kind: 'thread', nativeKind: 'ticket' };
  if (record.ratings !== undefined) return { kind: 'survey', nativeKind: 'satisfaction_rating' };
  if (record.incoming !== undefined || record.body_text !== undefined)
    return { kind: 'message', nativeKind: 'conversation' };
  if (record.ticket_scope !== undefined || isLoose(record.contact)) return { kind: 'profile', nativeKind: 'agent' };
  if (
    record.view_all_tickets !== undefined ||
    record.unique_external_id !== undefined ||
    (record.mobile !== undefined && record.email !== undefined)
  )
    return { kind: 'profile', nativeKind: 'contact' };
  if (Array.isArray(record.domains) || record.account_tier !== undefined || record.health_score !== undefined)
    return { kind: 'profile', nativeKind: 'company' };
  if (record.unassigned_for !== undefined || Array.isArray(record.agent_ids))
    return { kind: 'profile', nativeKind: 'group' };
  if (SETTINGS.some((name) => record[name] !== undefined)) return { kind: 'ignored', nativeKind: 'setting' };
  const isLibrary = record.articles_count !== undefined || record.folder_id !== undefined || record.icon !== undefined;
  return { kind: isLibrary ? 'ignored' : 'unknown', nativeKind: isLibrary ? 'solution' : 'record' };
}

/** Deleted tickets stand in a list of their own, and nowhere else. */
const isDeleted = ({ deleted }: Loose, { delivery }: SplitContext): boolean =>
  deleted === true || (delivery.via === 'pull' && delivery.headers.list === 'deleted');

function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const [id, startedAt] = [textOf(ticket.id), fromIso(ticket.created_at)];
  if (!id || !startedAt) return reject('the ticket has no id or no created_at');
  const facts = new FactList(context, latestOf(ticket.updated_at, startedAt));
  const [agent, group] = [textOf(ticket.responder_id), textOf(ticket.group_id)];
  const isOutbound = textOf(ticket.source) === OUTBOUND_EMAIL;
  const channel = nameIn(CHANNELS, ticket.source) ?? 'ticket';
  const threadId = facts.thread({
    nativeId: `ticket/${id}`,
    channel,
    startedAt,
    // A ticket of a call does not say who called whom.
    direction: isOutbound ? 'outbound' : textOf(ticket.source) === PHONE ? undefined : 'inbound',
    subject: textOf(ticket.subject),
    status: nameIn(STATUSES, ticket.status) ?? 'open',
    priority: nameIn(PRIORITIES, ticket.priority),
    agentId: agent && facts.agent({ nativeId: agent }),
    queueId: group && facts.queue({ nativeId: group }),
    tags: Array.isArray(ticket.tags) ? textsOf(ticket.tags) : undefined,
    deletedAt: isDeleted(ticket, context) ? (fromIso(ticket.updated_at) ?? startedAt) : undefined,
  });
  const stats = objectOf(ticket.stats);
  const event = (kind: 'started' | 'answered' | 'solved' | 'reopened', occurredAt: Date | undefined) =>
    occurredAt && facts.event({ threadId, kind, occurredAt, timePrecision: 'second' });
  event('started', startedAt);
  event('answered', fromIso(stats.first_responded_at));
  event('solved', fromIso(stats.resolved_at) ?? fromIso(stats.closed_at));
  event('reopened', fromIso(stats.reopened_at));
  const handleId = addPerson(
    facts,
    { threadId, at: startedAt, evidence: 'freshdesk_requester' },
    contactHandles(objectOf(ticket.requester), ticket.requester_id),
  );
  const isMail = channel === 'email';
  const words = wordsOf(
    textOf(ticket.description_text) && !isMail
      ? { text: ticket.description_text }
      : { html: ticket.description, text: ticket.description_text },
    isMail,
  );
  // What stands on a ticket of a call, the agent has written.
  const isCustomer = !isOutbound && channel !== 'voice';
  const media = mediaOf(ticket);
  if (words.text || media.length > 0)
    facts.utterance({
      nativeId: `ticket/${id}/description`,
      threadId,
      role: isCustomer ? 'customer' : 'agent',
      occurredAt: startedAt,
      nativeTime: textOf(ticket.created_at),
      timePrecision: 'second',
      isZoneKnown: true,
      ...words,
      visibility: channel === 'voice' ? 'internal' : 'public',
      handleId: isCustomer ? handleId : undefined,
      agentId: isCustomer || !agent ? undefined : facts.agent({ nativeId: agent }),
      ...(media.length > 0 && { media }),
    });
  return ok(facts.facts);
}

function mapMessage(message: Loose, context: SplitContext): Outcome {
  const [id, ticketId, at] = [textOf(message.id), textOf(message.ticket_id), fromIso(message.created_at)];
  if (!id || !ticketId || !at) return reject('the conversation entry has no id, no ticket_id or no created_at');
  if (textOf(message.source) === SURVEY_FEEDBACK)
    return { status: 'drop', reason: 'repeats a survey answer, which comes as a rating' };
  const facts = new FactList(context, latestOf(message.updated_at, at));
  const threadId = facts.thread({ nativeId: `ticket/${ticketId}`, channel: 'ticket', version: 0 });
  const isCustomer = message.incoming === true;
  const user = textOf(message.user_id);
  facts.utterance({
    nativeId: `conversation/${id}`,
    threadId,
    role: isCustomer ? 'customer' : 'agent',
    occurredAt: at,
    nativeTime: textOf(message.created_at),
    timePrecision: 'second',
    isZoneKnown: true,
    ...wordsOf({ html: message.body, text: message.body_text }, true),
    visibility: message.private === true ? 'internal' : 'public',
    isAutomatic: message.auto_response === true || textOf(message.automation_id) !== undefined || undefined,
    agentId: !isCustomer && user ? facts.agent({ nativeId: user }) : undefined,
    handleId: isCustomer ? facts.participant(threadId, 'customer', at, { type: 'contact_id', value: user }) : undefined,
    media: mediaOf(message),
    editedAt: fromIso(message.last_edited_at),
  });
  return ok(facts.facts);
}

const mediaOf = (record: Loose) =>
  objectsOf(record.attachments).map((file) => ({
    mediaId: textOf(file.id),
    name: textOf(file.name),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.size),
  }));

function mapProfile({ nativeKind, native: record }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'company') return mapCompany(record, context);
  if (nativeKind === 'contact') return mapContact(record, context);
  const facts = new FactList(context, latestOf(record.updated_at, record.created_at));
  const nativeId = textOf(record.id)!;
  if (nativeKind === 'group') facts.queue({ nativeId, name: textOf(record.name) });
  else facts.agent({ nativeId, name: textOf(objectOf(record.contact).name) });
  return ok(facts.facts);
}

function mapRating(rating: Loose, context: SplitContext): Outcome {
  const [id, occurredAt] = [textOf(rating.id), fromIso(rating.created_at)];
  const score = numberOf(objectOf(rating.ratings).default_question);
  if (!id || !occurredAt || score === undefined)
    return reject('the rating has no id, no time or no answer to the default question');
  const step = RATINGS.indexOf(score) + 1;
  if (step === 0) return reject(`invalid rating: ${score}; expected one of ${RATINGS.join(', ')}`);
  const facts = new FactList(context, latestOf(rating.updated_at, occurredAt));
  facts.survey({
    nativeId: `rating/${id}`,
    kind: 'csat',
    occurredAt,
    score: step,
    scaleMin: 1,
    scaleMax: 7,
    isHigherBetter: true,
    comment: textOf(rating.feedback),
    threadId: textOf(rating.ticket_id) && facts.threadId(`ticket/${textOf(rating.ticket_id)}`),
    handleId: facts.handle({ type: 'contact_id', value: textOf(rating.user_id) }),
  });
  return ok(facts.facts);
}

export const freshdesk = defineConnector<Loose, Record<string, never>>({
  name: 'freshdesk',
  title: 'Freshdesk',
  version: 1,
  channels: ['ticket', 'email', 'portal', 'voice', 'forum', 'social', 'chat', 'in_app', 'form', 'bot', 'whatsapp'],
  docs: ['https://developers.freshdesk.com/api/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: freshdeskPull,
  threadKey: 'id of the ticket',
  echoRule: 'incoming is false',
  split,
  map: (unit, context) => {
    if (unit.nativeKind === NOTICE) return mapNotice(unit.native, context);
    if (unit.kind === 'thread') return mapTicket(unit.native, context);
    if (unit.kind === 'survey') return mapRating(unit.native, context);
    return unit.kind === 'message' ? mapMessage(unit.native, context) : mapProfile(unit, context);
  },
});
