import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { mapChange, mapDeletion } from './change.ts';
import { addRating, mapChat, takeBackRating } from './chat.ts';
import { mapMessage } from './message.ts';
import type { Native } from './parts.ts';
import { isFormerChat, mapFormerChat } from './version-2.ts';

const IGNORED =
  /^(incoming_(sneak_peek|customer|rich_message_postback)|customer_|agent_|bot_|group_|tag_|auto_access|access_|routing_|chat_access|events_marked_as_seen|follow_up_requested|thread_tagged|thread_untagged)|_properties_(updated|deleted)$/;
const CHANGES = /^(chat_deactivated|chat_transferred|user_added_to_chat|user_removed_from_chat)$/;
const DELETIONS = /^(event|thread|threads|chat)_deleted$/;
/** What versions 3.0 and 3.1 called the same. */
const FORMER_NAMES = tableOf<string>({
  incoming_chat_thread: 'incoming_chat',
  thread_closed: 'chat_deactivated',
  chat_user_added: 'user_added_to_chat',
  chat_user_removed: 'user_removed_from_chat',
  chat_thread_properties_updated: 'thread_properties_updated',
  chat_thread_properties_deleted: 'thread_properties_deleted',
  chat_thread_tagged: 'thread_tagged',
  chat_thread_untagged: 'thread_untagged',
});

/** A webhook; or chats that were asked for, each with its threads, or with the last of what was said in them. */
function* split(document: unknown): Generator<Unit<Native>> {
  const answer = objectOf(document);
  const body = answer.type === 'response' ? objectOf(answer.payload) : answer;
  if (Array.isArray(body.chats_summary)) return yield* objectsOf(body.chats_summary).flatMap(summaryUnits);
  const chats = chatsIn(body);
  if (chats) return yield* chats.flatMap(listedUnits);
  const action = textOf(body.action);
  if (!action || !isLoose(body.payload)) throw new SourceError('invalid webhook body; expected action and payload');
  yield* noticeUnits(FORMER_NAMES[action] ?? action, body.payload);
}

function chatsIn(body: Loose): Loose[] | undefined {
  if (Array.isArray(body.chats)) return objectsOf(body.chats);
  const isChat = isLoose(body.thread) || Array.isArray(body.threads);
  return isChat && textOf(body.id) ? [body] : isLoose(body.chat) ? [body.chat] : undefined;
}

function* noticeUnits(action: string, payload: Loose): Generator<Unit<Native>> {
  const chat = objectOf(payload.chat);
  const users = objectsOf(chat.users);
  const thread = keyOf(payload.chat_id ?? chat.id, payload.thread_id ?? objectOf(chat.thread).id);
  const native = { thread, record: payload, users };
  if (action === 'incoming_chat') yield* chatUnits(action, chat);
  else if (DELETIONS.test(action)) yield { kind: 'delete', nativeKind: action, native };
  else if (action === 'incoming_event' || action === 'event_updated')
    yield eventUnit(action, thread, objectOf(payload.event), users);
  else if (CHANGES.test(action)) yield { kind: 'event', nativeKind: action, native };
  else if (isRating(action, payload)) yield { kind: 'survey', nativeKind: 'rating', native };
  else yield { kind: IGNORED.test(action) ? 'ignored' : 'unknown', nativeKind: action, native };
}

/** A rating is a property of the thread: an object where it is given, the names of what is gone where it is taken back. */
function isRating(action: string, payload: Loose): boolean {
  const { rating } = objectOf(payload.properties);
  return action === 'thread_properties_deleted'
    ? Array.isArray(rating) && rating.includes('score')
    : action === 'thread_properties_updated' && isLoose(rating);
}

function keyOf(chat: unknown, thread: unknown): string | undefined {
  const [chatId, threadId] = [textOf(chat), textOf(thread)];
  return chatId && threadId && `${chatId}/${threadId}`;
}

function listedUnits(chat: Loose): Unit<Native>[] {
  if (isFormerChat(chat)) {
    const kind = chat.type === 'chat' ? 'thread' : 'unknown';
    return [{ kind, nativeKind: `former_${textOf(chat.type)}`, native: { record: chat, users: [] } }];
  }
  const threads = Array.isArray(chat.threads) ? objectsOf(chat.threads) : [chat.thread];
  return threads.flatMap((thread) => [...chatUnits('chat', { ...chat, thread })]);
}

function* chatUnits(nativeKind: string, chat: Loose): Generator<Unit<Native>> {
  const record = objectOf(chat.thread);
  const users = objectsOf(chat.users);
  const thread = keyOf(chat.id, record.id);
  yield { kind: 'thread', nativeKind, native: { thread, record, users } };
  for (const event of objectsOf(record.events)) yield eventUnit(nativeKind, thread, event, users);
}

/** A chat with its last thread, and the last event of each type. */
function summaryUnits(chat: Loose): Unit<Native>[] {
  const last = Object.values(objectOf(chat.last_event_per_type)).filter(isLoose);
  return [
    ...(isLoose(chat.last_thread_summary) ? chatUnits('summary', { ...chat, thread: chat.last_thread_summary }) : []),
    ...last.map(({ thread_id, event }) =>
      eventUnit('summary', keyOf(chat.id, thread_id), objectOf(event), objectsOf(chat.users)),
    ),
  ];
}

function eventUnit(action: string, thread: string | undefined, record: Loose, users: Loose[]): Unit<Native> {
  const type = textOf(record.type) ?? 'none';
  const isSpoken = /^(message|file|rich_message|filled_form|system_message)$/.test(type);
  // What an app or the system keeps in a chat, and a form before anybody has filled it in, says nothing.
  const isSilent = /^(custom|form|system)$/.test(type);
  const spoken = action === 'event_updated' && textOf(record.text) ? 'edit' : 'message';
  const kind = isSpoken ? spoken : isSilent ? 'ignored' : 'unknown';
  return { kind, nativeKind: `${action}.${type}`, native: { thread, record, users } };
}

function map({ kind, nativeKind, native }: Unit<Native>, context: SplitContext): Outcome {
  const { thread, record } = native;
  if (nativeKind === 'former_chat') return mapFormerChat(record, context);
  if (!thread && kind === 'delete') return reject('the notice of the deletion does not name the threads that are gone');
  if (!thread && kind === 'event') return drop('a change of a chat while nobody talks in it');
  if (!thread) return reject('the chat or its thread has no id');
  const [at, { receivedAt }] = [fromIso(record.created_at), context.delivery];
  const facts = new FactList(context, (at ?? receivedAt).getTime());
  if (kind === 'thread') return mapChat(native, at, receivedAt, facts);
  if (kind === 'delete') return mapDeletion(nativeKind, native, receivedAt, facts);
  const threadId = facts.thread({
    nativeId: thread,
    channel: 'chat',
    ...(nativeKind === 'chat_deactivated' && { status: 'closed' as const }),
  });
  if (kind === 'event') return mapChange(nativeKind, native, threadId, receivedAt, facts);
  if (kind === 'survey') return mapRating(thread, record, receivedAt, facts);
  return mapMessage(kind, native, threadId, at, receivedAt, facts);
}

function mapRating(thread: string, { properties }: Loose, receivedAt: Date, facts: FactList): Outcome {
  if (Array.isArray(objectOf(properties).rating)) takeBackRating(facts, thread, receivedAt);
  else if (!addRating(facts, thread, properties, receivedAt))
    return drop('a rating that was taken back or has only a comment');
  return ok(facts.facts);
}

export const livechat = defineConnector<Native, Record<string, never>>({
  name: 'livechat',
  title: 'LiveChat (text.com)',
  version: 1,
  channels: ['chat'],
  docs: ['https://platform.text.com/docs/management/webhooks'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'body-secret', path: 'secret_key' },
  threadKey: '(chat id, thread id)',
  echoRule: 'the author is an agent: their ids are e-mail addresses',
  split,
  map,
});
