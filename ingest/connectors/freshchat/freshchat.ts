import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import {
  defineConnector,
  drop,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, fullName, nameIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { isAppEvent, noticesOf, recordsOf } from './app-event.ts';
import { mapMessage } from './message.ts';

const CHANGES = {
  conversation_assignment: 'assigned',
  conversation_resolution: 'solved',
  conversation_reopen: 'reopened',
} as const;

const STATUSES = { new: 'new', assigned: 'open', reopen: 'open', reopened: 'open', resolved: 'solved' } as const;
/** The lists of the API's pages, by the kind of their records. */
const LISTS = tableOf<UnitKind>({
  messages: 'message',
  conversations: 'thread',
  users: 'profile',
  agents: 'profile',
  groups: 'profile',
});
/** Fields that tell those records from the ones of other vendors. */
const MARKS = tableOf({
  conversations: 'conversation_id',
  users: 'first_name',
  agents: 'first_name',
  groups: 'routing_type',
});

/** A webhook: who did what, when, and the record it was done to. The API answers with a page of records or with one. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const native = objectOf(document);
  if (isAppEvent(native)) {
    for (const [list, record] of recordsOf(native)) yield unitOf(list, record);
    for (const notice of noticesOf(native)) yield* split(notice);
    return;
  }
  const action = textOf(native.action);
  if (action && isLoose(native.data)) return yield { kind: kindOf(action), nativeKind: action, native };
  const alone = listOf(native);
  if (alone) yield unitOf(alone, native);
  const lists = Object.keys(LISTS).filter((name) => name !== alone && isPageOf(name, native[name]));
  // The groups that a user belongs to are no page of groups.
  for (const name of alone && alone !== 'conversations' ? [] : lists)
    for (const record of objectsOf(native[name]))
      yield unitOf(name, alone ? { conversation_id: native.conversation_id, ...record } : record);
  if (!alone && lists.length === 0)
    throw new SourceError('invalid document; expected a webhook with action and data, or records of the API');
}

function kindOf(action: string): UnitKind {
  if (action === 'message_create') return 'message';
  if (nameIn(CHANGES, action)) return 'event';
  return action.startsWith('user_') ? 'profile' : 'unknown';
}

function isPageOf(list: string, value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const mark = MARKS[list];
  return mark === undefined || value.length === 0 || objectOf(value[0])[mark] !== undefined;
}

/** The list that a record which comes alone would stand in. */
function listOf(record: Loose): string | undefined {
  if (textOf(record.id) && (record.message_parts ?? record.msg_parts)) return 'messages';
  if (textOf(record.conversation_id) && record.channel_id !== undefined) return 'conversations';
  if (!textOf(record.id) || record.first_name === undefined) return undefined;
  return record.role_id !== undefined || record.availability_status !== undefined ? 'agents' : 'users';
}

const unitOf = (list: string, record: Loose): Unit<Loose> => ({
  kind: LISTS[list]!,
  nativeKind: list.slice(0, -1),
  native:
    list === 'messages'
      ? { action_time: record.created_time, data: { message: record } }
      : list === 'users'
        ? { action_time: record.updated_time ?? record.created_time, data: { user: record } }
        : record,
});

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'conversation') return mapConversation(native, context);
  if (nativeKind === 'agent' || nativeKind === 'group') return mapStaff(nativeKind, native, context);
  const data = objectOf(native.data);
  const changedAt = fromIso(native.action_time) ?? (nativeKind === 'user' ? context.delivery.receivedAt : undefined);
  if (!changedAt)
    return reject(`invalid action_time: ${textOf(native.action_time) ?? 'none'}; expected ISO 8601 with a zone`);
  const facts = new FactList(context, changedAt.getTime());
  if (kind === 'message') return mapMessage({ ...objectOf(native.actor), ...objectOf(data.message) }, changedAt, facts);
  if (kind === 'profile') {
    const user = objectOf(data.user);
    const display = fullName(user.first_name, user.last_name);
    addPerson(facts, { at: changedAt, evidence: 'freshchat_user' }, [
      { type: 'contact_id', value: textOf(user.id), display },
      { type: 'email', value: textOf(user.email), display },
      { type: 'phone', value: textOf(user.phone), display },
      { type: 'crm_id', value: textOf(user.reference_id), display },
    ]);
    return facts.facts.length > 0 ? ok(facts.facts) : reject('the user has no id');
  }
  const change = objectOf(Object.values(data)[0]);
  const conversation = isLoose(change.conversation) ? change.conversation : change;
  const nativeId = textOf(conversation.conversation_id) ?? textOf(conversation.id);
  if (!nativeId) return reject('the change names no conversation');
  const place = placeOf({ ...conversation, ...targetOf(change) }, facts);
  const isAssignment = nativeKind === 'conversation_assignment';
  if (isAssignment && !place.agentId && !place.queueId) return drop('an assignment to nobody');
  const status =
    nativeKind === 'conversation_resolution' ? 'solved' : nativeKind === 'conversation_reopen' ? 'open' : undefined;
  const threadId = facts.thread({ nativeId, channel: 'chat', status, ...place });
  facts.event({
    threadId,
    kind: isAssignment && !place.agentId ? 'queued' : nameIn(CHANGES, nativeKind)!,
    occurredAt: changedAt,
    timePrecision: 'millisecond',
    ...place,
  });
  return ok(facts.facts);
}

/** Whom an assignment names; without one the conversation says it. */
const targetOf = ({ to_agent_id, to_group_id }: Loose): Loose => ({
  ...(to_agent_id !== undefined && { assigned_agent_id: to_agent_id }),
  ...(to_group_id !== undefined && { assigned_group_id: to_group_id }),
});

function placeOf(conversation: Loose, facts: FactList): { agentId?: string; queueId?: string } {
  const [agent, group] = [textOf(conversation.assigned_agent_id), textOf(conversation.assigned_group_id)];
  return {
    ...(agent && { agentId: facts.agent({ nativeId: agent }) }),
    ...(group && { queueId: facts.queue({ nativeId: group }) }),
  };
}

/** A conversation as it stands. */
function mapConversation(conversation: Loose, context: SplitContext): Outcome {
  const [startedAt, changedAt] = [fromIso(conversation.created_time), fromIso(conversation.updated_time)];
  const facts = new FactList(context, (changedAt ?? startedAt)?.getTime() ?? 0);
  const threadId = facts.thread({
    nativeId: textOf(conversation.conversation_id)!,
    channel: 'chat',
    account: textOf(conversation.channel_id),
    startedAt,
    status: nameIn(STATUSES, conversation.status),
    ...placeOf(conversation, facts),
  });
  const user = { type: 'contact_id', value: textOf(conversation.user_id) } as const;
  facts.participant(threadId, 'customer', startedAt ?? context.delivery.receivedAt, user);
  return ok(facts.facts);
}

function mapStaff(nativeKind: 'agent' | 'group', record: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(record.id);
  if (!nativeId) return reject(`the ${nativeKind} has no id`);
  const facts = new FactList(context, 0);
  if (nativeKind === 'agent') facts.agent({ nativeId, name: fullName(record.first_name, record.last_name) });
  else facts.queue({ nativeId, name: textOf(record.name) });
  return ok(facts.facts);
}

export const freshchat = defineConnector<Loose, Record<string, never>>({
  name: 'freshchat',
  title: 'Freshchat',
  version: 1,
  channels: ['chat', 'messenger', 'in_app'],
  docs: ['https://developers.freshchat.com/api/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'rsa-sha256', header: 'X-Freshchat-Signature', encoding: 'base64' },
  threadKey: 'conversation_id',
  echoRule: 'actor_type is agent, bot or system',
  split,
  map,
});
