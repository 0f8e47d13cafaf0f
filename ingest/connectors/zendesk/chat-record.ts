import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { ticketThread, timeOf, versionOf, type ZendeskUnit } from './parts.ts';

/** Chats as the Chat API lists and exports them: who, from when to when, what was said, and how it was rated. */

export const isChat = (record: Loose): boolean =>
  /^(chat|offline_msg)$/.test(textOf(record.type) ?? '') && isLoose(record.visitor) && textOf(record.id) !== undefined;

export function* splitChatRecord(chat: Loose): Generator<ZendeskUnit> {
  yield { kind: 'thread', nativeKind: 'chat', native: { record: chat } };
  const { id, visitor } = chat;
  const words = { msg: chat.message, type: 'chat.msg', timestamp: chat.timestamp, nick: 'visitor', msg_id: 'offline' };
  const said = chat.type === 'offline_msg' ? [words] : objectsOf(chat.history);
  for (const one of said)
    yield {
      kind: 'message',
      nativeKind: 'chat_event',
      native: { record: chatEventOf(one, textOf(id), objectOf(visitor)) },
    };
}

const TYPES = tableOf<string>({ 'chat.msg': 'ChatMessage', 'chat.file': 'ChatFileAttachment' });

/** What was said as the audits of tickets tell it. */
function chatEventOf(said: Loose, chatId: string | undefined, visitor: Loose): Loose {
  const [, who, agent] = /^(visitor|agent)(?::(.*))?$/.exec(textOf(said.nick) ?? '') ?? [];
  const actor = who === 'visitor' ? 'end_user' : agent === 'trigger' ? 'trigger' : who;
  const file = objectOf(said.attachment);
  return {
    chat_id: chatId,
    type: TYPES[textOf(said.type) ?? ''] ?? textOf(said.type),
    created_at: said.timestamp,
    message: said.msg,
    message_id: said.index ?? said.msg_id,
    actor_type: actor,
    actor_id: actor === 'end_user' ? visitor.id : (said.agent_id ?? agent),
    actor_name: said.name,
    filename: file.name,
    mime_type: file.mime_type,
    size: file.size,
  };
}

export function mapChatRecord(chat: Loose, context: SplitContext): Outcome {
  const [id, startedAt] = [textOf(chat.id), timeOf(chat.timestamp)];
  if (!id || !startedAt) return reject('the chat has no id or no timestamp');
  const facts = new FactList(context, Math.max(timeOf(chat.update_timestamp)?.getTime() ?? 0, startedAt.getTime()));
  const [agent] = textsOf(chat.agent_ids);
  const by = textOf(chat.started_by) ?? (chat.type === 'offline_msg' ? 'visitor' : undefined);
  const endedAt = timeOf(chat.end_timestamp);
  const threadId = facts.thread({
    nativeId: `chat/${id}`,
    channel: 'chat',
    startedAt,
    endedAt,
    direction: by === 'visitor' ? 'inbound' : by === 'agent' ? 'outbound' : undefined,
    status: endedAt ? 'closed' : undefined,
    tags: Array.isArray(chat.tags) ? textsOf(chat.tags) : undefined,
    agentId: agent && facts.agent({ nativeId: agent, name: textsOf(chat.agent_names)[0] }),
    queueId:
      textOf(chat.department_id) &&
      facts.queue({ nativeId: textOf(chat.department_id)!, name: textOf(chat.department_name) }),
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  if (endedAt) facts.event({ threadId, kind: chat.missed === true ? 'missed' : 'ended', occurredAt: endedAt });
  const handleId = addVisitor(facts, threadId, objectOf(chat.visitor), startedAt);
  const ticket = textOf(chat.zendesk_ticket_id);
  if (ticket) facts.link(facts.threadId(ticketThread(ticket)), threadId, 'ticket_chat');
  addChatRating(facts, chat, { threadId, handleId, ratedAt: endedAt ?? startedAt });
  return ok(facts.facts);
}

function addVisitor(facts: FactList, threadId: string, visitor: Loose, at: Date): string | undefined {
  const display = textOf(visitor.name);
  return addPerson(facts, { threadId, at, evidence: 'zendesk_chat' }, [
    { type: 'contact_id', value: textOf(visitor.id), display },
    { type: 'email', value: textOf(visitor.email), display },
    { type: 'phone', value: textOf(visitor.phone), display },
  ]);
}

/** The ticket of a chat tells of the same rating. */
function addChatRating(
  facts: FactList,
  chat: Loose,
  { threadId, handleId, ratedAt }: { threadId: string; handleId: string | undefined; ratedAt: Date },
): void {
  const rating = textOf(chat.rating);
  if (rating !== 'good' && rating !== 'bad') return;
  const ticket = textOf(chat.zendesk_ticket_id);
  facts.survey({
    nativeId: `${ticket ? ticketThread(ticket) : `chat/${textOf(chat.id)}`}/satisfaction`,
    kind: 'csat',
    version: versionOf(chat),
    occurredAt: timeOf(objectsOf(chat.history).findLast(({ type }) => type === 'chat.rating')?.timestamp) ?? ratedAt,
    score: rating === 'good' ? 1 : 0,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    comment: textOf(chat.comment),
    threadId,
    handleId,
  });
}
