import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, wordsOf } from '../../formats/helpdesk.ts';
import {
  isLoose,
  joinedTexts,
  numberOf,
  objectOf,
  objectsOf,
  tableOf,
  textOf,
  textsOf,
  type Loose,
} from '../../formats/value.ts';
import { mapNotice } from './notice.ts';
import { timeOf } from './time.ts';
import { splitRocketchat, type RocketchatNative as Native } from './units.ts';

const Settings = z.strictObject({
  /** User names or ids of our people, for webhooks of channels; everybody else who is no bot is a customer. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

const HANDOVERS = tableOf<'assigned' | 'transferred'>({
  LivechatSessionTaken: 'assigned',
  LivechatSessionForwarded: 'transferred',
});

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
  const servedAt = timeOf(objectOf(session.servedBy).ts);
  const facts = new FactList(context, latestOf(closedAt, timeOf(session.lastMessageAt), servedAt, startedAt));
  const agent = isLoose(session.agent) ? session.agent : objectOf(session.servedBy);
  const name = textOf(agent.name) ?? textOf(agent.username);
  const agentId = textOf(agent._id) ? facts.agent({ nativeId: textOf(agent._id)!, name }) : undefined;
  const departmentId = textOf(session.departmentId);
  const queueId = departmentId && facts.queue({ nativeId: departmentId });
  // What is known of a visitor is changed (LivechatEdit) when the chat is over.
  const isClosed = session.type === 'LivechatSession' || session.type === 'LivechatEdit' || closedAt !== undefined;
  const threadId = facts.thread({
    nativeId: id,
    channel: 'chat',
    startedAt,
    endedAt: closedAt,
    agentId,
    queueId,
    tags: Array.isArray(session.tags) ? textsOf(session.tags) : undefined,
    status: isClosed ? 'closed' : 'open',
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  if (closedAt) facts.event({ threadId, kind: 'ended', occurredAt: closedAt, timePrecision: 'millisecond' });
  const kind = HANDOVERS[textOf(session.type) ?? ''];
  if (kind && servedAt && agentId)
    facts.event({ threadId, kind, occurredAt: servedAt, agentId, queueId, timePrecision: 'millisecond' });
  // To a department, where nobody has taken it yet.
  else if (kind === 'transferred' && queueId)
    facts.event({ threadId, kind, occurredAt: context.delivery.receivedAt, queueId, timePrecision: 'receipt' });
  addVisitor(facts, threadId, objectOf(session.visitor), startedAt);
  return ok(facts.facts);
}

/** What a visitor writes while nobody is there; it has no id, and is sent once. */
function mapOffline(record: Loose, context: Context): Outcome {
  const [at, text, visitor] = [timeOf(record.sentAt), textOf(record.message), objectOf(record.visitor)];
  const from = textOf(visitor.email) ?? textOf(visitor.name);
  if (!at || !text || !from) return reject('the message has no words, no time or nobody who left it');
  const facts = new FactList(context, at.getTime());
  const nativeId = `offline/${from}/${at.getTime()}`;
  const threadId = facts.thread({ nativeId, channel: 'chat', direction: 'inbound', startedAt: at });
  const handleId = addVisitor(facts, threadId, visitor, at);
  const timing = { occurredAt: at, timePrecision: 'millisecond', isZoneKnown: true } as const;
  facts.utterance({ nativeId, threadId, role: 'customer', ...timing, text, visibility: 'public', handleId });
  return ok(facts.facts);
}

/** A session with a visitor is a conversation; a room is endless, and cut at silences. */
const addThread = (facts: FactList, nativeId: string, isSession: boolean): string =>
  facts.thread({
    nativeId,
    channel: isSession ? 'chat' : 'work_chat',
    ...(!isSession && { sessionGapHours: 24 }),
  });

/** A session names its agent in full, its messages by the user name alone. */
function agentName({ agentId }: Loose, session: Loose | undefined): string | undefined {
  const agent = objectOf(session?.agent);
  return agentId !== undefined && agent._id === agentId ? textOf(agent.name) : undefined;
}

function mapDeletion({ record, session }: Native, context: Context): Outcome {
  const [nativeId, place] = [textOf(record._id), textOf(record.rid)];
  const deletedAt = timeOf(record.editedAt) ?? timeOf(record._updatedAt) ?? context.delivery.receivedAt;
  if (!nativeId || !place) return reject('the deleted message has no id or no room');
  const facts = new FactList(context, deletedAt.getTime());
  facts.utterance({ nativeId, threadId: addThread(facts, place, session !== undefined), deletedAt });
  return ok(facts.facts);
}

/** Older servers give the messages of a session no id. */
const idWithin = ({ _id }: Loose, { username }: Loose, at: Date): string | undefined =>
  textOf(_id) && textOf(username) && `${textOf(_id)}/${textOf(username)}/${at.getTime()}`;

/** A message of blocks comes with their JSON in place of its words. */
const saidIn = ({ text, msg, blocks }: Loose): unknown =>
  Array.isArray(blocks) && /^\s*\[\s*\{/.test(textOf(msg) ?? '') ? undefined : (text ?? msg);

/** What an app writes in attachments; those with a link to a message are quotes of what others said. */
const attachedIn = ({ attachments }: Loose): string | undefined =>
  joinedTexts(
    '\n',
    objectsOf(attachments).flatMap((each) => (each.message_link ? [] : [each.title, each.text])),
  );

/** Files stand in the message, or in the one that the notice of an upload carries along. */
const filesOf = ({ file, files, message }: Loose): Loose[] => {
  const given = objectsOf(files).length > 0 ? objectsOf(files) : objectsOf([file]);
  return given.length > 0 || !isLoose(message) ? given : filesOf(message);
};

function map({ kind, nativeKind, native: { record, session } }: Unit<Native>, context: Context): Outcome {
  if (kind === 'thread') return mapSession(record, context);
  if (kind === 'event') return mapNotice(record, context);
  if (nativeKind === 'LivechatOfflineMessage') return mapOffline(record, context);
  if (kind === 'delete') return mapDeletion({ record, ...(session && { session }) }, context);
  const at = timeOf(record.timestamp) ?? timeOf(record.ts);
  const id = textOf(record.message_id) ?? textOf(record._id) ?? (session && at && idWithin(session, record, at));
  const place = textOf(record.channel_id) ?? textOf(session?._id) ?? textOf(record.rid);
  const user = objectOf(record.u);
  const userId = textOf(record.user_id) ?? textOf(user._id) ?? textOf(record.agentId);
  const isBot = isLoose(record.bot) || record.bot === true || userId === 'rocket.cat';
  const text = textOf(saidIn(record)) ?? (isBot ? attachedIn(record) : undefined);
  const media = filesOf(record).map((file) => ({
    mediaId: textOf(file._id),
    name: textOf(file.name),
    mimeType: textOf(file.type),
    byteSize: numberOf(file.size),
  }));
  if (!text && !Array.isArray(record.attachments) && !Array.isArray(record.blocks) && media.length === 0)
    return reject('the message has neither words nor files');
  if (!id || !place || !at)
    return reject('the message has no id, no room or no time: nothing tells a repeated delivery from another message');
  // An outgoing integration does not say when a message was edited: it is when we were told.
  const editedAt = timeOf(record.editedAt) ?? (kind === 'edit' ? context.delivery.receivedAt : undefined);
  const facts = new FactList(context, (timeOf(record._updatedAt) ?? editedAt ?? at).getTime());
  const threadId = addThread(facts, place, session !== undefined);
  const name = textOf(record.user_name) ?? textOf(user.username) ?? textOf(record.username);
  const isAgent = session
    ? textOf(record.agentId) !== undefined || (name && name === textOf(objectOf(session.agent).username))
    : context.settings.agents.some((agent) => agent === userId || agent === name);
  const isKnown = session !== undefined || context.settings.agents.length > 0;
  const role = isBot ? 'bot' : isAgent ? 'agent' : isKnown ? 'customer' : undefined;
  const handle = { type: 'work_chat_id', value: userId, display: name } as const;
  const customer = session
    ? addVisitor(facts, threadId, objectOf(session.visitor), at)
    : role && facts.participant(threadId, role, at, handle);
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt: at,
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...wordsOf({ text }),
    ...(media.length > 0 && { media }),
    // What an agent notes when a chat is closed is not shown to the visitor.
    visibility: record.closingMessage === true ? 'internal' : 'public',
    isAutomatic: isBot,
    agentId:
      role === 'agent' && userId
        ? facts.agent({ nativeId: userId, name: agentName(record, session) ?? name })
        : undefined,
    handleId: role === 'customer' ? customer : role ? undefined : facts.handle(handle),
    replyToId: textOf(record.tmid) && facts.utteranceId(textOf(record.tmid)!),
    editedAt,
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
  // Outgoing integrations carry their token in the body, the omnichannel webhook its own in a header.
  trust: {
    scheme: 'one-of',
    schemes: [
      { scheme: 'body-secret', path: 'token' },
      { scheme: 'header-token', header: 'X-RocketChat-Livechat-Token' },
    ],
  },
  threadKey: 'channel_id, cut after 24 silent hours; the session of the omnichannel',
  echoRule: 'bot is set, or the author is in the list of our people; in a session agentId is set',
  split: splitRocketchat,
  map,
});
