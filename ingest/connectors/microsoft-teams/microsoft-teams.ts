import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { precisionOf, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { jsonIn } from '../../formats/json.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addChatAuthor } from '../../formats/work-chat.ts';
import type { RoleName } from '../../records.ts';
import { wordsOnCards } from './card.ts';
import { mapMember } from './member.ts';
import { addThread, placeOf } from './place.ts';
import { addReactions, mapFeedback, mapReaction } from './reaction.ts';
import { splitTeams } from './units.ts';

const Settings = z.strictObject({
  /** Ids of our tenants: people of others are customers. */
  ownTenants: z.array(z.string()).default([]),
  /** Ids of our people (users of the directory), where customers are guests of our own tenant. */
  agents: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

/** What older messages quote of the one they answer. */
const QUOTED = /<blockquote\b[^>]*schema\.skype\.com\/Reply[^>]*>[\s\S]*?<\/blockquote>/gi;

/** An emoji is an element of its own, which has the sign in `alt` alone; so have those of older messages, as images. */
const withEmoji = (html: unknown): string | undefined =>
  textOf(html)?.replaceAll(
    /<(?:emoji|img(?=[^>]*schema\.skype\.com\/Emoji))\b[^>]*\balt="([^"<>]*)"[^>]*>/gi,
    (_, sign: string) => sign,
  );

const wordsIn = ({ contentType, content }: Loose): Words =>
  wordsOf(contentType === 'text' ? { text: content } : { html: withEmoji(content)?.replaceAll(QUOTED, '') });

/** In a chat who answers a message quotes it. */
const quotedIn = ({ attachments }: Loose): string | undefined =>
  textOf(objectsOf(attachments).find(({ contentType }) => contentType === 'messageReference')?.id);

/** Who forwards a message says its words again. */
const forwardedIn = ({ attachments }: Loose): Words =>
  wordsOf({
    html: objectOf(
      jsonIn(objectsOf(attachments).find(({ contentType }) => contentType === 'forwardedMessageReference')?.content),
    ).originalMessageContent,
  });

/** What is said in the message, or where it says nothing itself on its cards or in what it forwards. */
const wordsOfMessage = (message: Loose): Words | undefined =>
  [wordsIn(objectOf(message.body)), wordsOf({ text: wordsOnCards(message.attachments) }), forwardedIn(message)].find(
    ({ text }) => text !== undefined,
  );

/** Files stand beside the words, images that were pasted in them; a message that is quoted or forwarded is none, nor a card or a meeting. */
function mediaOf({ attachments, body }: Loose) {
  const files = objectsOf(attachments)
    .filter(
      ({ contentType }) =>
        !/[a-z]Reference$|^application\/vnd\.microsoft\.(?:teams\.)?card\./.test(textOf(contentType) ?? ''),
    )
    // A link to a file says no more of its type than that it is one (`reference`).
    .map(({ id, name, contentType }) => {
      const type = textOf(contentType);
      return { mediaId: textOf(id), name: textOf(name), ...(type?.includes('/') && { mimeType: type }) };
    });
  const pasted = textOf(objectOf(body).content)?.matchAll(/<img\b[^>]*\/hostedContents\/([^/"<>]+)\/\$value/gi) ?? [];
  return [...files, ...Array.from(pasted, ([, mediaId]) => ({ mediaId }))];
}

function roleOf(from: Loose, { settings }: Context): RoleName | undefined {
  if (isLoose(from.application)) return 'bot';
  const user = objectOf(from.user);
  const [id, tenant] = [textOf(user.id), textOf(user.tenantId)];
  if (id && settings.agents.includes(id)) return 'agent';
  if (settings.agents.length > 0) return 'customer';
  if (tenant && settings.ownTenants.length > 0) return settings.ownTenants.includes(tenant) ? 'agent' : 'customer';
  const type = textOf(user.userIdentityType);
  // Anybody may write to the e-mail address of a channel.
  return type && !/^(aadUser|onPremiseAadUser|emailUser|unknownFutureValue)$/.test(type) ? 'customer' : undefined;
}

function mapMessage({ kind, native: message }: Unit<Loose>, context: Context): Outcome {
  const [id, place, at] = [textOf(message.id), placeOf(message), fromIso(message.createdDateTime)];
  if (!id || !at) return reject('the message has no id or no createdDateTime');
  if (!place) return reject('the message names neither its chat nor its channel');
  const changedAt = fromIso(message.lastModifiedDateTime) ?? fromIso(message.lastEditedDateTime) ?? at;
  const deletedAt = fromIso(message.deletedDateTime);
  const facts = new FactList(context, Math.max(changedAt.getTime(), deletedAt?.getTime() ?? 0));
  const threadId = addThread(facts, message, place);
  const nativeId = `${place}:${id}`;
  if (kind === 'delete') {
    facts.utterance({ nativeId, threadId, deletedAt: deletedAt! });
    return ok(facts.facts);
  }
  const from = objectOf(message.from);
  const user = objectOf(from.user);
  const role = roleOf(from, context);
  const words = wordsOfMessage(message);
  const answered = textOf(message.replyToId) ?? quotedIn(message);
  const media = mediaOf(message);
  if (words === undefined && media.length === 0 && !isLoose(message.from))
    return drop('a message without author and words');
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
    ...addChatAuthor(facts, { id: textOf(user.id), display: textOf(user.displayName), role }, { threadId, at }),
    replyToId: answered ? facts.utteranceId(`${place}:${answered}`) : undefined,
    editedAt: fromIso(message.lastEditedDateTime),
    ...(media.length > 0 && { media }),
  });
  addReactions(facts, message, { threadId, utteranceId });
  return ok(facts.facts);
}

export const microsoftTeams = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'microsoft-teams',
  title: 'Microsoft Teams',
  version: 1,
  channels: ['work_chat'],
  docs: [
    'https://learn.microsoft.com/graph/api/resources/chatmessage',
    'https://learn.microsoft.com/graph/api/resources/aaduserconversationmember',
    'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'one-of',
    schemes: [
      // An outgoing webhook of a team.
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'base64',
        header: 'Authorization',
        prefix: 'HMAC ',
        secretEncoding: 'base64',
        parts: ['body'],
      },
      // A subscription to change notifications.
      { scheme: 'body-secret', path: 'value[].clientState' },
      { scheme: 'path-secret' },
    ],
  },
  handshake: { kind: 'echo-parameter', parameter: 'validationToken' },
  seal: { kind: 'notifications' },
  threadKey: 'chatId, cut after 24 silent hours; in a channel the post that replies belong to',
  echoRule: 'from.application, or a user of ownTenants or agents',
  split: splitTeams,
  map: (unit, context) =>
    unit.kind === 'profile'
      ? mapMember(unit.native, context, (user) => roleOf({ user }, context))
      : unit.kind === 'reaction'
        ? mapReaction(unit.native, context)
        : unit.kind === 'survey'
          ? mapFeedback(unit.native, context)
          : mapMessage(unit, context),
});
