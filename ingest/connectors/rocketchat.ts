import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson, wordsOf } from '../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIso } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject({
  /** User names or ids of our people, for webhooks of channels; everybody else who is no bot is a customer. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

interface Native {
  readonly record: Loose;
  /** The session a message of the omnichannel webhook stands in. */
  readonly session?: Loose;
}

const timeOf = (value: unknown): Date | undefined =>
  fromIso(value) ??
  fromIso(objectOf(value).$date) ??
  fromEpochMilliseconds(objectOf(value).$date ?? (typeof value === 'number' ? value : null));

/** An outgoing integration sends one message of a channel; the omnichannel webhook a session with its messages. */
function* split(document: unknown): Generator<Unit<Native>> {
  const record = objectOf(document);
  if (isLoose(record.visitor)) {
    const type = textOf(record.type) ?? 'none';
    yield {
      kind: /^(Livechat|Message)/.test(type) ? 'thread' : 'unknown',
      nativeKind: type,
      native: { record, session: record },
    };
    for (const message of objectsOf(record.messages))
      yield { kind: 'message', nativeKind: 'session.message', native: { record: message, session: record } };
  } else if (textOf(record.channel_id)) {
    const isEdit = record.isEdited === true && textOf(record.text);
    yield { kind: isEdit ? 'edit' : 'message', nativeKind: isEdit ? 'edited' : 'message', native: { record } };
  } else if (isLoose(record.user)) yield { kind: 'message', nativeKind: 'app.message', native: { record } };
  else if (textOf(record.event) ?? textOf(record.type))
    yield { kind: 'unknown', nativeKind: textOf(record.event) ?? textOf(record.type)!, native: { record } };
  else throw new SourceError('invalid webhook body; expected a message of a channel or a session with its visitor');
}

function addVisitor(facts: FactList, threadId: string, visitor: Loose, at: Date): string | undefined {
  const display = textOf(visitor.name);
  const first = (value: unknown) =>
    textOf(isLoose(objectsOf(value)[0]) ? (objectsOf(value)[0]!.address ?? objectsOf(value)[0]!.phoneNumber) : value);
  return addPerson(facts, { threadId, at, evidence: 'rocketchat_visitor' }, [
    { type: 'contact_id', value: textOf(visitor._id), display },
    { type: 'email', value: first(visitor.email), display },
    { type: 'phone', value: first(visitor.phone), display },
    { type: 'cookie', value: textOf(visitor.token), display },
  ]);
}

function mapSession(session: Loose, context: Context): Outcome {
  const [id, startedAt] = [textOf(session._id), timeOf(session.createdAt)];
  if (!id || !startedAt) return reject('the session has no _id or no createdAt');
  const closedAt = timeOf(session.closedAt);
  const facts = new FactList(context, (closedAt ?? timeOf(session.lastMessageAt) ?? startedAt).getTime());
  const agent = objectOf(session.agent);
  const name = textOf(agent.name) ?? textOf(agent.username);
  const agentId = textOf(agent._id) ? facts.agent({ nativeId: textOf(agent._id)!, name }) : undefined;
  const isClosed = session.type === 'LivechatSession';
  const tags = Array.isArray(session.tags) ? session.tags.map(String) : undefined;
  const threadId = facts.thread({
    nativeId: id,
    channel: 'chat',
    startedAt,
    endedAt: closedAt,
    agentId,
    tags,
    status: isClosed ? 'closed' : 'open',
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  if (closedAt) facts.event({ threadId, kind: 'ended', occurredAt: closedAt, timePrecision: 'millisecond' });
  addVisitor(facts, threadId, objectOf(session.visitor), startedAt);
  return ok(facts.facts);
}

function map({ kind, native: { record, session } }: Unit<Native>, context: Context): Outcome {
  if (kind === 'thread') return mapSession(record, context);
  const at = timeOf(record.timestamp) ?? timeOf(record.ts);
  const id = textOf(record.message_id) ?? textOf(record._id);
  const place = textOf(record.channel_id) ?? textOf(session?._id);
  if (!textOf(record.text) && !textOf(record.msg) && !Array.isArray(record.attachments) && record.file === undefined)
    return reject('the message has neither words nor files');
  if (!id || !place || !at)
    return reject('the message has no id, no room or no time: nothing tells a repeated delivery from another message');
  const editedAt = timeOf(record._updatedAt) ?? timeOf(record.editedAt);
  const facts = new FactList(context, (editedAt ?? at).getTime() + (kind === 'edit' ? 1 : 0));
  const threadId = facts.thread({
    nativeId: place,
    channel: session ? 'chat' : 'work_chat',
    ...(!session && { sessionGapHours: 24 }),
  });
  const user = objectOf(record.u);
  const userId = textOf(record.user_id) ?? textOf(user._id) ?? textOf(record.agentId);
  const name = textOf(record.user_name) ?? textOf(user.username) ?? textOf(record.username);
  const isBot = isLoose(record.bot) || record.bot === true;
  const isAgent = session
    ? textOf(record.agentId) !== undefined || name === textOf(objectOf(session.agent).username)
    : context.settings.agents.some((agent) => agent === userId || agent === name);
  const isKnown = session !== undefined || context.settings.agents.length > 0;
  const role = isBot ? 'bot' : isAgent ? 'agent' : isKnown ? 'customer' : undefined;
  const handle = { type: 'work_chat_id', value: userId, display: name } as const;
  const customer = session
    ? addVisitor(facts, threadId, objectOf(session.visitor), at)
    : role && facts.participant(threadId, role, at, handle);
  const parent = textOf(record.tmid);
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt: at,
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf({ text: record.text ?? record.msg }),
    visibility: 'public',
    isAutomatic: isBot,
    agentId: role === 'agent' && userId ? facts.agent({ nativeId: userId, name }) : undefined,
    handleId: role === 'customer' ? customer : role ? undefined : facts.handle(handle),
    replyToId: parent ? facts.utteranceId(parent) : undefined,
    editedAt: kind === 'edit' ? (editedAt ?? at) : undefined,
  });
  return ok(facts.facts);
}

export const rocketchat = defineConnector<Native, z.infer<typeof Settings>>({
  name: 'rocketchat',
  title: 'Rocket.Chat',
  version: 1,
  channels: ['work_chat', 'chat'],
  docs: ['https://docs.rocket.chat/docs/integrations', 'https://docs.rocket.chat/docs/omnichannel-webhooks'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'body-secret', path: 'token' },
  threadKey: 'channel_id, cut after 24 silent hours; the session of the omnichannel',
  echoRule: 'bot is set, or the author is in the list of our people; in a session agentId is set',
  split,
  map,
});
