import { SourceError } from '../../../errors.ts';
import type { SplitContext, Unit, UnitKind } from '../../connector.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { isMember } from './member.ts';

/**
 * Messages of chats and channels, and who takes part; a message of a channel may hold its replies. They come as pages
 * of Microsoft Graph, in its notifications, or as activities of an outgoing webhook, which are put into the shape of
 * the former.
 */
export function* splitTeams(document: unknown, { delivery }: SplitContext): Generator<Unit<Loose>> {
  if (isLoose(objectOf(document).error))
    throw new SourceError('invalid document; expected messages, and this is an error of the API');
  for (const item of recordsIn(document, 'value')) {
    const native = objectOf(item);
    if (textOf(native.subscriptionId)) yield notificationUnit(native, delivery.receivedAt);
    else if (isLoose(native.conversation) && textOf(native.type)) yield activityUnit(native);
    // A page of changes names what is gone by its id alone, and not where it was.
    else if (isLoose(native['@removed'])) yield { kind: 'ignored', nativeKind: 'removed', native };
    else if (isMember(native)) yield memberUnit(native);
    else if (native.chatType !== undefined || native.membershipType !== undefined) {
      yield { kind: 'ignored', nativeKind: 'chat', native };
      yield* objectsOf(native.members).map(memberUnit);
    } else if (native.isArchived !== undefined || native.userPrincipalName !== undefined)
      yield { kind: 'ignored', nativeKind: 'team or user', native };
    else if (textOf(native.messageType)) {
      yield messageUnit(native);
      for (const reply of objectsOf(native.replies))
        yield messageUnit({ channelIdentity: native.channelIdentity, ...reply });
    } else if (textOf(native.id))
      yield { kind: 'unknown', nativeKind: textOf(native['@odata.type']) ?? 'record', native };
    else throw new SourceError('invalid document; expected chatMessage resources of Microsoft Graph, each with an id');
  }
}

const memberUnit = (native: Loose): Unit<Loose> => ({ kind: 'profile', nativeKind: 'member', native });

function messageUnit(native: Loose): Unit<Loose> {
  const type = textOf(native.messageType)!;
  if (fromIso(native.deletedDateTime)) return { kind: 'delete', nativeKind: 'message.deleted', native };
  if (
    type === 'systemEventMessage' ||
    type === 'chatEvent' ||
    isLoose(native.eventDetail) ||
    /<systemEventMessage\s*\/>/.test(textOf(objectOf(native.body).content) ?? '')
  )
    return { kind: 'ignored', nativeKind: 'systemEventMessage', native };
  if (type === 'typing') return { kind: 'ignored', nativeKind: 'message.typing', native };
  const isEdit = fromIso(native.lastEditedDateTime) && textOf(objectOf(native.body).content);
  return {
    kind: type === 'message' ? (isEdit ? 'edit' : 'message') : 'unknown',
    nativeKind: `message.${type}`,
    native,
  };
}

/**
 * Where a message is, of its address: `chats('c')/messages('m')`,
 * `teams('t')/channels('c')/messages('m')/replies('r')`.
 */
const RESOURCE =
  /^(?:teams\('([^']*)'\)\/channels\('([^']*)'\)|chats\('([^']*)'\))\/messages\('([^']*)'\)(?:\/replies\('([^']*)'\))?$/;

/** The id of a message is its time in epoch milliseconds. */
const timeOfId = (id: string | undefined): string | undefined =>
  /^\d{13}$/.test(id ?? '') ? new Date(Number(id)).toISOString() : undefined;

/** Most notifications only say where to look; one of a deletion, or with its resource, says all. */
function notificationUnit(native: Loose, receivedAt: Date): Unit<Loose> {
  const resource = objectOf(native.resourceData);
  if (textOf(resource.messageType)) return messageUnit(resource);
  // Who left stays who they were.
  if (textOf(resource.userId) && isMember(resource) && native.changeType !== 'deleted') return memberUnit(resource);
  const [, teamId, channelId, chatId, message, reply] = RESOURCE.exec(textOf(native.resource) ?? '') ?? [];
  if (native.changeType !== 'deleted' || !message) return { kind: 'ignored', nativeKind: 'notification', native };
  const id = reply ?? message;
  const deleted = {
    id,
    createdDateTime: timeOfId(id),
    deletedDateTime: receivedAt.toISOString(),
    ...(chatId ? { chatId } : { channelIdentity: { teamId, channelId } }),
    ...(reply && { replyToId: message }),
  };
  return { kind: 'delete', nativeKind: 'notification.deleted', native: deleted };
}

/** What an app is told beside words: that it was installed, or who joined. */
const NOTICES =
  /^(conversationUpdate|contactRelationUpdate|installationUpdate|event|invoke|invokeResponse|command|commandResult|deleteUserData|endOfConversation|suggestion|trace|typing)$/;

/** What somebody wrote to an app or an outgoing webhook, and what became of it. */
const ACTIVITIES = tableOf<UnitKind>({
  message: 'message',
  messageUpdate: 'edit',
  messageDelete: 'delete',
  messageReaction: 'reaction',
  feedback: 'survey',
});

/** Under what an app says stand two thumbs, where it asks for them. */
const isFeedback = ({ name, value }: Loose): boolean =>
  name === 'message/submitAction' && objectOf(value).actionName === 'feedback';

/** The ids of apps begin with 28, those of people with 29. */
const authorOf = (from: Loose, data: Loose): Loose =>
  textOf(from.id)?.startsWith('28:')
    ? { application: { id: from.id, displayName: from.name } }
    : {
        user: {
          id: textOf(from.aadObjectId) ?? textOf(from.id),
          displayName: textOf(from.name),
          tenantId: textOf(objectOf(data.tenant).id),
        },
      };

/** Beside files and images the words stand among the attachments once more, as HTML; the type of a file stands in it. */
const filesOf = (attachments: unknown): Loose[] =>
  objectsOf(attachments)
    .filter(({ contentType }) => contentType !== 'text/html')
    .map((each) =>
      textOf(each.contentType)?.endsWith('.file.download.info')
        ? { id: objectOf(each.content).uniqueId, name: each.name, contentType: 'reference' }
        : each,
    );

function activityUnit(activity: Loose): Unit<Loose> {
  const type = isFeedback(activity) ? 'feedback' : textOf(activity.type)!;
  if (NOTICES.test(type)) return { kind: 'ignored', nativeKind: `activity.${type}`, native: activity };
  const kind = ACTIVITIES[type];
  // What is filled in on a card comes as a message without words.
  if (kind === 'message' && isLoose(activity.value) && !textOf(activity.text))
    return { kind: 'ignored', nativeKind: 'activity.submit', native: activity };
  if (!kind) return { kind: 'unknown', nativeKind: `activity.${type}`, native: activity };
  const data = objectOf(activity.channelData);
  const from = objectOf(activity.from);
  const conversation = textOf(objectOf(activity.conversation).id) ?? '';
  const [place, parent] = conversation.split(';messageid=');
  // A reaction has an id of its own; a change has its own time, and its message that of the id.
  const isReaction = kind === 'reaction' || kind === 'survey';
  const id = textOf(isReaction ? activity.replyToId : activity.id);
  const isChannel = textOf(data.teamsChannelId) !== undefined || parent !== undefined;
  const html = objectsOf(activity.attachments).find(({ contentType }) => contentType === 'text/html');
  const native = {
    id,
    messageType: 'message',
    createdDateTime: kind === 'message' ? activity.timestamp : (timeOfId(id) ?? activity.timestamp),
    ...(kind === 'edit' && { lastEditedDateTime: activity.timestamp }),
    ...(kind === 'delete' && { deletedDateTime: activity.timestamp }),
    ...(isReaction && {
      reactedAt: activity.timestamp,
      added: activity.reactionsAdded,
      removed: activity.reactionsRemoved,
      rating: objectOf(activity.value).actionValue,
    }),
    ...(isChannel ? { channelIdentity: { channelId: textOf(data.teamsChannelId) ?? place } } : { chatId: place }),
    ...(parent && parent !== id && { replyToId: parent }),
    from: authorOf(from, data),
    attachments: filesOf(activity.attachments),
    body: html ? { contentType: 'html', content: html.content } : { contentType: 'html', content: activity.text },
  };
  return { kind, nativeKind: `activity.${type}`, native };
}
