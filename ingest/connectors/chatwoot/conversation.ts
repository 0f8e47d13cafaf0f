import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addContact, changedAt, channelOf, conversationThread, timeOf, type ChatwootNative } from './parts.ts';
import { objectOf, objectsOf, textOf, tableOf, textsOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';

const STATUSES = tableOf<Status>({ open: 'open', resolved: 'solved', pending: 'pending', snoozed: 'on_hold' });
const PRIORITIES = tableOf<FactOf<'thread'>['priority']>({
  low: 'low',
  medium: 'normal',
  high: 'high',
  urgent: 'urgent',
});
/** Older events say by their name what became of the status. */
const NAMED_STATUS = tableOf<string>({
  conversation_resolved: 'resolved',
  conversation_opened: 'open',
});

type Status = 'open' | 'solved' | 'pending' | 'on_hold';
const statusOf = (value: unknown): Status | undefined => STATUSES[textOf(value) ?? ''];

/** The conversation as a webhook shows it, and what its event says changed. */
export function mapConversation({ event, conversation }: ChatwootNative, context: SplitContext): Outcome {
  const nativeId = conversationThread(conversation);
  const at = changedAt(conversation);
  if (!nativeId || !at) return reject('the conversation has no id or no time');
  const facts = new FactList(context, at.getTime());
  const meta = objectOf(conversation.meta);
  const startedAt = timeOf(conversation.created_at) ?? initiatedAt(conversation);
  const status = statusOf(NAMED_STATUS[event] ?? conversation.status);
  const agentId = addAgent(objectOf(meta.assignee), facts);
  const threadId = facts.thread({
    nativeId,
    channel: channelOf(conversation),
    ...describe(conversation, facts),
    ...(startedAt && { startedAt }),
    ...(status && { status }),
    ...(agentId && { agentId }),
  });
  addContact(objectOf(meta.sender), conversation, startedAt ?? at, facts, threadId);
  if (startedAt) facts.event({ kind: 'started', threadId, occurredAt: startedAt });
  const answeredAt = timeOf(conversation.first_reply_created_at);
  if (answeredAt) facts.event({ kind: 'answered', threadId, occurredAt: answeredAt });
  addChanges(event, conversation, status, threadId, at, facts);
  return ok(facts.facts);
}

const initiatedAt = (conversation: Loose): Date | undefined => {
  const initiated = objectOf(conversation.additional_attributes).initiated_at;
  return timeOf(objectOf(initiated).timestamp ?? initiated);
};

function describe(conversation: Loose, facts: FactList) {
  const team = objectOf(objectOf(conversation.meta).team);
  const teamId = textOf(team.id);
  const inboxId = textOf(conversation.inbox_id);
  const teamName = textOf(team.name);
  const inboxName = textOf(objectOf(conversation.inbox).name);
  const account = textOf(conversation.account_id) ?? textOf(objectsOf(conversation.messages)[0]?.account_id);
  const subject = textOf(objectOf(conversation.additional_attributes).mail_subject);
  const priority = PRIORITIES[textOf(conversation.priority) ?? ''];
  const queueId = teamId
    ? facts.queue({ nativeId: `team/${teamId}`, ...(teamName && { name: teamName }) })
    : inboxId && facts.queue({ nativeId: `inbox/${inboxId}`, ...(inboxName && { name: inboxName }) });
  return {
    ...(queueId && { queueId }),
    ...(account && { account }),
    ...(subject && { subject }),
    ...(priority && { priority }),
    ...(Array.isArray(conversation.labels) && { tags: textsOf(conversation.labels) }),
  };
}

/** An assignee can be a bot, too: no agent then. */
export function addAgent(agent: Loose, facts: FactList): string | undefined {
  const nativeId = textOf(agent.id);
  const name = textOf(agent.name);
  const type = textOf(agent.type) ?? 'user';
  return nativeId && type === 'user' ? facts.agent({ nativeId, ...(name && { name }) }) : undefined;
}

/** `changed_attributes` is a list of objects with one name each; older versions leave it out. */
function addChanges(
  event: string,
  conversation: Loose,
  status: Status | undefined,
  threadId: string,
  at: Date,
  facts: FactList,
): void {
  const change = (name: string): Loose | undefined => {
    const found = objectsOf(conversation.changed_attributes).find((entry) => name in entry);
    return found && objectOf(found[name]);
  };
  const statusChange = change('status');
  const current = statusOf(statusChange?.current_value) ?? (isStatusEvent(event) ? status : undefined);
  const previous = statusOf(statusChange?.previous_value);
  if (current && current !== previous) addStatus(current, previous, threadId, at, facts);
  const assigneeId = textOf(change('assignee_id')?.current_value);
  const teamId = textOf(change('team_id')?.current_value);
  const priority = PRIORITIES[textOf(change('priority')?.current_value) ?? ''];
  const when = { threadId, occurredAt: at };
  if (assigneeId) facts.event({ ...when, kind: 'assigned', agentId: facts.agent({ nativeId: assigneeId }) });
  if (teamId) {
    const nativeId = `team/${teamId}`;
    facts.event({ ...when, kind: 'assigned', nativeId, queueId: facts.queue({ nativeId }) });
  }
  if (priority) facts.event({ ...when, kind: 'priority_changed', value: priority });
}

const isStatusEvent = (event: string): boolean => event === 'conversation_status_changed' || event in NAMED_STATUS;

/** A conversation waits as `pending` while a bot has it, and opens for the agents. */
function addStatus(current: Status, previous: Status | undefined, threadId: string, at: Date, facts: FactList): void {
  const when = { threadId, occurredAt: at };
  facts.event({ ...when, kind: 'status_changed', value: current, nativeId: current });
  if (current === 'solved') facts.event({ ...when, kind: 'solved' });
  if (previous === 'solved') facts.event({ ...when, kind: 'reopened' });
  if (previous === 'pending' && current === 'open') facts.event({ ...when, kind: 'handed_over' });
}
