import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf } from '../../records.ts';
import { addPost } from '../../formats/social.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';
import { isOwn, mediaOf, wordsOf, type VkNative } from './content.ts';

/** Where the owner and the number of what a comment stands under are told. */
const UNDER = tableOf<readonly [owner: string, number: string]>({
  photo: ['photo_owner_id', 'photo_id'],
  video: ['video_owner_id', 'video_id'],
  market: ['market_owner_id', 'item_id'],
  board: ['topic_owner_id', 'topic_id'],
});

/**
 * What the name of a post or comment begins with, to which its number is added: `wall-77`, or, as other comments are
 * numbered by what they stand under, `photo-77_5`.
 */
function placeOf(nativeKind: string, object: Loose, group: string | undefined): string | undefined {
  const place = nativeKind.split('_')[0]!;
  const [ownerField, numberField] = UNDER[place] ?? ['post_owner_id'];
  const owner = textOf(object.owner_id) ?? textOf(object[ownerField]) ?? (group && `-${group}`);
  const under = numberField && textOf(object[numberField]);
  return owner && [`${place}${owner}`, under].filter(Boolean).join('_');
}

/** A visitor's post and a word in a discussion turn to the community; other comments stand under what it published. */
const concernOf = (nativeKind: string): FactOf<'thread'>['mention'] =>
  nativeKind === 'wall_repost' ? 'mention' : /^(wall_post|board)_/.test(nativeKind) ? 'addressed' : 'reply';

/** A post on the wall, a comment under it, under a photo, a video or a product, or a word in a discussion. */
export function mapComment(nativeKind: string, { object, group }: VkNative, context: SplitContext): Outcome {
  const place = placeOf(nativeKind, object, group);
  const id = textOf(object.id);
  if (!place || !id) return reject('a post or comment without its id or its wall');
  if (nativeKind.endsWith('_restore')) return drop('a comment that comes back: what was deleted here stays deleted');
  const nativeId = `${place}_${id}`;
  if (nativeKind.endsWith('_delete')) {
    const { receivedAt } = context.delivery;
    const facts = new FactList(context, receivedAt.getTime());
    facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt: receivedAt });
    return ok(facts.facts);
  }
  const at = fromEpochSeconds(object.date);
  if (!at) return reject(`invalid date: ${textOf(object.date) ?? 'none'}; expected epoch seconds`);
  const isEdit = nativeKind.endsWith('_edit');
  const facts = new FactList(context, isEdit ? context.delivery.receivedAt.getTime() : at.getTime());
  const author = textOf(object.from_id);
  const { text, sourceText } = wordsOf(object);
  if (nativeKind === 'wall_repost' && !text) return drop('a repost without words of its own');
  const repliedTo = textOf(object.reply_to_comment);
  addPost(facts, {
    nativeId,
    parentId: repliedTo && `${place}_${repliedTo}`,
    at,
    timePrecision: 'second',
    nativeTime: textOf(object.date),
    isOurs: author === undefined ? undefined : isOwn(author, group),
    ...(!isOwn(author, group) && { mention: concernOf(nativeKind) }),
    author: { type: 'vk_id', value: author },
    account: group,
    text: text ?? (isEdit ? '' : undefined),
    sourceText,
    media: mediaOf(object),
    editedAt: isEdit ? context.delivery.receivedAt : undefined,
  });
  return ok(facts.facts);
}

/** A like carries no time: it is that of its receipt. Posts and comments of a wall are numbered together. */
export function mapLike(nativeKind: string, { object }: VkNative, context: SplitContext): Outcome {
  const { object_type, object_owner_id, object_id, liker_id } = object;
  if (object_type !== 'post' && object_type !== 'comment')
    return drop('a like of neither a post nor a comment of a wall');
  const [owner, id, liker] = [object_owner_id, object_id, liker_id].map(textOf);
  if (!owner || !id || !liker) return reject('a like without its post or its person');
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, receivedAt.getTime());
  const target = `wall${owner}_${id}`;
  facts.event({
    threadId: facts.threadId(target),
    kind: 'reaction',
    occurredAt: receivedAt,
    timePrecision: 'receipt',
    utteranceId: facts.utteranceId(target),
    value: nativeKind === 'like_remove' ? 'removed' : 'like',
    nativeId: liker,
  });
  return ok(facts.facts);
}
