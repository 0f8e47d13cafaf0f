import { SourceError } from '../../../errors.ts';
import type { SplitContext, Unit } from '../../connector.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

const SILENT = [
  'category',
  'group',
  'tag',
  'user',
  'reviewable',
  'flag',
  'queued_post',
  'notification',
  'user_badge',
  'solved',
  'assign',
  'group_user',
  'topic_upvote',
  'topic_unvote',
  'user_promoted',
  'suspension',
  'silence',
  'badge',
  'basic_group',
  'category_list',
] as const;

/** Of other answers, what only they have. */
const BESIDE = [
  'ping',
  'success',
  'grouped_search_result',
  'topic_list',
  'users',
  'groups',
  'badges',
  'user_badges',
  'user_actions',
  'notifications',
  'tags',
  'tag_groups',
  'directory_items',
  'trust_level',
] as const;

/** A webhook holds one post, topic, user …; the API a post or a topic with its posts. */
export function* splitDiscourse(document: unknown, { delivery }: SplitContext): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* splitObject(each, undefined);
  else if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or an answer of Discourse');
  else
    yield* splitObject(
      isLoose(document.webhook_body) ? document.webhook_body : document,
      delivery.headers['x-discourse-event'],
    );
}

function* splitObject(body: unknown, event: string | undefined): Generator<Unit<Loose>> {
  if (!isLoose(body)) throw new SourceError('invalid document; expected objects of Discourse');
  if (isLoose(body.post_stream)) {
    if (body.title !== undefined) yield topicUnit(body);
    for (const post of objectsOf(body.post_stream.posts)) yield postUnit(post);
    return;
  }
  if (Array.isArray(body.latest_posts)) return yield* objectsOf(body.latest_posts).map((post) => postUnit(post));
  if (isLoose(body.post)) yield postUnit(body.post, event);
  else if (isLoose(body.topic)) yield topicUnit(body.topic, event);
  else if ('post_number' in body) yield postUnit(body);
  else if (isLoose(body.chat_message)) yield chatUnit(body.chat_message, event);
  else if (isLoose(body.like)) yield { kind: 'reaction', nativeKind: 'like', native: body.like };
  else if (isLoose(body.topic_list) && objectsOf(body.topic_list.topics).length > 0)
    yield* objectsOf(body.topic_list.topics).map((native) => topicUnit(native));
  else yield silentUnit(body, event);
}

function silentUnit(body: Loose, event: string | undefined): Unit<Loose> {
  const silent = SILENT.find((name) => isLoose(body[name]));
  if (silent) return { kind: 'event', nativeKind: silent, native: objectOf(body[silent]) };
  if (Array.isArray(body.errors)) throw new SourceError('an error answer of the forum, not posts');
  // The test that the forum sends on demand, that it did what was asked, and what else it keeps.
  const answer = BESIDE.find((name) => name in body);
  return { kind: answer ? 'ignored' : 'unknown', nativeKind: answer ?? event ?? 'object', native: body };
}

/** The notice that a topic was deleted shows it as it was before. */
const topicUnit = (native: Loose, event?: string): Unit<Loose> =>
  event === 'topic_destroyed'
    ? { kind: 'delete', nativeKind: 'topic.deleted', native }
    : { kind: 'thread', nativeKind: 'topic', native };

function postUnit(native: Loose, event?: string): Unit<Loose> {
  if (textOf(native.deleted_at) || native.user_deleted === true || event === 'post_destroyed')
    return { kind: 'delete', nativeKind: 'post.deleted', native };
  const hasWords = textOf(native.cooked) ?? textOf(native.raw);
  const isEdit = (numberOf(native.version) ?? 1) > 1 && hasWords;
  return { kind: isEdit ? 'edit' : 'message', nativeKind: 'post', native };
}

function chatUnit({ message, channel }: Loose, event?: string): Unit<Loose> {
  const native: Loose = { ...objectOf(message), channel };
  const isEdit = native.edited === true || event === 'chat_message_edited';
  const isGone = textOf(native.deleted_at) || event === 'chat_message_trashed';
  return { kind: isGone ? 'delete' : isEdit ? 'edit' : 'message', nativeKind: 'chat message', native };
}
