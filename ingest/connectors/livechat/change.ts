import { drop, ok, reject, type Outcome } from '../../connector.ts';
import type { FactList } from '../../fact-list.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';
import { agentIn, type Native } from './parts.ts';

export function mapDeletion(action: string, { thread, record }: Native, deletedAt: Date, facts: FactList): Outcome {
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
export function mapChange(
  action: string,
  { record }: Native,
  threadId: string,
  occurredAt: Date,
  facts: FactList,
): Outcome {
  const when = { threadId, occurredAt, timePrecision: 'receipt' } as const;
  if (action === 'chat_deactivated') facts.event({ ...when, kind: 'ended' });
  else if (action === 'chat_transferred') addTransfer(facts, record, when);
  else {
    const agentId = agentIn(facts, objectOf(record.user).id ?? record.user_id);
    if (!agentId) return drop('who came to the chat or left it is no agent: its customer or a bot');
    facts.event({ ...when, kind: action === 'user_added_to_chat' ? 'joined' : 'left', agentId });
  }
  return ok(facts.facts);
}

function addTransfer(
  facts: FactList,
  { transferred_to, reason }: Loose,
  when: { threadId: string; occurredAt: Date; timePrecision: 'receipt' },
): void {
  const to = objectOf(transferred_to);
  const [agents, groups] = [to.agent_ids, to.group_ids].map((ids) => (Array.isArray(ids) ? ids : []));
  const group = textOf(groups?.[0]);
  facts.event({
    ...when,
    kind: 'transferred',
    agentId: agentIn(facts, agents?.[0]),
    queueId: group && facts.queue({ nativeId: group }),
    value: textOf(reason),
  });
}
