import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { splitDiscourse } from './document.ts';
import { htmlToText } from '../../formats/html.ts';
import { hasName, mentionOf, mentionSettings } from '../../formats/mention.ts';
import { addPost } from '../../formats/post.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';

const Settings = z.strictObject({
  /** User names of the company besides the forum's staff. */
  ownAccounts: z.array(z.string()).default([]),
  /** Categories, by their short name in addresses, where people turn to the company. */
  ownCategories: z.array(z.string()).default([]),
  ...mentionSettings,
});
type Settings = z.infer<typeof Settings>;

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (/^topic(\.deleted)?$/.test(nativeKind)) return mapTopic(native, kind, context);
  if (nativeKind === 'chat message') return mapChat(native, kind, context);
  if (nativeKind === 'like') return mapLike(native, context);
  if (!nativeKind.startsWith('post')) return drop(`a ${nativeKind} says nothing; posts do`);
  return mapPost(native, kind === 'delete', context);
}

const ASIDE = /<aside\b[^<>]*>(?:(?!<aside\b)[\s\S])*?<\/aside>/g;
const MOST_QUOTES_WITHIN_QUOTES = 10;

/** Emoji are pictures named like `:smile:`; what they say is said. */
const nameEmoji = (image: string): string =>
  /\bclass="emoji\b/.test(image) ? (/\balt="([^"]*)"/.exec(image)?.[1] ?? '') : image;

/** Without what others said (quotes), and with the address of a link in place of its preview. */
function wordsIn(cooked: string): string {
  let own = cooked;
  for (let depth = 0; depth < MOST_QUOTES_WITHIN_QUOTES && own.includes('</aside>'); depth++)
    own = own.replace(ASIDE, (aside) => /^<aside[^<>]*\bdata-onebox-src="([^"]*)"/.exec(aside)?.[1] ?? '');
  return htmlToText(own.replaceAll(/<img\b[^<>]*>/g, nameEmoji));
}

/** Posts are counted within their topic, and answer each other by that number; the first opens the topic. */
function mapPost(post: Loose, isDeleted: boolean, context: SplitContext<Settings>): Outcome {
  const [topicId, number] = [textOf(post.topic_id), numberOf(post.post_number)];
  const at = fromIso(post.created_at);
  if (!topicId || number === undefined || !at) return reject('missing topic_id, post_number or created_at of the post');
  const type = numberOf(post.post_type) ?? 1;
  if (type === 3) return drop('what moderators did to a topic is nothing said in it');
  const name = textOf(post.username);
  if (!name) return reject('missing username of the post');
  const updatedAt = fromIso(post.updated_at);
  // Of a post that was hidden, a notice of the forum stands in the place of the words.
  const cooked = post.cooked_hidden === true ? undefined : textOf(post.cooked);
  const facts = new FactList(context, (updatedAt ?? at).getTime());
  const text = cooked ? wordsIn(cooked) : textOf(post.raw);
  const category = textOf(post.category_slug);
  const isToUs = number === 1 && category !== undefined && context.settings.ownCategories.includes(category);
  addPost(facts, {
    nativeId: `${topicId}/${number}`,
    channel: 'forum',
    at,
    timePrecision: 'millisecond',
    parentId: number === 1 ? undefined : `${topicId}/${numberOf(post.reply_to_post_number) ?? 1}`,
    author: { type: 'social_id', value: textOf(post.user_id) ?? name, display: textOf(post.name) ?? name },
    ...concernOf(post, text, isToUs, context.settings),
    sourceText: cooked,
    subject: number === 1 ? textOf(post.topic_title) : undefined,
    account: category,
    editedAt: (numberOf(post.version) ?? 1) > 1 ? updatedAt : undefined,
    deletedAt: isDeleted ? (fromIso(post.deleted_at) ?? updatedAt ?? at) : undefined,
    visibility: type === 4 ? 'internal' : 'public',
  });
  return ok(facts.facts);
}

/** A message of the forum’s chat stands as a post does; that it was changed is told without a time. */
function mapChat(message: Loose, kind: Unit['kind'], context: SplitContext<Settings>): Outcome {
  const [id, at, user] = [textOf(message.id), fromIso(message.created_at), objectOf(message.user)];
  const name = textOf(user.username);
  if (!id || !at || !name) return reject('missing id, created_at or user of the chat message');
  const editedAt = kind === 'edit' ? context.delivery.receivedAt : undefined;
  const deletedAt = kind === 'delete' ? (fromIso(message.deleted_at) ?? context.delivery.receivedAt) : undefined;
  const [cooked, parentId] = [textOf(message.cooked), textOf(objectOf(message.in_reply_to).id)];
  const facts = new FactList(context, (deletedAt ?? editedAt ?? at).getTime());
  addPost(facts, {
    nativeId: `chat/${id}`,
    channel: 'forum',
    at,
    timePrecision: 'millisecond',
    parentId: parentId && `chat/${parentId}`,
    author: { type: 'social_id', value: textOf(user.id) ?? name, display: textOf(user.name) ?? name },
    ...concernOf(user, cooked ? wordsIn(cooked) : textOf(message.message), false, context.settings),
    sourceText: cooked,
    account: textOf(objectOf(message.channel).slug),
    editedAt,
    deletedAt,
  });
  return ok(facts.facts);
}

/** What was said, whether the company or a machine said it, and how it concerns the company. */
function concernOf({ staff, username }: Loose, text: string | undefined, isToUs: boolean, settings: Settings) {
  const [name, { ownAccounts }] = [String(username), settings];
  const isOwn = staff === true || ownAccounts.includes(name);
  const isTagged = ownAccounts.some((own) => hasName(text ?? '', `@${own}`));
  const mention = mentionOf({ isOurs: isOwn, text, isTagged, isToUs }, settings);
  return { text, isOwn, mention, isAutomatic: name === 'system' || name === 'discobot' };
}

/** A like carries no time: it is that of its receipt. */
function mapLike({ post, user }: Loose, { source, delivery }: SplitContext<Settings>): Outcome {
  const { topic_id, post_number } = objectOf(post);
  const [topicId, number, liker] = [topic_id, post_number, objectOf(user).id ?? objectOf(user).username].map(textOf);
  if (!topicId || !number || !liker) return reject('a like without its post or its person');
  const facts = new FactList({ source }, delivery.receivedAt.getTime());
  facts.event({
    threadId: facts.threadId(`${topicId}/${number}`),
    kind: 'reaction',
    occurredAt: delivery.receivedAt,
    timePrecision: 'receipt',
    utteranceId: facts.utteranceId(`${topicId}/${number}`),
    value: 'like',
    nativeId: liker,
  });
  return ok(facts.facts);
}

/** A topic has a title, and belongs to its first post. */
function mapTopic(topic: Loose, kind: Unit['kind'], context: SplitContext<Settings>): Outcome {
  const [id, startedAt, subject] = [textOf(topic.id), fromIso(topic.created_at), textOf(topic.title)];
  if (!id || !startedAt) return reject('missing id or created_at of the topic');
  const changedAt = fromIso(topic.updated_at) ?? fromIso(topic.last_posted_at) ?? startedAt;
  const deletedAt = fromIso(topic.deleted_at) ?? (kind === 'delete' ? context.delivery.receivedAt : undefined);
  const facts = new FactList(context, changedAt.getTime());
  const tags = Array.isArray(topic.tags)
    ? topic.tags.map((tag) => textOf(isLoose(tag) ? tag.name : tag) ?? '').filter(Boolean)
    : [];
  facts.thread({
    nativeId: `${id}/1`,
    channel: 'forum',
    startedAt,
    ...(subject && { subject }),
    ...(tags.length > 0 && { tags }),
    ...(deletedAt && { deletedAt }),
  });
  return ok(facts.facts);
}

export const discourse = defineConnector<Loose, Settings>({
  name: 'discourse',
  title: 'Discourse forum',
  version: 1,
  channels: ['forum'],
  docs: [
    'https://meta.discourse.org/t/configure-webhooks-that-trigger-on-discourse-events-to-integrate-with-external-services/49045',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'X-Discourse-Event-Signature',
    prefix: 'sha256=',
    parts: ['body'],
  },
  pull: {
    address: 'https://<forum>',
    auth: { kind: 'header', header: 'api-key' },
    requestsPerMinute: 60,
    streams: [
      {
        name: 'posts',
        path: '/posts.json',
        rows: 'latest_posts',
        // Newest first: reading stops behind the cursor. Older posts that are edited come by webhook.
        cursor: { kind: 'time', at: 'row', path: 'created_at', read: 'iso', write: 'iso', overlapSeconds: 2 * 86_400 },
        paging: { kind: 'last-row', path: 'id', parameter: 'before' },
      },
    ],
  },
  threadKey: '(topic_id, post_number), linked to the post it answers',
  echoRule: 'posts of staff and ownAccounts are the business’s own words',
  split: splitDiscourse,
  map,
});
