import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Channel } from '../../channels.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, fullName, latestOf, nameIn, recordsIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { kindOf, nameOf } from './kinds.ts';
import { CHANNELS, goneAt, mapMessage } from './message.ts';
import { contactHandles, isGone, mapAccount, mapContact, mapDesk } from './people.ts';
import { mapRating } from './rating.ts';

const STATUSES = { open: 'open', 'on hold': 'on_hold', closed: 'closed' } as const;
const PRIORITIES = { low: 'low', medium: 'normal', high: 'high', urgent: 'urgent' } as const;

/** A webhook is a list of events with a payload; a page has its records in `data`. Times are ISO with `Z`. */
function* split(document: unknown): Generator<Unit<Loose>> {
  for (const item of recordsIn(document, 'data')) {
    const event = textOf(objectOf(item).eventType);
    const native = event ? objectOf(objectOf(item).payload) : objectOf(item);
    const isDeleted = event !== undefined && event.endsWith('_Delete');
    const kind = kindOf(native, event);
    if (!textOf(native.id) && kind !== 'ignored')
      throw new SourceError('invalid document; expected Zoho Desk records with an id');
    if (isDeleted && kind === 'profile') yield { kind, nativeKind: event, native };
    else if (isDeleted && (kind === 'thread' || kind === 'message'))
      yield { kind: 'delete', nativeKind: event, native: { ...native, deletedAt: objectOf(item).eventTime } };
    else if (isDeleted) yield { kind: 'ignored', nativeKind: event, native };
    else yield { kind, nativeKind: event ?? nameOf(native), native: withPrevious(native, objectOf(item).prevState) };
  }
}

/** A notice of a change can have what stood there before. */
const withPrevious = (native: Loose, prevState: unknown): Loose =>
  isLoose(prevState) ? { ...native, prevState } : native;

/** The event says no more than which ticket is gone, and when in epoch milliseconds. */
function mapDeletedTicket(ticket: Loose, context: SplitContext): Outcome {
  const deletedAt = goneAt(ticket, context);
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId: textOf(ticket.id)!, channel: 'ticket', status: 'closed', deletedAt });
  return ok(facts.facts);
}

/** A webhook has the first message with the ticket; a list has the last one, which is the first where it is alone. */
const firstMessageOf = (ticket: Loose): Loose =>
  isLoose(ticket.firstThread)
    ? ticket.firstThread
    : textOf(ticket.threadCount) === '1'
      ? objectOf(ticket.lastThread)
      : {};

function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const startedAt = fromIso(ticket.createdTime);
  if (!startedAt) return reject('the ticket has no createdTime');
  const facts = new FactList(context, latestOf(ticket.modifiedTime, ticket.createdTime));
  const [queue, agent] = [textOf(ticket.departmentId), textOf(ticket.assigneeId)];
  const assignee = objectOf(ticket.assignee);
  const channel = nameIn(CHANNELS, ticket.channel) ?? 'ticket';
  const threadId = facts.thread({
    nativeId: textOf(ticket.id)!,
    channel,
    startedAt,
    subject: textOf(ticket.subject),
    status: statusOf(ticket),
    priority: nameIn(PRIORITIES, ticket.priority),
    queueId: queue && facts.queue({ nativeId: queue, name: textOf(objectOf(ticket.department).name) }),
    agentId: agent && facts.agent({ nativeId: agent, name: fullName(assignee.firstName, assignee.lastName) }),
    url: textOf(ticket.webUrl),
    deletedAt: isGone(ticket) ? goneAt(ticket, context) : undefined,
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  const closedAt = fromIso(ticket.closedTime);
  if (closedAt) facts.event({ threadId, kind: 'solved', occurredAt: closedAt, timePrecision: 'second' });
  addChanges(facts, ticket, threadId);
  const handleId = addPerson(facts, { threadId, at: startedAt, evidence: 'zoho_ticket' }, [
    ...contactHandles({ id: ticket.contactId, ...objectOf(ticket.contact) }),
    { type: 'email', value: textOf(ticket.email) },
    { type: 'phone', value: textOf(ticket.phone) },
  ]);
  addDescription(facts, ticket, { threadId, channel, at: startedAt, handleId });
  return ok(facts.facts);
}

/**
 * What stands on a ticket of a call, the agent has written; elsewhere it is the customer's first message, as far as it is
 * known where that is, unless the desk wrote first.
 */
function addDescription(
  facts: FactList,
  ticket: Loose,
  { threadId, channel, at, handleId }: { threadId: string; channel: Channel; at: Date; handleId: string | undefined },
): void {
  const first = firstMessageOf(ticket);
  const words = wordsOf({ html: textOf(ticket.description) ?? first.content }, channel === 'email');
  if (words.text === undefined) return;
  const isSent = first.direction === 'out';
  const isAgent = channel === 'voice' || isSent;
  const isCustomer = !isAgent && (channel !== 'ticket' || first.direction === 'in');
  facts.utterance({
    nativeId: `${textOf(ticket.id)}/description`,
    threadId,
    ...words,
    occurredAt: at,
    timePrecision: 'second',
    isZoneKnown: true,
    version: 1,
    nativeTime: textOf(ticket.createdTime),
    role: isCustomer ? 'customer' : isAgent ? 'agent' : undefined,
    visibility: isCustomer || isSent ? 'public' : isAgent ? 'internal' : undefined,
    handleId: isCustomer ? handleId : undefined,
  });
}

const statusOf = (ticket: Loose) => nameIn(STATUSES, ticket.statusType) ?? nameIn(STATUSES, ticket.status);

/** What the change of a ticket changed: who has it, how it stands, how pressing it is. */
function addChanges(facts: FactList, ticket: Loose, threadId: string): void {
  const [before, occurredAt] = [objectOf(ticket.prevState), fromIso(ticket.modifiedTime)];
  if (!occurredAt) return;
  const when = { threadId, occurredAt, timePrecision: 'second' } as const;
  const isChanged = (field: string) => before[field] !== undefined && textOf(before[field]) !== textOf(ticket[field]);
  const [agent, queue] = [textOf(ticket.assigneeId), textOf(ticket.departmentId)];
  if (isChanged('assigneeId') && agent)
    facts.event({ ...when, kind: 'assigned', nativeId: agent, agentId: facts.agent({ nativeId: agent }) });
  if (isChanged('departmentId') && queue)
    facts.event({ ...when, kind: 'assigned', nativeId: queue, queueId: facts.queue({ nativeId: queue }) });
  const [status, former] = [statusOf(ticket), statusOf(before)];
  if (status && former && status !== former) {
    facts.event({ ...when, kind: 'status_changed', value: status });
    if (former === 'closed') facts.event({ ...when, kind: 'reopened' });
  }
  const priority = nameIn(PRIORITIES, ticket.priority);
  if (isChanged('priority') && priority) facts.event({ ...when, kind: 'priority_changed', value: priority });
}

const profileMapper = (name: string) =>
  /^(agent|department)$/.test(name) ? mapDesk : /^account/i.test(name) ? mapAccount : mapContact;

export const zohoDesk = defineConnector<Loose, Record<string, never>>({
  name: 'zoho-desk',
  title: 'Zoho Desk',
  version: 1,
  channels: [
    'ticket',
    'email',
    'voice',
    'form',
    'portal',
    'chat',
    'forum',
    'social',
    'instagram',
    'whatsapp',
    'telegram',
    'line',
    'wechat',
    'sms',
  ],
  docs: ['https://desk.zoho.com/DeskAPIDocument'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'one-of',
    schemes: [{ scheme: 'jwt-rs256', header: 'X-ZDesk-JWT', toleranceSeconds: 300 }, { scheme: 'path-secret' }],
  },
  handshake: { kind: 'accept-get' },
  threadKey: 'id of the ticket',
  echoRule: 'direction is out, or the author is an agent',
  split,
  map: (unit, context) =>
    unit.nativeKind === 'Ticket_Delete'
      ? mapDeletedTicket(unit.native, context)
      : unit.kind === 'thread'
        ? mapTicket(unit.native, context)
        : unit.kind === 'survey'
          ? mapRating(unit.native, context)
          : unit.kind === 'profile'
            ? profileMapper(unit.nativeKind)(unit.nativeKind, unit.native, context)
            : mapMessage(unit, context),
});
