import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, precisionOf, recordsIn } from '../../formats/helpdesk.ts';
import { fromEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { mapMessage, type FrontNative } from './message.ts';
import { EVENTS, STATUSES } from './names.ts';
import { addRecipient, mapAccount, mapContact } from './people.ts';
import { frontPull } from './pull.ts';
import { addTeammate } from './teammate.ts';
import { frontTrust } from './trust.ts';

const MERGED = 'conversations_merged';
/** Kinds of record, by how their ids begin. */
const RECORDS = tableOf<Pick<Unit, 'kind' | 'nativeKind'>>({
  cnv: { kind: 'thread', nativeKind: 'conversation' },
  msg: { kind: 'message', nativeKind: 'message' },
  com: { kind: 'message', nativeKind: 'comment' },
  tea: { kind: 'profile', nativeKind: 'teammate' },
  crd: { kind: 'profile', nativeKind: 'contact' },
  acc: { kind: 'profile', nativeKind: 'account' },
});
const MESSAGES = /^(inbound|outbound|out_reply|forward|imported)(_received|_sent)?$|^message/;
/** The trash is a place for spam and what is done with, from which conversations are restored: it deletes nothing. */
const IGNORED =
  /tag|trash|restore|move|mention|unassign|link|follow|custom_field|macro|topic|ticket_status|call_started|sync|subject|private|delete|template|list_/;

/** Webhooks wrap what happened; pages of the API hold conversations, messages and comments themselves. */
function* split(document: unknown): Generator<Unit<FrontNative>> {
  for (const item of recordsIn(document, '_results')) {
    const outer = objectOf(item);
    const record = isLoose(outer.payload) ? outer.payload : outer;
    const type = textOf(record.type) ?? textOf(outer.type) ?? '';
    if (textOf(record.id)?.startsWith('evt_') || isLoose(record.target)) yield* splitEvent(record, type);
    else if (outer.type === 'sync')
      yield { kind: 'ignored', nativeKind: 'sync', native: { record, conversation: {}, event: {} } };
    else yield plainUnit(record, {}, {});
  }
}

function* splitEvent(event: Loose, type: string): Generator<Unit<FrontNative>> {
  const conversation = objectOf(event.conversation);
  const target = objectOf(event.target);
  const data = objectOf(target.data);
  if (textOf(conversation.id)) yield plainUnit(conversation, conversation, event);
  const isEvent = nameIn(EVENTS, type) !== undefined || type === MERGED;
  if (!isEvent && /^(msg|com)_/.test(textOf(data.id) ?? '')) yield plainUnit(data, conversation, event);
  else
    yield {
      kind: isEvent ? 'event' : MESSAGES.test(type) || !IGNORED.test(type) ? 'unknown' : 'ignored',
      nativeKind: `event.${type}`,
      native: { record: data, conversation, event },
    };
}

function plainUnit(record: Loose, conversation: Loose, event: Loose): Unit<FrontNative> {
  const native = { record, conversation, event };
  const [prefix] = (textOf(record.id) ?? '').split('_');
  if (!prefix) throw new SourceError('invalid document; expected Front records with an id');
  const known = RECORDS[prefix];
  return known
    ? { ...known, native }
    : { kind: /^(tag|inb|cha|tim|alt)$/.test(prefix) ? 'ignored' : 'unknown', nativeKind: prefix, native };
}

/** A page says what is so when it is read: only events and records with updated_at have a time of change. */
function mapConversation({ record, event }: FrontNative, context: SplitContext): Outcome {
  const startedAt = fromEpoch(record.created_at ?? null);
  const changed = fromEpoch(event.emitted_at ?? record.updated_at ?? null) ?? context.delivery.receivedAt;
  const facts = new FactList(context, changed.getTime());
  const threadId = facts.thread({
    nativeId: textOf(record.id)!,
    channel: 'ticket',
    ...(startedAt && { startedAt }),
    subject: textOf(record.subject),
    status: nameIn(STATUSES, record.status_category) ?? nameIn(STATUSES, record.status),
    agentId: addTeammate(facts, objectOf(record.assignee)),
    // What happened may name its conversation and no more.
    ...(Array.isArray(record.tags) && { tags: objectsOf(record.tags).flatMap(({ name }) => textOf(name) ?? []) }),
  });
  if (startedAt)
    facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: precisionOf(record.created_at) });
  if (isLoose(record.recipient)) addRecipient(facts, record.recipient, threadId, startedAt ?? changed);
  return ok(facts.facts);
}

function mapEvent({ event, conversation }: FrontNative, context: SplitContext): Outcome {
  const at = fromEpoch(event.emitted_at ?? null);
  const nativeId = textOf(conversation.id);
  if (!at || !nativeId) return reject('the event has no emitted_at or names no conversation');
  const facts = new FactList(context, at.getTime());
  if (event.type === MERGED) return mapMerge(event, facts.threadId(nativeId), facts);
  const kind = nameIn(EVENTS, event.type)!;
  // What could not be sent is a message; what is assigned names a teammate.
  const target = objectOf(objectOf(event.target).data);
  const agentId =
    kind === 'assigned' ? addTeammate(facts, target) : addTeammate(facts, objectOf(objectOf(event.source).data));
  facts.event({
    threadId: facts.threadId(nativeId),
    kind,
    occurredAt: at,
    timePrecision: precisionOf(event.emitted_at),
    agentId,
    nativeId: textOf(event.id)!,
    utteranceId: textOf(target.id)?.startsWith('msg_') ? facts.utteranceId(textOf(target.id)!) : undefined,
  });
  return ok(facts.facts);
}

/** The conversations that have become part of this one, by their ids or as records. */
function mapMerge(event: Loose, threadId: string, facts: FactList): Outcome {
  const { data } = objectOf(event.target);
  const merged = (Array.isArray(data) ? data : [data]).flatMap((one) => textOf(isLoose(one) ? one.id : one) ?? []);
  const ids = merged.filter((id) => id.startsWith('cnv_'));
  for (const id of ids) facts.link(threadId, facts.threadId(id), 'merged conversation');
  return ids.length > 0 ? ok(facts.facts) : reject('the event does not name the conversations that were merged');
}

function mapPerson({ record }: FrontNative, context: SplitContext): Outcome {
  const id = textOf(record.id) ?? '';
  if (id.startsWith('acc_')) return mapAccount(record, context);
  if (id.startsWith('crd_')) return mapContact(record, context);
  const at = fromEpoch(record.updated_at ?? null) ?? context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  return addTeammate(facts, record) ? ok(facts.facts) : drop('a bot of Front is no teammate');
}

const mappers = { thread: mapConversation, message: mapMessage, event: mapEvent, profile: mapPerson };

export const front = defineConnector<FrontNative, Record<string, never>>({
  name: 'front',
  title: 'Front',
  version: 1,
  channels: [
    'email',
    'sms',
    'chat',
    'whatsapp',
    'messenger',
    'x_dm',
    'social',
    'voice',
    'work_chat',
    'review',
    'ticket',
  ],
  docs: ['https://dev.frontapp.com/reference/conversations', 'https://dev.frontapp.com/docs/application-webhooks'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: frontTrust,
  handshake: { kind: 'echo-header', header: 'X-Front-Challenge', answerField: 'challenge' },
  pull: frontPull,
  threadKey: 'id of the conversation',
  echoRule: 'is_inbound is false',
  split,
  map: (unit, context) => mappers[unit.kind as keyof typeof mappers](unit.native, context),
});
