import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type UnitKind } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { metaHandshake, metaTrust } from '../formats/meta.ts';
import { mapMetaMessaging, metaMessagingUnits, type MetaNative } from '../formats/meta-messaging.ts';
import { addPost } from '../formats/social.ts';
import { fromEpoch } from '../formats/time.ts';
import { objectOf, tableOf, textOf } from '../formats/value.ts';

const CHANGES = tableOf<UnitKind>({
  comments: 'message',
  live_comments: 'message',
  mentions: 'event',
  // How often a story was seen.
  story_insights: 'ignored',
});

export const instagram = defineConnector<MetaNative, Record<string, never>>({
  name: 'instagram',
  title: 'Instagram',
  version: 1,
  channels: ['instagram', 'social'],
  docs: ['https://developers.facebook.com/docs/instagram-platform/webhooks'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: '(account id, Instagram-scoped user id), cut after 24 silent hours; a chain of comments, from parent_id',
  statusLadder: ['read'],
  echoRule: 'message.is_echo, and comments from the account itself, are the business’s own words',
  split: (document: unknown) => metaMessagingUnits(document, 'instagram', (field) => CHANGES[field] ?? 'unknown'),
  map(unit, context) {
    if (unit.nativeKind === 'changes.mentions') return drop('a mention gives ids only, not what was said or by whom');
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
