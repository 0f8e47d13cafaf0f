import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf } from '../../formats/helpdesk.ts';
import { isLoose, objectOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { mapMessage } from './message.ts';
import { mapNotice } from './notice.ts';
import { addThread, addVisitor } from './place.ts';
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

function mapDeletion({ record, session }: Native, context: Context): Outcome {
  const [nativeId, place] = [textOf(record._id), textOf(record.rid)];
  const deletedAt = timeOf(record.editedAt) ?? timeOf(record._updatedAt) ?? context.delivery.receivedAt;
  if (!nativeId || !place) return reject('the deleted message has no id or no room');
  const facts = new FactList(context, deletedAt.getTime());
  facts.utterance({ nativeId, threadId: addThread(facts, place, session !== undefined), deletedAt });
  return ok(facts.facts);
}

function map(unit: Unit<Native>, context: Context): Outcome {
  const { kind, nativeKind, native } = unit;
  if (kind === 'thread') return mapSession(native.record, context);
  if (kind === 'event') return mapNotice(native.record, context);
  if (nativeKind === 'LivechatOfflineMessage') return mapOffline(native.record, context);
  return kind === 'delete' ? mapDeletion(native, context) : mapMessage(unit, context);
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
