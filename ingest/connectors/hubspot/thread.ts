import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, nameIn } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { deletedAt, versionOf, wordsOfText } from './activity.ts';
import { CONVERSATION_STATUSES, PRIORITIES } from './notice.ts';
import { mergedIds } from './people.ts';

/** Ids of HubSpot's own channels; those of connected apps are higher. */
export const CHANNELS = tableOf<Channel>({
  1000: 'chat',
  1001: 'messenger',
  1002: 'email',
  1007: 'whatsapp',
});
const TICKET_SOURCES = tableOf<Channel>({
  chat: 'chat',
  email: 'email',
  form: 'form',
  phone: 'voice',
});
/** Stages of the pipeline that every account has; those of others have ids of their own. */
const STAGES = tableOf<ThreadStatus>({ 1: 'new', 2: 'pending', 3: 'open', 4: 'closed' });

type ThreadStatus = 'new' | 'pending' | 'open' | 'closed';

/** Where neither the stage nor a time of closing is given, nothing tells whether a ticket is open. */
function statusOf(record: Loose, properties: Loose, closedAt: Date | undefined): ThreadStatus | undefined {
  if (!isLoose(record.properties))
    return nameIn(CONVERSATION_STATUSES, record.status) ?? (closedAt ? 'closed' : 'open');
  const stage = textOf(properties.hs_pipeline) === '0' ? nameIn(STAGES, properties.hs_pipeline_stage) : undefined;
  return stage ?? (closedAt ? 'closed' : properties.closed_date === undefined ? undefined : 'open');
}

/** A conversation of an inbox, or a ticket. */
export function mapThread(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const isTicket = isLoose(record.properties);
  const startedAt = fromIso(properties.createdate) ?? fromIso(record.createdAt);
  if (!startedAt) return reject('the record has no time of creation');
  const changed = isTicket
    ? versionOf(record, properties)
    : latestOf(record.closedAt, record.latestMessageTimestamp, startedAt);
  const facts = new FactList(context, changed);
  const closedAt = fromIso(isTicket ? properties.closed_date : record.closedAt);
  const owner = textOf(properties.hubspot_owner_id) ?? /^A-(\d+)$/.exec(textOf(record.assignedTo) ?? '')?.[1];
  const threadId = facts.thread({
    nativeId: `${isTicket ? 'ticket' : 'thread'}/${textOf(record.id)}`,
    channel:
      (isTicket ? nameIn(TICKET_SOURCES, properties.source_type) : nameIn(CHANNELS, record.originalChannelId)) ??
      'ticket',
    startedAt,
    subject: textOf(properties.subject),
    status: statusOf(record, properties, closedAt),
    priority: nameIn(PRIORITIES, properties.hs_ticket_priority),
    agentId: owner ? facts.agent({ nativeId: owner }) : undefined,
    deletedAt: deletedAt(record, changed),
  });
  const ticket = textOf(objectOf(record.threadAssociations).associatedTicketId);
  if (ticket) facts.link(threadId, facts.threadId(`ticket/${ticket}`), 'hubspot ticket');
  for (const former of mergedIds(properties)) facts.link(threadId, facts.threadId(`ticket/${former}`), 'hubspot merge');
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  if (closedAt) facts.event({ threadId, kind: 'solved', occurredAt: closedAt, timePrecision: 'millisecond' });
  facts.participant(threadId, 'customer', startedAt, { type: 'crm_id', value: textOf(record.associatedContactId) });
  addDescription(facts, record, threadId, startedAt);
  for (const name of ['time_to_close', 'time_to_first_agent_reply'])
    facts.measure({ threadId, name: `hubspot.${name}`, value: numberOf(properties[name]), unit: 'millisecond' });
  return ok(facts.facts);
}

/** Who wrote a ticket is not said; the form and the inbox put the customer's words there, on the phone it is a note. */
function addDescription(facts: FactList, record: Loose, threadId: string, occurredAt: Date): void {
  const { content, source_type } = objectOf(record.properties);
  if (!textOf(content)) return;
  const isNote = source_type === 'PHONE';
  facts.utterance({
    nativeId: `ticket/${textOf(record.id)}`,
    threadId,
    role: isNote ? 'agent' : undefined,
    visibility: isNote ? 'internal' : undefined,
    ...wordsOfText(content),
    occurredAt,
    isZoneKnown: true,
  });
}

/** Two tickets or more that became one: what is said of each is said of all. */
export function mapTicketMerge(record: Loose, context: SplitContext): Outcome {
  const at = fromEpochMilliseconds(record.occurredAt ?? null);
  const kept = textOf(record.newObjectId) ?? textOf(record.primaryObjectId);
  const former = [textOf(record.primaryObjectId), ...textsOf(record.mergedObjectIds)].filter((id) => id !== undefined);
  if (!at || !kept || former.length === 0) return reject('the merge names no tickets or has no occurredAt');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: `ticket/${kept}`, channel: 'ticket' });
  for (const id of former) facts.link(threadId, facts.threadId(`ticket/${id}`), 'hubspot merge');
  return ok(facts.facts);
}
