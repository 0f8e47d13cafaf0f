import { ok, reject, drop, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';
import { priorityOf, statusOf } from './case.ts';
import { addOwner, caseThread, idOf } from './parts.ts';

/** What happened to a chat, by the type of its event; others are of its routing alone. */
const CHAT_EVENTS = tableOf({
  enqueue: 'queued',
  accept: 'answered',
  transfer: 'transferred',
  leaveagent: 'left',
  cancelvisitor: 'abandoned',
} as const);

export function mapChatEvent(record: Loose, context: SplitContext): Outcome {
  const [id, chat, occurredAt] = [idOf(record.Id), idOf(record.LiveChatTranscriptId), fromIso(record.Time)];
  if (!id || !chat || !occurredAt) return reject('the event of a chat has no Id, no LiveChatTranscriptId or no Time');
  const kind = nameIn(CHAT_EVENTS, record.Type);
  if (!kind) return drop(`an event of type ${textOf(record.Type) ?? 'none'} is of the routing of a chat`);
  const facts = new FactList(context, occurredAt.getTime());
  const threadId = facts.thread({ nativeId: `chat/${chat}`, channel: 'chat', version: 0 });
  const agentId = addOwner(facts, { OwnerId: record.AgentId }).agentId;
  facts.event({ threadId, kind, occurredAt, timePrecision: 'second', nativeId: id, agentId });
  return ok(facts.facts);
}

/** One change of one field of a case. A change of the owner comes twice, with names and with ids; ids are read. */
export function mapHistory(record: Loose, context: SplitContext): Outcome {
  const [id, thread, occurredAt] = [idOf(record.Id), caseThread(record.CaseId), fromIso(record.CreatedDate)];
  if (!id || !thread || !occurredAt) return reject('the change has no Id, no CaseId or no CreatedDate');
  const facts = new FactList(context, occurredAt.getTime());
  const [field, value] = [textOf(record.Field), textOf(record.NewValue)];
  const when = { threadId: facts.threadId(thread), occurredAt, timePrecision: 'second', nativeId: id } as const;
  const priority = priorityOf({ Priority: value });
  if (field === 'Status' && value)
    facts.event({ ...when, kind: 'status_changed', value: statusOf({ Status: value }) ?? value });
  else if (field === 'Priority' && priority) facts.event({ ...when, kind: 'priority_changed', value: priority });
  else if (field === 'Owner' && /^(?:005|00G)/.test(value ?? ''))
    facts.event({ ...when, kind: 'assigned', ...addOwner(facts, { OwnerId: value }) });
  else return drop('a change of a field that tells nothing of the conversation');
  facts.thread({ nativeId: thread, channel: 'ticket', version: 0 });
  return ok(facts.facts);
}
