import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, wordsOf } from '../../formats/helpdesk.ts';
import { fromEpochSeconds, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';
import { agentIn } from './parts.ts';

/** Chats of version 2 of the API: one visit each, with epoch seconds, and everything in one record. */

const ROLES = tableOf<RoleName>({ visitor: 'customer', agent: 'agent', supervisor: 'agent' });
const RATINGS = tableOf({ rated_good: 1, rated_bad: 0 });

export const isFormerChat = (chat: Loose): boolean =>
  chat.thread === undefined && chat.threads === undefined && textOf(chat.type) !== undefined;

const timeOf = (value: unknown): Date | undefined => fromIso(value) ?? fromEpochSeconds(value ?? null);

export function mapFormerChat(chat: Loose, context: SplitContext): Outcome {
  const [id, startedAt, endedAt] = [textOf(chat.id), timeOf(chat.started_timestamp), timeOf(chat.ended_timestamp)];
  if (!id || !startedAt) return reject('the chat has no id or no started_timestamp');
  const facts = new FactList(context, (endedAt ?? startedAt).getTime());
  const threadId = facts.thread({
    nativeId: id,
    channel: 'chat',
    startedAt,
    endedAt,
    status: chat.pending === true ? 'open' : 'closed',
    tags: Array.isArray(chat.tags) ? textsOf(chat.tags) : undefined,
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  if (endedAt) facts.event({ threadId, kind: 'ended', occurredAt: endedAt, timePrecision: 'second' });
  facts.measure({ threadId, name: 'conversation_duration', value: numberOf(chat.duration), unit: 'second' });
  for (const { email, display_name } of objectsOf(chat.agents)) agentIn(facts, email, display_name);
  const visitor = objectOf(chat.visitor);
  const display = textOf(visitor.name) ?? textOf(chat.visitor_name);
  const handleId = addPerson(facts, { threadId, at: startedAt, evidence: 'livechat_customer' }, [
    { type: 'contact_id', value: textOf(visitor.id) ?? textOf(chat.visitor_id), display },
    { type: 'email', value: textOf(visitor.email), display },
  ]);
  addRating(facts, chat, { id, threadId, handleId, at: endedAt ?? startedAt });
  addMessages(facts, chat, { id, threadId, handleId });
  return ok(facts.facts);
}

interface Place {
  readonly id: string;
  readonly threadId: string;
  readonly handleId: string | undefined;
}

function addRating(facts: FactList, { rate }: Loose, { id, threadId, handleId, at }: Place & { at: Date }): void {
  const score = RATINGS[textOf(rate) ?? ''];
  if (score === undefined) return;
  facts.survey({
    nativeId: `${id}/rating`,
    kind: 'csat',
    occurredAt: at,
    score,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    threadId,
    handleId,
  });
}

/** Who is heard is a visitor or an agent; a supervisor speaks to agents alone, and the welcome goes out by itself. */
function addMessages(facts: FactList, chat: Loose, { id, threadId, handleId }: Place): void {
  const list = objectsOf(Array.isArray(chat.events) ? chat.events : chat.messages);
  for (const [index, said] of list.entries()) {
    const role = ROLES[textOf(said.user_type) ?? ''];
    const occurredAt = timeOf(said.timestamp);
    const words = wordsOf({ text: said.text });
    if (!role || !occurredAt || words.text === undefined || (said.type ?? 'message') !== 'message') continue;
    const isWelcome = said.welcome_message === true;
    facts.utterance({
      nativeId: textOf(said.event_id) ?? `${id}/${index}`,
      threadId,
      role: isWelcome ? 'system' : role,
      occurredAt,
      timePrecision: 'second',
      isZoneKnown: true,
      ...words,
      sequence: index,
      visibility: said.user_type === 'supervisor' ? 'internal' : 'public',
      isAutomatic: isWelcome,
      agentId: role === 'agent' && !isWelcome ? agentIn(facts, said.agent_id, said.author_name) : undefined,
      handleId: role === 'customer' ? handleId : undefined,
    });
  }
}
