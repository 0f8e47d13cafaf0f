import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { precisionOf, recordsIn, wordsOf } from '../formats/helpdesk.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';
import type { RoleName } from '../records.ts';

const Settings = z.strictObject({
  /** Ids of our tenants: people of others are customers. */
  ownTenants: z.array(z.string()).default([]),
  /** Ids of our people (users of the directory), where customers are guests of our own tenant. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

/** Messages of chats and channels; a message of a channel may hold its replies. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (isLoose(objectOf(document).error))
    throw new SourceError('invalid document; expected messages, and this is an error of the API');
  for (const item of recordsIn(document, 'value')) {
    const native = objectOf(item);
    if (textOf(native.subscriptionId)) yield { kind: 'ignored', nativeKind: 'notification', native };
    else if (native.chatType !== undefined || native.membershipType !== undefined)
      yield { kind: 'ignored', nativeKind: 'chat', native };
    else if (textOf(native.messageType)) {
      yield messageUnit(native);
      for (const reply of objectsOf(native.replies))
        yield messageUnit({ channelIdentity: native.channelIdentity, ...reply });
    } else if (textOf(native.id))
      yield { kind: 'unknown', nativeKind: textOf(native['@odata.type']) ?? 'record', native };
    else throw new SourceError('invalid document; expected chatMessage resources of Microsoft Graph, each with an id');
  }
}

function messageUnit(native: Loose): Unit<Loose> {
  const type = textOf(native.messageType)!;
  if (fromIso(native.deletedDateTime)) return { kind: 'delete', nativeKind: 'message.deleted', native };
  if (
    type === 'systemEventMessage' ||
    isLoose(native.eventDetail) ||
    /<systemEventMessage\s*\/>/.test(textOf(objectOf(native.body).content) ?? '')
  )
    return { kind: 'ignored', nativeKind: 'systemEventMessage', native };
  const isEdit = fromIso(native.lastEditedDateTime) && textOf(objectOf(native.body).content);
  return {
    kind: type === 'message' ? (isEdit ? 'edit' : 'message') : 'unknown',
    nativeKind: `message.${type}`,
    native,
  };
}

/** The id of a message is unique only within its chat, or its channel. */
function placeOf(message: Loose): string | undefined {
  const { teamId, channelId } = objectOf(message.channelIdentity);
  return textOf(message.chatId) ?? (textOf(channelId) && `${textOf(teamId) ?? ''}/${textOf(channelId)}`);
}

function roleOf(from: Loose, { settings }: Context): RoleName | undefined {
  if (isLoose(from.application)) return 'bot';
  const user = objectOf(from.user);
  const [id, tenant] = [textOf(user.id), textOf(user.tenantId)];
  if (id && settings.agents.includes(id)) return 'agent';
  if (settings.agents.length > 0) return 'customer';
  if (tenant && settings.ownTenants.length > 0) return settings.ownTenants.includes(tenant) ? 'agent' : 'customer';
  const type = textOf(user.userIdentityType);
  return type && !/^(aadUser|onPremiseAadUser|unknownFutureValue)$/.test(type) ? 'customer' : undefined;
}

function map({ kind, native: message }: Unit<Loose>, context: Context): Outcome {
  const [id, place, at] = [textOf(message.id), placeOf(message), fromIso(message.createdDateTime)];
  if (!id || !at) return reject('the message has no id or no createdDateTime');
  if (!place) return reject('the message names neither its chat nor its channel');
  const changedAt = fromIso(message.lastModifiedDateTime) ?? fromIso(message.lastEditedDateTime) ?? at;
  const deletedAt = fromIso(message.deletedDateTime);
  const facts = new FactList(context, Math.max(changedAt.getTime(), deletedAt?.getTime() ?? 0));
  const parent = textOf(message.replyToId);
  // A chat is endless; in a channel every post with its replies is a conversation.
  const isChat = textOf(message.chatId) !== undefined;
  const threadId = facts.thread({
    nativeId: isChat ? place : `${place}:${parent ?? id}`,
    channel: 'work_chat',
    account: place,
    subject: textOf(message.subject),
    url: textOf(message.webUrl),
    ...(isChat && { sessionGapHours: 24 }),
  });
  const nativeId = `${place}:${id}`;
  if (kind === 'delete') {
    facts.utterance({ nativeId, threadId, deletedAt: deletedAt! });
    return ok(facts.facts);
  }
  const from = objectOf(message.from);
  const user = objectOf(from.user);
  const role = roleOf(from, context);
  const [userId, display] = [textOf(user.id), textOf(user.displayName)];
  const body = objectOf(message.body);
  const words = wordsOf(textOf(body.contentType) === 'text' ? { text: body.content } : { html: body.content });
  const media = objectsOf(message.attachments)
    .filter(({ contentType }) => contentType !== 'messageReference')
    .map((file) => ({ mediaId: textOf(file.id), name: textOf(file.name), mimeType: textOf(file.contentType) }));
  if (words.text === undefined && media.length === 0 && !isLoose(message.from))
    return drop('a message without author and words');
  const handle = { type: 'work_chat_id', value: userId, display } as const;
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(message.createdDateTime),
    timePrecision: precisionOf(message.createdDateTime),
    isZoneKnown: true,
    ...words,
    visibility: 'public',
    isAutomatic: role === 'bot',
    agentId: role === 'agent' && userId ? facts.agent({ nativeId: userId, name: display }) : undefined,
    handleId:
      role === 'customer' ? facts.participant(threadId, role, at, handle) : role ? undefined : facts.handle(handle),
    replyToId: parent ? facts.utteranceId(`${place}:${parent}`) : undefined,
    editedAt: fromIso(message.lastEditedDateTime),
    ...(media.length > 0 && { media }),
  });
  for (const reaction of objectsOf(message.reactions)) {
    const occurredAt = fromIso(reaction.createdDateTime);
    const by = textOf(objectOf(objectOf(reaction.user).user).id) ?? '';
    const value = textOf(reaction.displayName) ?? textOf(reaction.reactionType);
    if (occurredAt) facts.event({ threadId, kind: 'reaction', occurredAt, utteranceId, value, nativeId: by });
  }
  return ok(facts.facts);
}

export const microsoftTeams = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'microsoft-teams',
  title: 'Microsoft Teams',
  version: 1,
  channels: ['work_chat'],
  docs: ['https://learn.microsoft.com/graph/api/resources/chatmessage'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'chatId, cut after 24 silent hours; in a channel the post that replies belong to',
  echoRule: 'from.application, or a user of ownTenants or agents',
  split,
  map,
});
