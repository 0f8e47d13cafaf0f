import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import type { RoleName } from '../../records.ts';
import { numberOf, objectOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import { isZoned, ticketThread, timeOf, userHandle } from './parts.ts';

const chatThread = (chatId: string): string => `chat/${chatId}`;

/** A row that says which chat a ticket came from; the row has no time but that of its export. */
export function mapTicketChat(row: Loose, context: SplitContext): Outcome {
  const ticketId = textOf(row.ticket_id);
  const chatId = textOf(row.chat_id);
  const at = timeOf(row._fivetran_synced) ?? timeOf(row.created_at) ?? context.delivery.receivedAt;
  if (!ticketId || !chatId) return reject('the chat names no ticket or has no id');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: ticketThread(ticketId), channel: 'chat' });
  facts.participant(threadId, 'customer', at, { type: 'contact_id', value: textOf(row.user_id) });
  // A messaging conversation never ends and has many tickets; a chat is one conversation.
  if (textOf(row.channel) === 'chat') facts.link(threadId, facts.threadId(chatThread(chatId)), 'ticket_chat');
  return ok(facts.facts);
}

/** One event of a chat; only messages say something. */
export function mapChatEvent(row: Loose, context: SplitContext): Outcome {
  const chatId = textOf(row.chat_id);
  const at = timeOf(row.created_at) ?? fromEpochMilliseconds(row.timestamp);
  const text = textOf(row.message);
  const type = textOf(row.type) ?? 'event';
  if (!chatId || !at) return reject('the chat event has no chat or no time');
  const media = /attachment$/i.test(type) ? [fileOf(row)] : [];
  if (media.length === 0 && (!/message$/i.test(type) || text === undefined))
    return drop(`a chat event of type ${type} says nothing`);
  if (textOf(row.is_history_context)?.toLowerCase() === 'true')
    return drop('the message is shown again from an earlier chat');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: chatThread(chatId), channel: 'chat', startedAt: at });
  const actorId = textOf(row.actor_id);
  const role = ACTORS[textOf(row.actor_type)?.toLowerCase().replaceAll('-', '_') ?? ''];
  const display = textOf(row.actor_name);
  const isPerson = role === 'customer' || role === 'agent';
  const handleId =
    isPerson && actorId && actorId !== '-1'
      ? facts.participant(threadId, role, at, { type: 'contact_id', value: actorId, display })
      : userHandle(facts, actorId);
  facts.utterance({
    nativeId: `${chatThread(chatId)}/${textOf(row.message_id) ?? textOf(row.chat_index) ?? at.getTime()}`,
    threadId,
    ...(media.length > 0 ? { media } : { text }),
    occurredAt: at,
    isZoneKnown: row.timestamp !== undefined || isZoned(row.created_at),
    visibility: 'public',
    ...(role && { role }),
    ...(role === 'system' && { isAutomatic: true }),
    ...(role === 'agent' &&
      actorId && { agentId: facts.agent({ nativeId: actorId, ...(display && { name: display }) }) }),
    ...(handleId && { handleId }),
  });
  return ok(facts.facts);
}

const fileOf = (row: Loose) => ({
  name: textOf(row.filename) ?? textOf(row.file_name),
  mimeType: textOf(row.mime_type) ?? textOf(row.content_type),
  byteSize: numberOf(row.size),
});

const ACTORS = tableOf<RoleName>({
  end_user: 'customer',
  agent: 'agent',
  trigger: 'system',
  system: 'system',
  bot: 'bot',
  answer_bot: 'bot',
});

/** `messaging_ticket.message_added`. */
export function mapMessagingEvent(payload: Loose, context: SplitContext): Outcome {
  const ticketId = textOf(objectOf(payload.detail).id);
  const message = objectOf(objectOf(payload.event).message);
  const actor = objectOf(objectOf(payload.event).actor);
  const at = timeOf(payload.time);
  const messageId = textOf(message.id);
  if (!ticketId || !messageId || !at) return reject('the message has no id, no ticket or no time');
  const isBot = /answerbot/i.test(textOf(actor.id) ?? '');
  const role = isBot ? 'bot' : ACTORS[textOf(actor.type) ?? ''];
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: ticketThread(ticketId), channel: 'chat', startedAt: at });
  const isPerson = role === 'customer' || role === 'agent';
  const person = { type: 'contact_id', value: textOf(actor.id), display: textOf(actor.name) } as const;
  const handleId = isPerson ? facts.participant(threadId, role, at, person) : undefined;
  const text = textOf(message.body);
  facts.utterance({
    nativeId: `message/${messageId}`,
    threadId,
    occurredAt: at,
    ...(role && { role }),
    ...(text && { text }),
    visibility: 'public',
    isAutomatic: role === 'system',
    ...(handleId && { handleId }),
    ...(role === 'agent' && person.value && { agentId: facts.agent({ nativeId: person.value, name: person.display }) }),
  });
  return ok(facts.facts);
}
