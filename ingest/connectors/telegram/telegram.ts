import { z } from 'zod';
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
import type { FactOf } from '../../records.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { exportUnits } from './export.ts';
import { isServiceMessage, sentUnits, telegramMedia, telegramText, UNSAID } from './message.ts';
import { chatKeyOf, isPrivateChat, messageIdOf, sceneOf, type Scene } from './scene.ts';

const MESSAGES = ['message', 'channel_post', 'business_message'];

const KINDS = tableOf<UnitKind>({
  ...Object.fromEntries(
    MESSAGES.flatMap((name) => [
      [name, 'message' as const],
      [`edited_${name}`, 'edit' as const],
    ]),
  ),
  guest_message: 'message',
  deleted_business_messages: 'delete',
  message_reaction: 'reaction',
  callback_query: 'message',
  my_chat_member: 'event',
  chat_member: 'event',
});

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const chat = objectOf(native.chat ?? objectOf(native.message).chat);
  const at = nativeKind === 'callback_query' ? undefined : fromEpochSeconds(native.edit_date ?? native.date);
  if (!textOf(chat.id)) return reject('missing chat.id: the conversation is not known');
  if (nativeKind === 'callback_query') return mapButton(native, chat, context);
  if (nativeKind === 'deleted_business_messages') return mapDeletes(native, chat, context);
  if (!at) return reject(`invalid date: ${textOf(native.date) ?? 'none'}; expected epoch seconds`);
  const scene = sceneOf(native, chat, at, context);
  if (nativeKind === 'message_reaction') return mapReaction(scene);
  if (nativeKind.endsWith('chat_member')) return mapMember(scene);
  if (!messageIdOf(scene.chatKey, native)) return reject('missing message_id');
  if (isServiceMessage(native)) return drop('a note of the chat itself: nobody said anything');
  if (nativeKind.startsWith('edited_') && !telegramText(native))
    return drop('an edit of something without words, such as a live location');
  addMessage(scene);
  return ok(scene.facts.facts);
}

function addMessage({ native, chatKey, facts, threadId, handleId, at, role }: Scene): void {
  const event = (kind: FactOf<'event'>['kind'], value: string) =>
    facts.event({ threadId, kind, occurredAt: at, timePrecision: 'second', value });
  const moved = textOf(native.migrate_to_chat_id) ?? textOf(native.migrate_from_chat_id);
  if (moved) return facts.link(facts.threadId(chatKey), facts.threadId(moved), 'group became a supergroup');
  for (const member of objectsOf(native.new_chat_members)) event('joined', `member ${textOf(member.id)}`);
  if (isLoose(native.left_chat_member)) event('left', `member ${textOf(native.left_chat_member.id)}`);
  if (native.new_chat_members !== undefined || native.left_chat_member !== undefined) return;
  const sentAt = fromEpochSeconds(native.date);
  const repliedTo = messageIdOf(chatKey, objectOf(native.reply_to_message));
  const text = telegramText(native);
  const media = telegramMedia(native);
  facts.utterance({
    nativeId: messageIdOf(chatKey, native)!,
    threadId,
    role,
    occurredAt: sentAt,
    nativeTime: textOf(native.date),
    timePrecision: 'second',
    isZoneKnown: true,
    visibility: 'public',
    ...(text && { text }),
    ...(media && { media }),
    // Greetings and notes of absence go out by themselves.
    ...(role === 'agent' && native.is_from_offline === true && { isAutomatic: true }),
    ...(role === 'customer' && handleId && { handleId }),
    ...(repliedTo && { replyToId: facts.utteranceId(repliedTo) }),
    ...(native.edit_date !== undefined && { editedAt: at }),
  });
  if (text?.startsWith('/start')) event('triggered', text);
  const contact = objectOf(native.contact);
  // A contact card of the sender is their own number; any other card is somebody else's.
  if (textOf(contact.user_id) !== undefined && textOf(contact.user_id) === textOf(objectOf(native.from).id))
    facts.participant(threadId, 'customer', at, {
      type: 'phone',
      value: textOf(contact.phone_number)?.replace(/^\+?/, '+'),
    });
}

/** A pressed button has no time of its own: it is that of its receipt. The message it stands under is a bot's. */
function mapButton(native: Loose, chat: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(native.id);
  if (!nativeId) return reject('missing id of the callback query');
  const { receivedAt } = context.delivery;
  const scene = sceneOf(native, chat, receivedAt, context);
  const message = objectOf(native.message);
  const under = messageIdOf(scene.chatKey, message);
  const rows = objectOf(message.reply_markup).inline_keyboard;
  const button = objectsOf(Array.isArray(rows) ? rows.flat() : []).find(
    ({ callback_data }) => callback_data === native.data,
  );
  scene.facts.utterance({
    nativeId: `callback/${nativeId}`,
    threadId: scene.threadId,
    role: 'customer',
    occurredAt: receivedAt,
    timePrecision: 'receipt',
    isZoneKnown: true,
    visibility: 'public',
    ...(button && { text: textOf(button.text) }),
    ...(scene.handleId && { handleId: scene.handleId }),
    ...(under && { replyToId: scene.facts.utteranceId(under) }),
  });
  // Where the message is too old to come along, what the button says is not known, only its word between programs.
  const value = button ? undefined : textOf(native.data);
  const pressed = { threadId: scene.threadId, occurredAt: receivedAt, timePrecision: 'receipt', nativeId } as const;
  if (value) scene.facts.event({ ...pressed, kind: 'triggered', value });
  return ok(scene.facts.facts);
}

function mapDeletes(native: Loose, chat: Loose, context: SplitContext): Outcome {
  const ids = Array.isArray(native.message_ids) ? native.message_ids : [];
  if (ids.length === 0) return reject('missing message_ids');
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, receivedAt.getTime());
  const chatKey = chatKeyOf(native, chat);
  const threadId = facts.threadId(chatKey);
  for (const id of ids) facts.utterance({ nativeId: `${chatKey}/${textOf(id)}`, threadId, deletedAt: receivedAt });
  return ok(facts.facts);
}

function mapReaction({ native, chatKey, facts, threadId, at }: Scene): Outcome {
  const nativeId = messageIdOf(chatKey, native);
  if (!nativeId) return reject('a reaction without the message it is to');
  const reactions = objectsOf(native.new_reaction).flatMap(
    ({ emoji, custom_emoji_id, type }) => textOf(emoji) ?? textOf(custom_emoji_id) ?? textOf(type) ?? [],
  );
  facts.event({
    threadId,
    kind: 'reaction',
    occurredAt: at,
    utteranceId: facts.utteranceId(nativeId),
    value: reactions.join(' ') || 'removed',
    nativeId: textOf(objectOf(native.user ?? native.actor_chat).id) ?? '',
    timePrecision: 'second',
  });
  return ok(facts.facts);
}

/** Whoever is restricted may be in the chat or not. */
function isOut(member: unknown): boolean {
  const { status, is_member } = objectOf(member);
  return status === 'kicked' || status === 'left' || (status === 'restricted' && is_member === false);
}

/** In a private chat the bot is blocked or allowed again; in a group somebody comes or goes. */
function mapMember({ native, chat, facts, threadId, at }: Scene): Outcome {
  const { status, user } = objectOf(native.new_chat_member);
  const isGone = isOut(native.new_chat_member);
  const wasGone = native.old_chat_member === undefined ? !isGone : isOut(native.old_chat_member);
  const moved = isGone === wasGone ? 'status_changed' : isGone ? 'left' : 'joined';
  const kind = isPrivateChat(chat) ? (isGone ? 'opted_out' : 'status_changed') : moved;
  const value = [textOf(status), textOf(objectOf(user).id)].filter(Boolean).join(' ');
  facts.event({ threadId, kind, occurredAt: at, timePrecision: 'second', value });
  return ok(facts.facts);
}

/** Telegram leaves out what is not there; what libraries write of it again may be null. */
const withoutNulls = (given: Loose): Loose =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

export const telegram = defineConnector<Loose, Record<string, never>>({
  name: 'telegram',
  title: 'Telegram',
  version: 1,
  channels: ['telegram'],
  docs: ['https://core.telegram.org/bots/api#update'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'header-token', header: 'X-Telegram-Bot-Api-Secret-Token' },
  threadKey:
    'chat id, of business accounts apart; in groups (chat id, user id), linked to the group, and in direct messages to a channel without; cut after 24 silent hours',
  echoRule:
    'from.is_bot, and in business chats and direct messages to a channel whoever is not the person, and what is written in the name of a channel or group itself are the business’s own words',
  *split(document: unknown) {
    const body = objectOf(document);
    const messages = sentUnits(body) ?? exportUnits(body);
    if (messages) return yield* messages;
    // An answer of getUpdates holds many.
    const updates = Array.isArray(body.result) ? objectsOf(body.result) : objectsOf([document].flat());
    if (updates.length > 0 && updates.every(({ update_id }) => update_id === undefined))
      throw new Error('invalid update: expected update_id');
    for (const update of updates.map(withoutNulls)) {
      const name = Object.keys(update).find((key) => key !== 'update_id') ?? 'none';
      const kind = KINDS[name] ?? (UNSAID.test(name) ? 'ignored' : 'unknown');
      yield { kind, nativeKind: name, native: withoutNulls(objectOf(update[name])) };
    }
  },
  map,
});
