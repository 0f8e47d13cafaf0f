import { z } from 'zod';
import {
  defineConnector,
  drop,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { metaConversationUnits } from '../formats/meta-conversation.ts';
import { mapMetaMessaging, metaMessagingUnits } from '../formats/meta-messaging.ts';
import type { MetaNative } from '../formats/meta-scene.ts';
import { addPost } from '../formats/social.ts';
import { fromEpoch, fromIso } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject({
  /** Ids or names of the company's accounts, where an answer of the API does not tell them from other people. */
  ownAccounts: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

const CHANGES = tableOf<UnitKind>({
  comments: 'message',
  live_comments: 'message',
  mentions: 'event',
  // How often a story was seen, what an advertisement led to, and who took their consent back.
  story_insights: 'ignored',
  onsite_conversion: 'ignored',
  business_login_deauthorize: 'ignored',
});

export const instagram = defineConnector<MetaNative, z.infer<typeof Settings>>({
  name: 'instagram',
  title: 'Instagram',
  version: 1,
  channels: ['instagram', 'social'],
  docs: [
    'https://developers.facebook.com/docs/instagram-platform/webhooks',
    'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: '(account id, Instagram-scoped user id), cut after 24 silent hours; a chain of comments, from parent_id',
  statusLadder: ['read'],
  echoRule: 'message.is_echo, and comments from the account itself, are the business’s own words',
  split: (document: unknown, { settings }) =>
    metaConversationUnits(document, settings.ownAccounts) ??
    recordUnits(document) ??
    metaMessagingUnits(document, 'instagram', (field) => CHANGES[field] ?? 'unknown'),
  map(unit, context) {
    if (unit.nativeKind === 'changes.mentions') return drop('a mention gives ids only, not what was said or by whom');
    if (unit.nativeKind === 'record') return mapRecord(unit.native, context);
    return unit.nativeKind.startsWith('changes.')
      ? mapComment(unit.native, context)
      : mapMetaMessaging(unit, { channel: 'instagram', handle: 'instagram_id' }, context);
  },
});

/** A comment has no time of its own: it is that of the entry. Before 2021, and without the right to it, it has no author. */
function mapComment({ item, entry }: MetaNative, context: SplitContext): Outcome {
  const nativeId = textOf(item.id);
  const at = fromEpoch(entry.time);
  const from = objectOf(item.from);
  const author = textOf(from.id);
  if (!nativeId) return reject('a comment without its id');
  if (!at) return reject(`invalid time of the entry: ${textOf(entry.time) ?? 'none'}; expected epoch seconds`);
  const facts = new FactList(context, at.getTime());
  // The account's own comments name it by another id, which no other comment has.
  const isOurs = author ? author === textOf(entry.id) || textOf(from.self_ig_scoped_id) !== undefined : undefined;
  addPost(facts, {
    nativeId,
    parentId: textOf(item.parent_id),
    at,
    timePrecision: 'second',
    nativeTime: textOf(entry.time),
    isOurs,
    // Comments come for the company's own pictures alone.
    ...(!isOurs && { mention: 'reply' }),
    author: { type: 'instagram_id', value: author, display: textOf(from.username) },
    account: textOf(entry.id),
    text: textOf(item.text),
  });
  return ok(facts.facts);
}

/** Comments and media of an answer of the API, each with the comments under it; undefined where it holds none. */
function recordUnits(document: unknown): Unit<MetaNative>[] | undefined {
  const body = objectOf(document);
  const records = Array.isArray(body.data) ? objectsOf(body.data) : [body];
  const isRecord = ({ id, timestamp }: Loose): boolean => textOf(id) !== undefined && fromIso(timestamp) !== undefined;
  if (records.length === 0 || !records.every(isRecord)) return undefined;
  return records.flatMap((record) => [...recordsIn(record, {})]);
}

function* recordsIn(item: Loose, above: Loose): Generator<Unit<MetaNative>> {
  yield { kind: 'message', nativeKind: 'record', native: { item, entry: above } };
  const isComment = item.text !== undefined && item.media_type === undefined;
  for (const { data } of [item.replies, item.comments].filter(isLoose))
    for (const below of objectsOf(data)) yield* recordsIn(below, isComment ? item : {});
}

/** Without its author, or without knowing our own accounts, the API does not tell who wrote a comment. */
function mapRecord({ item, entry: above }: MetaNative, { settings, ...context }: Context): Outcome {
  const [at, nativeId] = [fromIso(item.timestamp), textOf(item.id)];
  if (!at || !nativeId) return reject('a comment without its id or its time');
  const from = objectOf(item.from);
  const id = textOf(from.id) ?? textOf(objectOf(item.owner).id);
  const name = textOf(item.username) ?? textOf(from.username);
  const isKnown = settings.ownAccounts.length > 0 && (id ?? name) !== undefined;
  const isOurs = isKnown ? settings.ownAccounts.some((own) => own === id || own === name) : undefined;
  const facts = new FactList(context, at.getTime());
  addPost(facts, {
    nativeId,
    parentId: textOf(item.parent_id) ?? textOf(above.id),
    at,
    timePrecision: 'second',
    nativeTime: textOf(item.timestamp),
    isOurs,
    ...(item.media_type === undefined && !isOurs && { mention: 'reply' }),
    author: { type: 'instagram_id', value: id, display: name },
    url: textOf(item.permalink),
    text: textOf(item.text) ?? textOf(item.caption),
  });
  return ok(facts.facts);
}
