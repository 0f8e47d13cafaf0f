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
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { answerUnits } from './answer.ts';
import { mapComment, mapLike } from './comment.ts';
import { isOwn, mediaOf, wordsOf, type VkNative } from './content.ts';
import { mapLead } from './lead.ts';
import { addThread, FIRST_CHAT } from './thread.ts';

const KINDS = tableOf<UnitKind>({
  message_new: 'message',
  message_reply: 'message',
  message_edit: 'edit',
  message_event: 'event',
  message_allow: 'event',
  message_deny: 'event',
  message_reaction_event: 'reaction',
  message_read: 'receipt',
  lead_forms_new: 'message',
  wall_post_new: 'message',
  wall_repost: 'message',
  like_add: 'reaction',
  like_remove: 'reaction',
  message_typing_state: 'ignored',
  confirmation: 'ignored',
});

const COMMENT = /^(?:wall_reply|board_post|(?:photo|video|market)_comment)_(new|edit|delete|restore)$/;
const CHANGES = tableOf<UnitKind>({ new: 'message', edit: 'edit', delete: 'delete', restore: 'event' });

/** Members, moderators, settings, votes, orders, payments and what the community publishes: nothing anyone said. */
const UNSAID =
  /^(group_\w+|user_(un)?block|poll_vote_new|(photo|audio|video)_new|market_order_\w+|vkpay_transaction|app_payload|donut_\w+|wall_schedule_post_\w+)$/;

const kindOf = (type: string): UnitKind =>
  KINDS[type] ?? CHANGES[COMMENT.exec(type)?.[1] ?? ''] ?? (UNSAID.test(type) ? 'ignored' : 'unknown');

function map({ nativeKind, native }: Unit<VkNative>, context: SplitContext): Outcome {
  if (nativeKind.startsWith('wall_') || COMMENT.test(nativeKind)) return mapComment(nativeKind, native, context);
  if (nativeKind.startsWith('like_')) return mapLike(nativeKind, native, context);
  if (nativeKind === 'message_read') return mapRead(native, context);
  if (nativeKind === 'lead_forms_new') return mapLead(native, context);
  return nativeKind in EVENTS ? mapEvent(nativeKind, native, context) : mapMessage(nativeKind, native, context);
}

function mapMessage(nativeKind: string, { object, group }: VkNative, context: SplitContext): Outcome {
  // Older versions of the API send the message itself.
  const message = isLoose(object.message) ? object.message : object;
  const sentAt = fromEpochSeconds(message.date);
  const changedAt = fromEpochSeconds(message.update_time) ?? sentAt;
  const from = textOf(message.from_id) ?? textOf(message.user_id);
  // Before peers had ids a message named the person alone, whoever wrote it.
  const peer = textOf(message.peer_id) ?? textOf(message.user_id) ?? from;
  if (!sentAt || !changedAt) return reject(`invalid date: ${textOf(message.date) ?? 'none'}; expected epoch seconds`);
  if (!from || !peer) return reject('missing from_id: the conversation is not known');
  const nativeId = idOf(message, peer);
  if (!nativeId) return reject('missing id of the message');
  const isEdit = nativeKind === 'message_edit';
  const facts = new FactList(context, isEdit ? Math.max(changedAt.getTime(), sentAt.getTime() + 1) : sentAt.getTime());
  if (isLoose(message.action)) return drop(`a note of the chat itself: ${textOf(message.action.type) ?? 'no type'}`);
  const isOurs = nativeKind === 'message_reply' || isOwn(from, group) || numberOf(message.out) === 1;
  // Other communities write to a chat by their bots.
  const isBot = !isOurs && from.startsWith('-');
  const isChat = Number(peer) >= FIRST_CHAT;
  const threadId = addThread(facts, group, peer, isChat && !isOurs && !isBot ? from : undefined);
  const person = isChat ? (isOurs || isBot ? undefined : from) : isOurs ? peer : from;
  const handleId = facts.participant(threadId, 'customer', sentAt, { type: 'vk_id', value: person });
  const admin = textOf(message.admin_author_id);
  const agentId = isOurs && admin ? facts.agent({ nativeId: admin }) : undefined;
  const repliedTo = idOf(objectOf(message.reply_message), peer);
  facts.utterance({
    nativeId,
    threadId,
    role: isOurs ? 'agent' : isBot ? 'bot' : 'customer',
    occurredAt: sentAt,
    nativeTime: textOf(message.date),
    timePrecision: 'second',
    isZoneKnown: true,
    visibility: 'public',
    ...saidIn(message, isEdit),
    ...(agentId && { agentId }),
    ...(!isOurs && !isBot && handleId && { handleId }),
    ...(repliedTo && { replyToId: facts.utteranceId(repliedTo) }),
    ...(isEdit && { editedAt: changedAt }),
  });
  return ok(facts.facts);
}

/** An edit may take all words away. */
function saidIn(message: Loose, isEdit: boolean): Pick<FactOf<'utterance'>, 'text' | 'sourceText' | 'media'> {
  const { text, sourceText } = wordsOf(message);
  const media = mediaOf(message);
  return {
    ...(isEdit ? { text: text ?? '' } : text && { text }),
    ...(sourceText && { sourceText }),
    ...(media.length > 0 && { media }),
  };
}

/** In chats of several people messages have a number within the chat only. */
function idOf(message: Loose, peer: string): string | undefined {
  if (numberOf(message.id)) return textOf(message.id);
  const number = textOf(message.conversation_message_id);
  return number && `${peer}/${number}`;
}

const EVENTS = tableOf<FactOf<'event'>['kind']>({
  message_allow: 'status_changed',
  message_deny: 'opted_out',
  message_event: 'triggered',
  message_reaction_event: 'reaction',
});

/** Events carry no time: it is that of their receipt. */
function mapEvent(nativeKind: string, { object, group }: VkNative, context: SplitContext): Outcome {
  const person = textOf(object.user_id) ?? textOf(object.reacted_id);
  const peer = textOf(object.peer_id) ?? person;
  if (!person || !peer) return reject('missing user_id: the conversation is not known');
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, receivedAt.getTime());
  const isChat = Number(peer) >= FIRST_CHAT;
  const cmid = textOf(object.cmid);
  const threadId = addThread(facts, group, peer, isChat ? person : undefined);
  facts.participant(threadId, 'customer', receivedAt, {
    type: 'vk_id',
    value: person.startsWith('-') ? undefined : person,
  });
  const payload = isLoose(object.payload) ? JSON.stringify(object.payload) : textOf(object.payload);
  const reaction = nativeKind === 'message_reaction_event' ? (textOf(object.reaction_id) ?? 'removed') : undefined;
  facts.event({
    threadId,
    kind: EVENTS[nativeKind]!,
    // In private chats messages go by another number than the one a reaction names.
    utteranceId: reaction && isChat && cmid ? facts.utteranceId(`${peer}/${cmid}`) : undefined,
    occurredAt: receivedAt,
    timePrecision: 'receipt',
    value: reaction ?? [nativeKind, payload].filter(Boolean).join(': '),
    nativeId: textOf(object.event_id) ?? cmid ?? '',
  });
  return ok(facts.facts);
}

/** Somebody has read everything up to one message; when, it does not say. */
function mapRead({ object, group }: VkNative, context: SplitContext): Outcome {
  const person = textOf(object.from_id);
  const peer = textOf(object.peer_id) ?? person;
  if (!person || !peer) return reject('missing from_id: the conversation is not known');
  if (person.startsWith('-') || person === group) return drop('read by the community itself');
  const isChat = Number(peer) >= FIRST_CHAT;
  const message = isChat ? { conversation_message_id: object.conversation_message_id } : { id: object.read_message_id };
  const nativeId = idOf(message, peer);
  if (!nativeId) return reject('a read mark without its message');
  const { receivedAt: occurredAt } = context.delivery;
  const facts = new FactList(context, occurredAt.getTime());
  const threadId = addThread(facts, group, peer, isChat ? person : undefined);
  facts.participant(threadId, 'customer', occurredAt, { type: 'vk_id', value: person });
  const utteranceId = facts.utteranceId(nativeId);
  facts.event({ threadId, kind: 'read', occurredAt, timePrecision: 'receipt', utteranceId, nativeId: person });
  return ok(facts.facts);
}

export const vk = defineConnector<VkNative, Record<string, never>>({
  name: 'vk',
  title: 'VK',
  version: 1,
  channels: ['vk', 'social'],
  docs: ['https://dev.vk.com/api/community-events/json-schema'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'body-secret', path: 'secret' },
  handshake: { kind: 'answer-token', typeField: 'type', typeValue: 'confirmation' },
  acknowledgement: 'ok',
  threadKey:
    'peer id; in chats (peer id, user id), linked to the chat; cut after 24 silent hours; wall comments by chain',
  echoRule: 'message_reply, out = 1 and a negative from_id are the community’s own words',
  *split(document: unknown) {
    const answered = answerUnits(document);
    if (answered) return yield* answered;
    // An answer of the long poll holds many.
    const { updates = [document].flat() } = objectOf(document);
    const events = objectsOf(updates);
    const isNothing = isLoose(document) && events.length === 0;
    if (!isNothing && events.every(({ type }) => !textOf(type))) throw new Error('invalid event: expected a type');
    for (const { type, object, group_id } of events) {
      const nativeKind = textOf(type) ?? 'none';
      const native = { object: objectOf(object), group: textOf(group_id) };
      yield { kind: kindOf(nativeKind), nativeKind, native };
    }
  },
  map,
});
