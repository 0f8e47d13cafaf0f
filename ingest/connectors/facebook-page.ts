import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { asChange, isMetaRating, mapMetaRating, type MetaRating } from '../formats/meta-rating.ts';
import { addPost } from '../formats/social.ts';
import { fromIsoOrEpoch } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

/** A change of the feed, or a post or comment as the Graph API gives it. */
interface Native extends MetaRating {
  readonly parentId?: string | undefined;
  /** It stands under a post of the API's answer, where it does not say so itself. */
  readonly isBelow?: boolean;
  /** A post by others that names the page, or what they write when they recommend it. */
  readonly about?: 'mention' | 'rating' | undefined;
}

const SPOKEN_ITEMS = new Set([
  'comment',
  'post',
  'status',
  'photo',
  'video',
  'share',
  'link',
  'album',
  'note',
  'rating',
  'event',
  'milestone',
  'offer',
  'job',
  'question',
]);

/** Changes of the page itself, its videos, its forms and its inbox, by id: nothing anyone said. */
const UNSAID =
  /^(about|affiliation|attire|awards|bio|birthday|category|checkins|company_overview|conversations|culinary_team|current_location|description|email|feature_access_list|founded|general_info|general_manager|hometown|hours|inbox_labels|invoice_access_\w+|leadgen|leadgen_update|live_videos|local_delivery|location|mcom_invoice_change|members|mission|name|page_about_story|page_change_proposal|page_upcoming_change|parking|payment_options|personal_info|personal_interests|phone|picture|place_topic_id|price_range|product_review|products|public_transit|publisher_subscriptions|registration|restaurant_services|restaurant_specialties|videos|website)$/;

export const facebookPage = defineConnector<Native, Record<string, never>>({
  name: 'facebook-page',
  title: 'Facebook Page',
  version: 1,
  channels: ['social', 'review'],
  docs: [
    'https://developers.facebook.com/docs/graph-api/webhooks/reference/page',
    'https://developers.facebook.com/docs/graph-api/reference/page/feed',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: 'a post, or a chain of comments under it',
  echoRule: 'from.id is the page',
  *split(document: unknown): Generator<Unit<Native>> {
    const bodies = Array.isArray(document) ? objectsOf(document) : [];
    if (bodies.length > 0 && bodies.every(({ entry }) => Array.isArray(entry)))
      return yield* bodies.flatMap(({ entry }) => objectsOf(entry)).flatMap((entry) => [...changeUnits(entry)]);
    const body = objectOf(document);
    if (objectOf(body.error).message !== undefined) throw new Error('an error answer of the API, not a post');
    // Meta shows a change as an example without what stands around it.
    if (textOf(body.field) && isLoose(body.value)) yield* changeUnits({ changes: [body] });
    else if (Array.isArray(body.entry)) for (const entry of objectsOf(body.entry)) yield* changeUnits(entry);
    else if (Array.isArray(body.data) || Array.isArray(document))
      for (const value of objectsOf(body.data ?? document)) yield* recordUnits(value);
    else if (body.id !== undefined) yield* recordUnits(body);
    else throw new Error('invalid document: expected entries of a webhook, or posts or comments');
  },
  map({ kind, nativeKind, native }, context) {
    if (nativeKind === 'messaging')
      return reject('a message to the page; expected at a source of the connector facebook-messenger');
    if (native.about === 'rating') return mapMetaRating(native, context);
    return kind === 'reaction' ? mapReaction(native, context) : mapPost(native, context);
  },
});

function* changeUnits(entry: Loose): Generator<Unit<Native>> {
  for (const { field, value: given } of objectsOf(entry.changes)) {
    const value = objectOf(given);
    const [item, verb] = [textOf(value.item) ?? 'none', textOf(value.verb) ?? 'none'];
    const about = field === 'mention' ? 'mention' : field === 'ratings' && item === 'rating' ? 'rating' : undefined;
    const isSpoken = field === 'feed' || about !== undefined || (field === 'ratings' && value.item !== undefined);
    const nativeKind = isSpoken ? `${textOf(field)}.${item}.${verb}` : `changes.${textOf(field)}`;
    const other = UNSAID.test(textOf(field) ?? '') ? 'ignored' : 'unknown';
    const kind = isSpoken ? kindOf(item, verb, value) : other;
    // What is written under a recommendation answers it.
    const parentId = field === 'ratings' && !about ? textOf(value.open_graph_story_id) : undefined;
    yield { kind, nativeKind, native: { value, pageId: textOf(entry.id), parentId, about, sentAt: entry.time } };
  }
  // Messages to the page come to the same address; they are another source's.
  for (const value of [entry.messaging, entry.standby].flatMap(objectsOf))
    yield { kind: 'message', nativeKind: 'messaging', native: { value } };
}

function kindOf(item: string, verb: string, value: Loose): Unit['kind'] {
  if (item === 'reaction' || item === 'like') return 'reaction';
  if (!SPOKEN_ITEMS.has(item)) return 'unknown';
  if (verb === 'add') return 'message';
  if (verb === 'remove' || verb === 'delete') return 'delete';
  if (verb === 'edit' || verb === 'edited')
    return (textOf(value.message) ?? textOf(value.review_text)) ? 'edit' : 'message';
  return /^(hide|unhide|block|unblock|follow|mute)$/.test(verb) ? 'ignored' : 'unknown';
}

const MARKS_OF_POST = ['status_type', 'story', 'is_published', 'privacy', 'shares', 'full_picture', 'attachments'];
const MARKS_OF_COMMENT = ['parent', 'like_count', 'comment_count', 'can_reply_privately', 'can_comment', 'user_likes'];

/**
 * The page of a record: the id of a post begins with it. That of a comment begins with the post, and a list of comments
 * does not name the page; without a mark of either, an author who is not the first half of the id may be the page.
 */
function pageOf(value: Loose): string | undefined {
  const has = (mark: string): boolean => mark in value;
  const [first, author] = [textOf(value.id)?.split('_')[0], authorOf(value).id];
  const isPost = !MARKS_OF_COMMENT.some(has) && (MARKS_OF_POST.some(has) || !author || author === first);
  return isPost ? first : undefined;
}

/** A record of the API, and the comments inside it. */
function* recordUnits(value: Loose, above?: Native): Generator<Unit<Native>> {
  if (isMetaRating(value))
    return yield { kind: 'message', nativeKind: 'rating', native: { value: asChange(value), about: 'rating' } };
  const pageId = above ? above.pageId : pageOf(value);
  const parentId = textOf(objectOf(value.parent).id) ?? textOf(above?.parentId);
  const native = { value, pageId, parentId, isBelow: above !== undefined };
  // Albums and forms have an id and a time as well, and messages to the page words: the id of a post has two halves.
  const isPost = /^\d+_\d+/.test(textOf(value.id) ?? '') || (value.message !== undefined && value.to === undefined);
  yield { kind: isPost ? 'message' : 'unknown', nativeKind: above ? 'comment' : 'record', native };
  for (const comment of objectsOf(objectOf(value.comments).data))
    yield* recordUnits(comment, { ...native, parentId: above ? textOf(value.id) : undefined });
}

/** Older versions name the author in fields of their own. */
const authorOf = ({ from, sender_id, sender_name }: Loose) => ({
  id: textOf(objectOf(from).id) ?? textOf(sender_id),
  name: textOf(objectOf(from).name) ?? textOf(sender_name),
});

function mapPost({ value, pageId, parentId, isBelow, about, sentAt }: Native, context: SplitContext): Outcome {
  const nativeId = textOf(value.comment_id) ?? textOf(value.post_id) ?? textOf(value.id);
  if (!nativeId) return reject('a post or comment without an id');
  const createdAt = fromIsoOrEpoch(value.created_time);
  const changedAt = fromIsoOrEpoch(value.updated_time) ?? fromIsoOrEpoch(sentAt) ?? createdAt;
  if (!changedAt)
    return reject(`invalid created_time: ${textOf(value.created_time) ?? 'none'}; expected ISO 8601 or seconds`);
  const verb = textOf(value.verb) ?? '';
  // An edit within the second of the post comes after it.
  const facts = new FactList(context, changedAt.getTime() + (verb.startsWith('edit') ? 1 : 0));
  if (/^(remove|delete)/.test(verb)) {
    facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt: changedAt });
    return ok(facts.facts);
  }
  if (about === 'mention' && !textOf(value.message)) return drop('a mention of the page without its words');
  if (!createdAt) return reject('missing created_time: when it was said is not known');
  const from = authorOf(value);
  const parent = parentId ?? textOf(value.parent_id);
  // A page is the company's: visitors' own posts turn to it, comments stand under what is there.
  const isByUs = isOurs(value, pageId);
  const isComment =
    isBelow || textOf(value.comment_id) !== undefined || value.item === 'comment' || parent !== undefined;
  addPost(facts, {
    nativeId,
    // Comments at the top name the post as their parent.
    parentId: parent === textOf(value.post_id) || parent === pageId ? undefined : parent,
    at: createdAt,
    timePrecision: 'second',
    nativeTime: textOf(value.created_time),
    isOurs: isByUs,
    author: { type: 'social_id', value: from.id, display: from.name },
    account: pageId,
    ...(about && isByUs !== true && { mention: 'mention' }),
    ...(about
      ? {}
      : isComment
        ? isByUs !== true && { mention: 'reply' }
        : isByUs === false && { mention: 'addressed' }),
    url: textOf(value.permalink_url),
    // A story is what Facebook writes about a post, and nobody's words.
    text: textOf(value.message),
    media: photosOf(value),
    editedAt: verb.startsWith('edit') ? changedAt : undefined,
  });
  return ok(facts.facts);
}

/** Without an author, only what the page published through its own tools is known to be the page's. */
function isOurs(value: Loose, pageId: string | undefined): boolean | undefined {
  const author = authorOf(value).id;
  if (author) return pageId === undefined ? undefined : author === pageId;
  const status = textOf(value.status_type);
  return value.is_published === true && status !== undefined && status !== 'wall_post' ? true : undefined;
}

/** Addresses expire; the id is enough to ask for the file again. */
const photosOf = (value: Loose) => {
  const mediaId = textOf(value.photo_id) ?? textOf(value.video_id);
  return mediaId ? [{ mediaId, name: textOf(value.photo_id) ? 'photo' : 'video' }] : [];
};

function mapReaction({ value, sentAt }: Native, context: SplitContext): Outcome {
  const target = textOf(value.comment_id) ?? textOf(value.post_id) ?? textOf(value.open_graph_story_id);
  const at = fromIsoOrEpoch(value.created_time) ?? fromIsoOrEpoch(sentAt);
  const author = authorOf(value).id;
  if (!target && value.item === 'like') return drop('a like of the page itself is to nothing said');
  if (!target || !at) return reject('a reaction without the post it is to, or without a time');
  if (!author) return drop('a reaction of nobody in particular');
  const facts = new FactList(context, at.getTime());
  facts.event({
    threadId: facts.threadId(target),
    kind: 'reaction',
    occurredAt: at,
    utteranceId: facts.utteranceId(target),
    value: value.verb === 'remove' ? 'removed' : (textOf(value.reaction_type) ?? 'like'),
    nativeId: author,
    timePrecision: 'second',
  });
  return ok(facts.facts);
}
