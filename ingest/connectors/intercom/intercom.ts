import { fromIsoOrEpoch } from '../../formats/time.ts';
import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, recordsIn } from '../../formats/helpdesk.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { mapCall } from './call.ts';
import { isChange } from './change.ts';
import { BOOKKEEPING, itemOf, kindOf, listFields } from './kinds.ts';
import { CHANNELS, mapPart, type Native } from './part.ts';
import { addContact, changedAt, mapProfile, modern, wordsOfBody } from './people.ts';
import { intercomPull } from './pull.ts';
import { addRatings } from './rating.ts';
import { mapTicket, threadOf } from './ticket.ts';

/** A closed conversation opens again with the next word: closing is solving. */
const STATUSES = { open: 'open', closed: 'solved', snoozed: 'on_hold' } as const;
const PRIORITIES = { priority: 'high', not_priority: 'normal' } as const;
/** Its notice names the conversation or ticket and says nothing else of it. */
const GONE = /^(conversation|ticket)\.deleted$/;
/** What was tagged came with its conversation. */
const TAGGED = 'conversation_part.tag.created';
const SECONDS = 'time_to_assignment time_to_admin_reply time_to_first_close time_to_last_close median_time_to_reply';
const COUNTS = 'count_reopens count_assignments count_conversation_parts';

function* split(document: unknown): Generator<Unit<Native>> {
  const topic = isLoose(document) ? textOf(document.topic) : undefined;
  if (topic === 'ping')
    return yield { kind: 'ignored', nativeKind: topic, native: { conversation: {}, record: objectOf(document) } };
  const items = topic ? [objectOf(objectOf(document).data).item] : recordsIn(document, ...listFields(document));
  for (const item of items) {
    const record = topic ? asOf(topic, itemOf(topic, objectOf(item)), document as Loose) : objectOf(item);
    const type = textOf(record.type);
    if (!type) throw new SourceError('invalid document; expected Intercom records, each with its type');
    if (topic && GONE.test(topic))
      yield { kind: 'delete', nativeKind: topic, native: { conversation: record, record } };
    else if (type === 'conversation') yield* splitConversation(modern(record));
    else if (type === 'ticket') yield* splitTicket(record);
    else if (type === 'conversation_part' && topic !== TAGGED) yield partNotice(topic, record);
    else {
      const kind = topic === TAGGED ? 'ignored' : kindOf(type, record);
      yield { kind, nativeKind: topic ?? type, native: { conversation: {}, record } };
    }
  }
}

/** The notice that a record is gone is newer than what the record says of its last change. */
const asOf = (topic: string, record: Loose, notice: Loose): Loose =>
  /\.(deleted|archived?)$/.test(topic) ? { ...record, updated_at: notice.created_at ?? record.updated_at } : record;

/** A notice of one part alone. */
function partNotice(topic: string | undefined, part: Loose): Unit<Native> {
  const id = textOf(part.conversation_id) ?? textOf(objectOf(part.conversation).id);
  const isRedacted = topic === 'conversation_part.redacted';
  return partUnit(textOf(part.part_type) ?? 'part', { id }, isRedacted ? { ...part, redacted: true } : part);
}

function* splitConversation(conversation: Loose): Generator<Unit<Native>> {
  yield { kind: 'thread', nativeKind: 'conversation', native: { conversation, record: conversation } };
  const source = objectOf(conversation.source);
  if (source.redacted === true || textOf(source.body) || objectsOf(source.attachments).length > 0)
    yield partUnit('source', conversation, { ...source, created_at: conversation.created_at, part_type: 'source' });
  for (const part of objectsOf(objectOf(conversation.conversation_parts).conversation_parts))
    yield partUnit(textOf(part.part_type) ?? 'part', conversation, part);
}

function* splitTicket(ticket: Loose): Generator<Unit<Native>> {
  yield { kind: 'thread', nativeKind: 'ticket', native: { conversation: ticket, record: ticket } };
  for (const part of objectsOf(objectOf(ticket.ticket_parts).ticket_parts))
    yield partUnit(textOf(part.part_type) ?? 'part', ticket, part);
}

function partUnit(nativeKind: string, conversation: Loose, record: Loose): Unit<Native> {
  const isEvent = isChange(nativeKind, record);
  const isSaid = textOf(record.body) !== undefined || objectsOf(record.attachments).length > 0;
  const kind = record.redacted === true ? 'delete' : isSaid ? 'message' : isEvent ? 'event' : undefined;
  return {
    kind: kind ?? (BOOKKEEPING.test(nativeKind) ? 'ignored' : 'unknown'),
    nativeKind: `part.${nativeKind}`,
    native: { conversation, record },
  };
}

/** A bot of the messenger speaks first also where the customer has opened it. */
function directionOf(initiated: string | undefined): 'inbound' | 'outbound' | undefined {
  if (initiated === undefined || initiated === 'operator_initiated') return undefined;
  return initiated === 'customer_initiated' ? 'inbound' : 'outbound';
}

function mapConversation({ record }: Native, context: SplitContext): Outcome {
  const startedAt = fromIsoOrEpoch(record.created_at);
  if (!textOf(record.id) || !startedAt)
    return reject('the conversation has no id, or no created_at of the form 2026-01-31T10:00:00Z');
  const facts = new FactList(context, changedAt(record));
  const source = objectOf(record.source);
  const [agent, team] = [textOf(record.admin_assignee_id), textOf(record.team_assignee_id)];
  const threadId = facts.thread({
    nativeId: threadOf(record),
    channel: nameIn(CHANNELS, source.type) ?? 'ticket',
    startedAt,
    direction: directionOf(textOf(source.delivered_as)),
    subject: textOf(record.title) ?? wordsOfBody(source.subject, false).text,
    status: nameIn(STATUSES, record.state),
    priority: nameIn(PRIORITIES, record.priority),
    agentId: agent && agent !== '0' ? facts.agent({ nativeId: agent }) : undefined,
    queueId: team && team !== '0' ? facts.queue({ nativeId: team }) : undefined,
    tags: objectsOf(objectOf(record.tags).tags).flatMap(({ name }) => textOf(name) ?? []),
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  // With several contacts it is a group conversation: each speaks for themselves, in the parts.
  const contacts = objectsOf(objectOf(record.contacts).contacts);
  if (contacts.length === 1) addContact(facts, contacts[0]!, startedAt, threadId);
  const statistics = objectOf(record.statistics);
  for (const name of SECONDS.split(' '))
    facts.measure({ threadId, name, value: numberOf(statistics[name]), unit: 'second' });
  for (const name of COUNTS.split(' '))
    facts.measure({ threadId, name, value: numberOf(statistics[name]), unit: 'count' });
  addRatings(facts, record, threadId, startedAt);
  return ok(facts.facts);
}

function mapGone(type: string, { record }: Native, context: SplitContext): Outcome {
  const id = textOf(record.conversation_id) ?? textOf(record.id);
  if (!id) return reject(`the deleted ${type} has no id`);
  const deletedAt = fromIsoOrEpoch(record.updated_at) ?? context.delivery.receivedAt;
  const facts = new FactList(context, deletedAt.getTime());
  facts.thread({ nativeId: threadOf({ type, id }), channel: 'ticket', status: 'closed', deletedAt });
  return ok(facts.facts);
}

export const intercom = defineConnector<Native, Record<string, never>>({
  name: 'intercom',
  title: 'Intercom',
  version: 1,
  channels: ['chat', 'email', 'messenger', 'instagram', 'whatsapp', 'sms', 'x_dm', 'in_app', 'voice', 'ticket'],
  docs: ['https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha1',
    encoding: 'hex',
    header: 'X-Hub-Signature',
    prefix: 'sha1=',
    parts: ['body'],
  },
  pull: intercomPull,
  threadKey: 'id of the conversation',
  echoRule: 'author.type is admin, bot or team',
  split,
  map: ({ kind, nativeKind, native }, context) => {
    if (kind === 'thread')
      return nativeKind === 'ticket' ? mapTicket(native.record, context) : mapConversation(native, context);
    if (kind === 'profile') return mapProfile(nativeKind, native.record, context);
    if (kind === 'call') return mapCall(native.record, context);
    return GONE.test(nativeKind) ? mapGone(nativeKind.split('.')[0]!, native, context) : mapPart(native, context);
  },
});
