import type { Unit, UnitKind } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { idOf, versionsOf, type XNative } from './parts.ts';

/** Lists of the account activity webhook, and what stands in them. */
const ACTIVITY = tableOf<readonly [UnitKind, string]>({
  tweet_create_events: ['message', 'post'],
  tweet_delete_events: ['delete', 'post.delete'],
  favorite_events: ['reaction', 'favorite'],
  direct_message_events: ['message', 'dm'],
  direct_message_mark_read_events: ['receipt', 'dm.read'],
  direct_message_indicate_typing_events: ['ignored', 'dm.typing'],
  follow_events: ['ignored', 'follow'],
  unfollow_events: ['ignored', 'unfollow'],
  block_events: ['ignored', 'block'],
  unblock_events: ['ignored', 'unblock'],
  mute_events: ['ignored', 'mute'],
  unmute_events: ['ignored', 'unmute'],
});

/** What a subscription may tell of an account that nobody says. */
const UNSAID =
  /^((follow|block|mute|profile|spaces|news|oauth)\.|broadcast\.(start|end)$|chat\.(conversation[._]|update\.)|dm\.indicate_typing$)/;
const POSTS = /^post\.((mention|reply|quote|repost)\.)?create$/;
/** Only whoever has authorized the app is told of these: the account of the subscription is our own. */
const PRIVATE = /^(dm\.|post\.mention\.)/;

/** Webhook bodies, answers of both versions of the API, and their bare records. */
export function* splitX(document: unknown): Generator<Unit<XNative>> {
  const bodies = Array.isArray(document) ? objectsOf(document) : [];
  if (bodies.some((each) => each.for_user_id !== undefined || isLoose(each.data))) {
    for (const each of bodies) yield* splitX(each);
    return;
  }
  const body = objectOf(document);
  if (body.for_user_id !== undefined && !isLoose(body.user_event)) return yield* activityUnits(body);
  const gone = objectOf(body.delete ?? objectOf(body.data).delete);
  const deleted = gone.status ?? gone.tweet;
  if (isLoose(deleted)) return yield deletionUnit({ ...gone, status: deleted });
  const subscribed = objectOf(body.data);
  if (subscribed.event_type !== undefined && subscribed.payload !== undefined)
    return yield* subscribedUnits(subscribed);
  const users = [...peopleOf(objectOf(body.includes).users), ...peopleOf(body.users)];
  const listed = Array.isArray(body.users) ? body.users : undefined;
  const given = body.events ?? body.event ?? body.data ?? body.statuses ?? listed ?? document;
  if (given === document && isLoose(document) && idOf(body) === undefined) return yield withoutRecords(body);
  const records = objectsOf([given].flat());
  if (records.length === 0 && !Array.isArray(given)) throw new Error('invalid document: expected posts or messages');
  if (records.length > 0 && records.every((record) => idOf(record) === undefined))
    throw new Error('invalid records: expected an id');
  const posts = objectsOf(objectOf(body.includes).tweets);
  for (const record of records) yield recordUnit({ record, users, posts });
}

/** Streams tell of a deletion what whoever keeps a copy has to delete, too. */
const deletionUnit = (record: Loose): Unit<XNative> => ({
  kind: 'delete',
  nativeKind: 'post.delete',
  native: { record, users: [] },
});

/** That somebody took an app's rights away, and an empty page, say nothing. */
function withoutRecords(body: Loose): Unit<XNative> {
  if (Array.isArray(body.errors) || body.detail !== undefined)
    throw new Error('an error answer of the API, not posts or messages');
  const silent =
    ['user_event', 'replay_job_status'].find((name) => isLoose(body[name])) ??
    (objectOf(body.meta).result_count === 0 ? 'empty page' : undefined);
  if (!silent) throw new Error('invalid records: expected an id');
  return { kind: 'ignored', nativeKind: silent, native: { record: body, users: [] } };
}

const SAID = /^message_?create$/i;
/** Who comes to a group of direct messages and goes. */
const COMING_AND_GOING = /^participants_?(join|leave)$/i;

const dmNotice = (type: string, native: XNative): Unit<XNative> => ({
  kind: COMING_AND_GOING.test(type) ? 'ignored' : 'unknown',
  nativeKind: `dm.${type}`,
  native,
});

function recordUnit(given: XNative): Unit<XNative> {
  const { record, users } = given;
  const isMessage =
    record.message_create !== undefined || record.dm_conversation_id !== undefined || record.recipient_id !== undefined;
  const isProfile = record.username !== undefined || record.screen_name !== undefined;
  const type = textOf(record.event_type) ?? textOf(record.type);
  if (isMessage && type !== undefined && !SAID.test(type)) return dmNotice(type, given);
  const native = { ...given, users: [...users, ...peopleIn(record)] };
  if (isMessage) return { kind: 'message', nativeKind: 'dm', native };
  if (isProfile) return { kind: 'profile', nativeKind: 'user', native };
  // Lists, searches and places have an id and a time as well: what says nothing is no post.
  const isPost = record.text !== undefined || record.full_text !== undefined || isLoose(record.retweeted_status);
  return isPost ? postUnit(native) : { kind: 'unknown', nativeKind: 'object', native };
}

/** A post, an edit of one (which has an id of its own), or the repetition of another's. */
function postUnit(native: XNative): Unit<XNative> {
  const { record } = native;
  const isRepost =
    isLoose(record.retweeted_status) || objectsOf(record.referenced_tweets).some(({ type }) => type === 'retweeted');
  if (isRepost) return { kind: 'reaction', nativeKind: 'repost', native };
  const [first] = versionsOf(record);
  const isEdit = first !== undefined && first !== idOf(record);
  return { kind: isEdit ? 'edit' : 'message', nativeKind: isEdit ? 'post.edit' : 'post', native };
}

/** People who stand inside a record of the version 1 API. */
const peopleIn = (record: Loose): Loose[] =>
  [record.user, record.sender, record.recipient, objectOf(record.retweeted_status).user].filter(isLoose);

/** People by id, each alone or in an envelope of their own. */
const peopleOf = (users: unknown): Loose[] =>
  Object.values(Array.isArray(users) ? users : objectOf(users))
    .filter(isLoose)
    .map((user) => (isLoose(user.data) ? user.data : user));

/** One event of the X Activity API, which subscribes to one kind of one account. */
function* subscribedUnits({ event_type, filter, payload, includes }: Loose): Generator<Unit<XNative>> {
  const type = textOf(event_type) ?? 'none';
  const record = objectOf(payload);
  const own = PRIVATE.test(type) ? textOf(objectOf(filter).user_id) : undefined;
  const beside = objectOf(includes);
  const native: XNative = { record, users: peopleOf(beside.users), own, posts: objectsOf(beside.tweets) };
  if (type.startsWith('dm.') && Object.values(record).some(Array.isArray))
    yield* activityUnits({ ...record, for_user_id: own });
  else if (/^dm\.(sent|received)$/.test(type) && record.sender_id !== undefined)
    yield { kind: 'message', nativeKind: 'dm', native };
  else if (type === 'dm.read' && record.last_read_event_id !== undefined)
    yield { kind: 'receipt', nativeKind: type, native };
  else if (type === 'like.create') yield { kind: 'reaction', nativeKind: 'favorite', native };
  else if (POSTS.test(type)) yield postUnit(native);
  else if (type === 'post.delete')
    yield { kind: 'delete', nativeKind: type, native: { ...native, record: { status: record } } };
  // Messages of X Chat are encrypted from end to end.
  else if (/^chat\.(sent|received)$/.test(type)) yield { kind: 'event', nativeKind: 'chat', native };
  else yield { kind: UNSAID.test(type) ? 'ignored' : 'unknown', nativeKind: type, native };
}

function* activityUnits(body: Loose): Generator<Unit<XNative>> {
  const own = textOf(body.for_user_id);
  const users = peopleOf(body.users);
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  for (const [name, list] of lists)
    for (const record of objectsOf(list)) {
      const native = { record, users: [...users, ...peopleIn(record)], own };
      const [kind, nativeKind] = ACTIVITY[name] ?? (['unknown', name] as const);
      if (nativeKind === 'post') yield postUnit(native);
      else {
        const type = nativeKind === 'dm' ? textOf(record.type) : undefined;
        yield type === undefined || SAID.test(type) ? { kind, nativeKind, native } : dmNotice(type, native);
      }
    }
  if (lists.length === 0)
    yield { kind: 'unknown', nativeKind: Object.keys(body).at(-1)!, native: { record: body, users } };
}
