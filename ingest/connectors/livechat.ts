import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson, wordsOf } from '../formats/helpdesk.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';
import type { RoleName } from '../records.ts';

interface Native {
  /** `chat_id/thread_id`: a chat is endless, a thread is one visit. */
  readonly thread?: string | undefined;
  readonly record: Loose;
  readonly users: Loose[];
}

const IGNORED =
  /^(incoming_(sneak_peek|customer|rich_message_postback)|customer_|agent_|bot_|group_|tag_|auto_access|routing_|chat_access|events_marked_as_seen|user_removed|thread_tagged|thread_untagged)|_properties_(updated|deleted)$/;
const CHANGES = /^(chat_deactivated|chat_transferred|user_added_to_chat)$/;
const DELETIONS = /^(event|thread|threads|chat)_deleted$/;

/** A webhook; or chats that were asked for, each with one thread and what was said in it. */
function* split(document: unknown): Generator<Unit<Native>> {
  const body = objectOf(document);
  const chats = Array.isArray(body.chats) ? objectsOf(body.chats) : isLoose(body.thread) ? [body] : undefined;
  if (chats) return yield* chats.flatMap((chat) => [...chatUnits('chat', chat)]);
  const action = textOf(body.action);
  if (!action || !isLoose(body.payload)) throw new SourceError('invalid webhook body; expected action and payload');
  const payload = body.payload;
  const chat = objectOf(payload.chat);
  const thread = objectOf(chat.thread);
  const users = objectsOf(chat.users);
  const [chatId, threadId] = [
    textOf(payload.chat_id) ?? textOf(chat.id),
    textOf(payload.thread_id) ?? textOf(thread.id),
  ];
  const key = chatId && threadId && `${chatId}/${threadId}`;
  if (action === 'incoming_chat') yield* chatUnits(action, chat);
  else if (DELETIONS.test(action))
    yield { kind: 'delete', nativeKind: action, native: { thread: key, record: payload, users } };
  else if (action === 'incoming_event' || action === 'event_updated')
    yield eventUnit(action, key, objectOf(payload.event), users);
  else if (CHANGES.test(action))
    yield { kind: 'event', nativeKind: action, native: { thread: key, record: payload, users } };
  else if (action === 'thread_properties_updated' && isLoose(objectOf(payload.properties).rating))
    yield { kind: 'survey', nativeKind: 'rating', native: { thread: key, record: payload, users } };
  else
    yield {
      kind: IGNORED.test(action) ? 'ignored' : 'unknown',
      nativeKind: action,
      native: { thread: key, record: payload, users },
    };
}

function* chatUnits(nativeKind: string, chat: Loose): Generator<Unit<Native>> {
  const record = objectOf(chat.thread);
  const users = objectsOf(chat.users);
  const [chatId, threadId] = [textOf(chat.id), textOf(record.id)];
  const thread = chatId && threadId && `${chatId}/${threadId}`;
  yield { kind: 'thread', nativeKind, native: { thread, record, users } };
  for (const event of objectsOf(record.events)) yield eventUnit(nativeKind, thread, event, users);
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

/** Ids of agents are their addresses, those of bots 32 hexadecimal digits, those of customers have neither form. */
function roleOf(authorId: string | undefined, type: unknown, user: Loose): RoleName {
  if (type === 'system_message' || authorId === undefined) return 'system';
  if (user.type === 'customer') return 'customer';
  if (/^[0-9a-f]{32}$/.test(authorId)) return 'bot';
  return user.type === 'agent' || authorId.includes('@') ? 'agent' : 'customer';
}

function addCustomer(facts: FactList, threadId: string, customer: Loose, at: Date): string | undefined {
  const display = textOf(customer.name);
  return addPerson(facts, { threadId, at, evidence: 'livechat_customer' }, [
    { type: 'contact_id', value: textOf(customer.id), display },
    { type: 'email', value: textOf(customer.email), display },
  ]);
}

function map({ kind, nativeKind, native }: Unit<Native>, context: SplitContext): Outcome {
  const { thread, record } = native;
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
  if (kind === 'survey')
    return addRating(facts, thread, record.properties, receivedAt)
      ? ok(facts.facts)
      : drop('a rating that was taken back or has only a comment');
  return mapMessage(kind, native, threadId, at, receivedAt, facts);
}

/** One or nothing, thumb up or down; false where there is no score. */
function addRating(facts: FactList, thread: string, properties: unknown, occurredAt: Date | undefined): boolean {
  const rating = objectOf(objectOf(properties).rating);
  const score = numberOf(objectOf(rating.score).value ?? rating.score);
  if (score === undefined || !occurredAt) return false;
  facts.survey({
    nativeId: `${thread}/rating`,
    kind: 'csat',
    occurredAt,
    score,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    comment: textOf(objectOf(rating.comment).value ?? rating.comment),
    threadId: facts.threadId(thread),
  });
  return true;
}

/** When a chat that was asked for was rated: a notice in it tells, and else its end. */
function ratedAt(events: Loose[]): Date | undefined {
  const notice = events.findLast(({ system_message_type: type }) => textOf(type)?.startsWith('rating.'));
  return fromIso((notice ?? events.at(-1))?.created_at);
}

function mapChat({ thread, record, users }: Native, at: Date | undefined, receivedAt: Date, facts: FactList): Outcome {
  const startedAt = at ?? fromIso(objectsOf(record.events)[0]?.created_at);
  const threadId = facts.thread({
    nativeId: thread!,
    channel: 'chat',
    startedAt,
    // That a chat is over outranks its beginning, which has the same time.
    status: record.active === false ? 'closed' : 'open',
    version: (at ?? receivedAt).getTime() + (record.active === false ? 1 : 0),
  });
  addRating(facts, thread!, record.properties, ratedAt(objectsOf(record.events)) ?? startedAt);
  if (startedAt) facts.event({ threadId, kind: 'started', occurredAt: startedAt });
  for (const user of users)
    if (user.type === 'customer') addCustomer(facts, threadId, user, startedAt ?? receivedAt);
    else if (textOf(user.id)?.includes('@')) facts.agent({ nativeId: textOf(user.id)!, name: textOf(user.name) });
  return ok(facts.facts);
}

function mapDeletion(action: string, { thread, record }: Native, deletedAt: Date, facts: FactList): Outcome {
  if (action === 'thread_deleted') {
    facts.thread({ nativeId: thread!, channel: 'chat', status: 'closed', deletedAt });
    return ok(facts.facts);
  }
  const eventId = textOf(record.event_id) ?? textOf(objectOf(record.event).id);
  const threadId = facts.thread({ nativeId: thread!, channel: 'chat' });
  if (!eventId) return reject('the notice of the deletion does not name what is gone');
  facts.utterance({ nativeId: eventId, threadId, deletedAt });
  return ok(facts.facts);
}

/** Webhooks of changes have no time of their own: it is when we were told. */
function mapChange(action: string, { record }: Native, threadId: string, occurredAt: Date, facts: FactList): Outcome {
  const when = { threadId, occurredAt, timePrecision: 'receipt' } as const;
  const agentOf = (id: unknown) => (textOf(id)?.includes('@') ? facts.agent({ nativeId: textOf(id)! }) : undefined);
  if (action === 'chat_deactivated') facts.event({ ...when, kind: 'ended' });
  else if (action === 'chat_transferred') {
    const to = objectOf(record.transferred_to);
    const [agents, groups] = [to.agent_ids, to.group_ids].map((ids) => (Array.isArray(ids) ? ids : []));
    const group = textOf(groups?.[0]);
    facts.event({
      ...when,
      kind: 'transferred',
      agentId: agentOf(agents?.[0]),
      queueId: group && facts.queue({ nativeId: group }),
      value: textOf(record.reason),
    });
  } else {
    const user = objectOf(record.user);
    const agentId = agentOf(user.id);
    if (!agentId) return drop('who came to the chat is no agent: its customer or a bot');
    facts.event({ ...when, kind: 'joined', agentId });
  }
  return ok(facts.facts);
}

function mapMessage(
  kind: Unit['kind'],
  { record, users }: Native,
  threadId: string,
  at: Date | undefined,
  receivedAt: Date,
  facts: FactList,
): Outcome {
  const id = textOf(record.id);
  if (!id) return reject('the event has no id');
  const authorId = textOf(record.author_id);
  const author = users.find((user) => textOf(user.id) === authorId) ?? { id: authorId };
  // The welcome goes out by itself in the name of an agent.
  const isWelcome = objectOf(objectOf(record.properties).lc2).welcome_message === true;
  const named = roleOf(authorId, record.type, author);
  const role = isWelcome && named === 'agent' ? 'system' : named;
  const fields = objectsOf(record.fields).map(({ label, answer, answers, value }) => {
    const chosen = objectsOf(answers ?? answer).flatMap((one) => textOf(one.label) ?? []);
    const one = textOf(objectOf(answer).label ?? answer ?? value) ?? '';
    return `${textOf(label) ?? ''}: ${chosen.length > 0 ? chosen.join(', ') : one}`;
  });
  const cards = objectsOf(record.elements).map(({ title, subtitle }) => joinedTexts('\n', [title, subtitle]));
  const occurredAt = at ?? receivedAt;
  const file = { name: textOf(record.name), mimeType: textOf(record.content_type), byteSize: numberOf(record.size) };
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt,
    nativeTime: textOf(record.created_at),
    timePrecision: at ? 'millisecond' : 'receipt',
    isZoneKnown: true,
    ...wordsOf({ text: textOf(record.text) ?? [...fields, ...cards].join('\n') }),
    visibility: record.visibility === 'agents' || record.recipients === 'agents' ? 'internal' : 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' && authorId ? facts.agent({ nativeId: authorId }) : undefined,
    handleId: role === 'customer' ? addCustomer(facts, threadId, author, occurredAt) : undefined,
    media: record.type === 'file' ? [file] : undefined,
    ...(record.deleted === true && { deletedAt: receivedAt }),
    // The webhook of an edit has the time of the message, and comes after it.
    ...(kind === 'edit' && { editedAt: receivedAt, version: receivedAt.getTime() }),
  });
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
