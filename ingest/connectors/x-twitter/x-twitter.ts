import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { mentionOf, mentionSettings } from '../../formats/mention.ts';
import { addPost } from '../../formats/social.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { mapDirectMessage, mapRead } from './direct-message.ts';
import { idOf, isOwn, mediaOf, personOf, timeOf, timeOfId, versionsOf, wordsOf, type XNative } from './parts.ts';
import { splitX } from './units.ts';

const Settings = z.strictObject({
  /** The company's accounts by id or name; a webhook names its own. */
  ownAccounts: z.array(z.string()).default([]),
  ...mentionSettings,
});

type Context = SplitContext<z.infer<typeof Settings>>;

const mappers = tableOf<(native: XNative, context: Context) => Outcome>({
  post: mapPost,
  'post.edit': mapPost,
  'post.delete': mapDelete,
  repost: mapRepost,
  favorite: mapFavorite,
  dm: (native, context) => mapDirectMessage(native, context.settings.ownAccounts, context),
  'dm.read': (native, context) => mapRead(native, context.settings.ownAccounts, context),
  user: mapUser,
  chat: () => drop('a message of X Chat is encrypted: neither its words nor the other side are given'),
});

const map = ({ nativeKind, native }: Unit<XNative>, context: Context): Outcome => mappers[nativeKind]!(native, context);

const authorOf = (record: Loose): string | undefined => textOf(record.author_id) ?? idOf(objectOf(record.user));

/** Each version of an edited post has an id; the first is the post's, and the others lead to it. */
function mapPost(native: XNative, context: Context): Outcome {
  const { record, users, own } = native;
  const id = idOf(record);
  const author = authorOf(record);
  const time = timeOf(record);
  if (!id) return reject('missing id of the post');
  if (!time) return reject(`invalid created_at: ${textOf(record.created_at) ?? 'none'}; expected ISO 8601`);
  const history = versionsOf(record);
  const nativeId = history[0] ?? id;
  const isEdit = nativeId !== id;
  const facts = new FactList(context, (isEdit ? (timeOfId(id) ?? time.at) : time.at).getTime());
  const replied = objectsOf(record.referenced_tweets).find(({ type }) => type === 'replied_to');
  const root = textOf(record.conversation_id);
  // Unless it is asked for, the API leaves the author out; the words are kept all the same.
  const isOurs = author === undefined ? undefined : isOwn(author, native, context.settings.ownAccounts);
  const parentId =
    textOf(replied?.id) ?? idOf(record, 'in_reply_to_status_id') ?? (root === nativeId ? undefined : root);
  const threadId = addPost(facts, {
    nativeId,
    parentId,
    ...(isEdit ? { at: timeOfId(nativeId) ?? time.at, timePrecision: 'millisecond' } : time),
    nativeTime: isEdit ? undefined : textOf(record.created_at),
    isOurs,
    author: author === undefined ? undefined : personOf(author, users),
    account: isOurs ? author : own,
    mention: concernOf(native, isOurs, context),
    ...wordsOf(record),
    media: mediaOf(record),
    editedAt: isEdit ? (timeOfId(id) ?? time.at) : undefined,
  });
  for (const version of history.slice(1)) facts.link(threadId, facts.threadId(version), 'edited post');
  return ok(facts.facts);
}

/** The post that a post quotes stands in it, or beside it. */
function quotedBy({ record, posts = [] }: XNative): Loose {
  const quoted = objectsOf(record.referenced_tweets).find(({ type }) => type === 'quoted');
  return objectOf(record.quoted_status ?? posts.find((post) => quoted !== undefined && idOf(post) === idOf(quoted)));
}

/**
 * Names in a post stand in its entities; the account of a webhook is ours, and the settings name others. Who quotes a post
 * of ours speaks of us.
 */
function concernOf(native: XNative, isOurs: boolean | undefined, { settings }: Context) {
  const { record } = native;
  const entities = objectOf(record.entities);
  const named = [...objectsOf(entities.mentions), ...objectsOf(entities.user_mentions)];
  const own = named.filter((user) =>
    isOwn(idOf(user), { ...native, users: [...native.users, user] }, settings.ownAccounts),
  );
  const answered = idOf(record, 'in_reply_to_user_id');
  const { text } = wordsOf(record);
  const isQuoted = isOwn(authorOf(quotedBy(native)), native, settings.ownAccounts);
  const names = own.flatMap((user) => textOf(user.username) ?? textOf(user.screen_name) ?? []);
  const isFirst = names.some((name) => (text ?? '').toLowerCase().startsWith(`@${name.toLowerCase()}`));
  const isToUs = isFirst || isOwn(answered, native, settings.ownAccounts);
  return mentionOf({ isOurs, text, isTagged: own.length > 0 || isQuoted, isToUs }, settings);
}

function mapDelete({ record }: XNative, context: Context): Outcome {
  const nativeId = idOf(objectOf(record.status));
  if (!nativeId) return reject('a deletion without the post');
  const deletedAt =
    fromEpochMilliseconds(record.timestamp_ms) ?? fromIso(record.event_at) ?? context.delivery.receivedAt;
  const facts = new FactList(context, deletedAt.getTime());
  facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt });
  return ok(facts.facts);
}

/** Whoever repeats or likes a post takes no part in its conversation. */
function addReaction(
  facts: FactList,
  target: string,
  value: string,
  by: string,
  time: NonNullable<ReturnType<typeof timeOf>>,
): Outcome {
  facts.event({
    threadId: facts.threadId(target),
    kind: 'reaction',
    occurredAt: time.at,
    timePrecision: time.timePrecision,
    utteranceId: facts.utteranceId(target),
    value,
    nativeId: by,
  });
  return ok(facts.facts);
}

function mapRepost({ record }: XNative, context: Context): Outcome {
  const target =
    idOf(objectOf(record.retweeted_status)) ??
    textOf(objectsOf(record.referenced_tweets).find(({ type }) => type === 'retweeted')?.id);
  const time = timeOf(record);
  if (!target || !time) return reject('a repost without the post it repeats, or without a time');
  return addReaction(
    new FactList(context, time.at.getTime()),
    target,
    'repost',
    authorOf(record) ?? idOf(record) ?? '',
    time,
  );
}

/** The X Activity API names a like, and not who it is by. */
function mapFavorite({ record }: XNative, context: Context): Outcome {
  const target = idOf(objectOf(record.favorited_status)) ?? textOf(record.liked_tweet_id);
  const at = fromEpochMilliseconds(record.timestamp_ms);
  const time = at ? { at, timePrecision: 'millisecond' as const } : timeOf({ created_at: record.created_at });
  if (!target || !time) return reject('a favorite without the post it is to, or without a time');
  const by = isLoose(record.user) ? idOf(record.user) : idOf(record);
  return addReaction(new FactList(context, time.at.getTime()), target, 'favorite', by ?? '', time);
}

function mapUser({ record }: XNative, context: Context): Outcome {
  // The profile has no time of change.
  const facts = new FactList(context, 0);
  return facts.handle(personOf(idOf(record), [record])) ? ok(facts.facts) : reject('a profile without an id');
}

export const xTwitter = defineConnector<XNative, z.infer<typeof Settings>>({
  name: 'x-twitter',
  title: 'X (Twitter)',
  version: 1,
  channels: ['social', 'x_dm'],
  docs: ['https://docs.x.com/x-api/webhooks/introduction', 'https://docs.x.com/x-api/account-activity/introduction'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-twitter-webhooks-signature',
    prefix: 'sha256=',
    parts: ['body'],
  },
  handshake: {
    kind: 'sign-query',
    parameter: 'crc_token',
    algorithm: 'sha256',
    encoding: 'base64',
    answerField: 'response_token',
    prefix: 'sha256=',
  },
  threadKey: 'a chain of replies; direct messages by (our account, person), cut after 24 silent hours',
  echoRule: 'posts and messages of the account of the webhook, and of ownAccounts, are the business’s own words',
  split: splitX,
  map,
});
