import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { silenceOf, splitMastodon } from './document.ts';
import { addressOf, readStatus, wordsOf } from './status.ts';
import { mentionOf, mentionSettings } from '../../formats/mention.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

const Settings = z.strictObject({
  /** The company's accounts, e.g. `support` (on the server we read) or `support@social.example.com`. */
  ownAccounts: z.array(z.string()).default([]),
  /** The id of the account whose own statuses are pulled. */
  accountId: z.string().regex(/^\d+$/, 'digits').optional(),
  ...mentionSettings,
});

type Context = SplitContext<z.infer<typeof Settings>>;

function isOwn(account: Loose, { settings }: Context): boolean {
  const names = new Set([textOf(account.acct)?.toLowerCase(), addressOf(account)]);
  return settings.ownAccounts.some((own) => names.has(own.replace(/^@/, '').toLowerCase()));
}

const mappers = tableOf<(native: Loose, context: Context) => Outcome>({
  status: (status, context) => mapStatus(status, context, false),
  'status.deleted': (status, context) => mapStatus(status, context, true),
  'status.history': mapHistory,
  'stream.delete': mapDelete,
  'account.moved': mapMove,
});

function map({ nativeKind, native }: Unit<Loose>, context: Context): Outcome {
  const silence = silenceOf(nativeKind);
  return silence ? drop(silence) : (mappers[nativeKind] ?? mapReaction)(native, context);
}

/**
 * Each status has a thread of its own, linked to that of the status it answers, so that a chain of replies is one
 * conversation. Only its author takes part in it: people who are mentioned or answered have their own threads. A status
 * with visibility `direct` is a social thread too, with the tag `direct`.
 */
function mapStatus(status: Loose, context: Context, isDeleted: boolean): Outcome {
  const { nativeId, at, editedAt, account, parentId } = readStatus(status);
  if (!nativeId) return reject('missing id of the status');
  if (!at) return reject(`invalid created_at: ${textOf(status.created_at) ?? 'none'}; expected ISO 8601 with a zone`);
  const author = addressOf(account);
  if (!author) return reject('missing account.acct; expected the author of the status');
  const facts = new FactList(context, (editedAt ?? at).getTime());
  const isOurs = isOwn(account, context);
  const ownMention = objectsOf(status.mentions).find((mention) => isOwn(mention, context));
  const accountName = isOurs ? author : ownMention && addressOf(ownMention);
  const url = textOf(status.url);
  const words = wordsOf(status);
  const concern = concernOf({ status, ownMention, isOurs, text: words.text }, context);
  const threadId = facts.thread({
    nativeId,
    channel: 'social',
    direction: isOurs ? 'outbound' : 'inbound',
    startedAt: at,
    ...(accountName && { account: accountName }),
    ...(url && { url }),
    ...(concern && { mention: concern }),
    ...(status.visibility === 'direct' && { tags: ['direct'] }),
  });
  if (parentId) facts.link(threadId, facts.threadId(parentId), 'reply');
  const role = isOurs ? (account.bot === true ? 'bot' : 'agent') : 'customer';
  const display = textOf(account.display_name);
  const handleId = facts.participant(threadId, role, at, { type: 'mastodon_id', value: author, display });
  if (isOurs) addReceiver(facts, status, threadId, at, context);
  const media = objectsOf(status.media_attachments).map(({ id }) => ({ mediaId: textOf(id) }));
  facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(status.created_at),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    visibility: 'public',
    ...(handleId && { handleId }),
    ...(account.bot === true && { isAutomatic: true }),
    ...(parentId && { replyToId: facts.utteranceId(parentId) }),
    ...(editedAt && { editedAt }),
    // The API gives no time of deletion: it is when we were told.
    ...(isDeleted ? { deletedAt: context.delivery.receivedAt } : { ...words, ...(media.length > 0 && { media }) }),
  });
  return ok(facts.facts);
}

interface Concern {
  readonly status: Loose;
  readonly ownMention: Loose | undefined;
  readonly isOurs: boolean;
  readonly text: string | undefined;
}

/** Who quotes a status of ours speaks of us, and whoever answers us, writes for our eyes or begins with our name turns to us. */
function concernOf({ status, ownMention, isOurs, text }: Concern, context: Context) {
  const { quoted_status: quoted } = objectOf(status.quote);
  const isToUs =
    ownMention !== undefined &&
    (textOf(status.in_reply_to_account_id) === textOf(ownMention.id) ||
      status.visibility === 'direct' ||
      (text ?? '').toLowerCase().startsWith(`@${textOf(ownMention.acct)?.toLowerCase().split('@')[0]}`));
  const isTagged = ownMention !== undefined || isOwn(objectOf(objectOf(quoted).account), context);
  return mentionOf({ isOurs, text, isTagged, isToUs }, context.settings);
}

/** Who a status of ours is to, where it is to one person. */
function addReceiver(facts: FactList, status: Loose, threadId: string, at: Date, context: Context): void {
  const others = objectsOf(status.mentions).filter((mention) => !isOwn(mention, context));
  if (others.length === 1)
    facts.participant(threadId, 'customer', at, { type: 'mastodon_id', value: addressOf(others[0]!) });
}

/** One version of `/api/v1/statuses/<id>/history`, whose versions do not name their status: its address does. */
function mapHistory(version: Loose, context: Context): Outcome {
  const id = /statuses[/-](\d+)[/-]history/.exec(context.delivery.name ?? '')?.[1];
  const at = fromIso(version.created_at);
  if (!id) return reject('a version of a status without its id; expected a delivery named …/statuses/<id>/history');
  if (!at) return reject(`invalid created_at: ${textOf(version.created_at) ?? 'none'}; expected ISO 8601 with a zone`);
  const facts = new FactList(context, at.getTime());
  facts.utterance({ nativeId: id, threadId: facts.threadId(id), ...wordsOf(version) });
  return ok(facts.facts);
}

function mapDelete({ id: given }: Loose, context: Context): Outcome {
  const id = textOf(given);
  if (!id) return reject('a deletion without its status');
  const deletedAt = context.delivery.receivedAt;
  const facts = new FactList(context, deletedAt.getTime());
  facts.utterance({ nativeId: id, threadId: facts.threadId(id), deletedAt });
  return ok(facts.facts);
}

function mapReaction({ value, account, created_at, status_id, notifications_count }: Loose, context: Context): Outcome {
  const at = fromIso(created_at);
  const author = addressOf(objectOf(account));
  const statusId = textOf(status_id);
  if ((numberOf(notifications_count) ?? 1) > 1) return drop('a group of reactions without the author and time of each');
  if (!at || !author || !statusId) return reject('a reaction without its status, its author or its time');
  const facts = new FactList(context, at.getTime());
  facts.event({
    threadId: facts.threadId(statusId),
    kind: 'reaction',
    occurredAt: at,
    utteranceId: facts.utteranceId(statusId),
    value: String(value),
    nativeId: `${String(value)} ${author}`,
    timePrecision: 'millisecond',
  });
  return ok(facts.facts);
}

/** A person moved to another server: both accounts are theirs, as the old one says. */
function mapMove(account: Loose, context: Context): Outcome {
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, receivedAt.getTime());
  const [from, to] = [account, objectOf(account.moved)].map((given) =>
    facts.handle({ type: 'mastodon_id', value: addressOf(given), display: textOf(given.display_name) }),
  );
  facts.profile(from, to, 'Mastodon account moved', receivedAt);
  return ok(facts.facts);
}

export const mastodon = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'mastodon',
  title: 'Mastodon',
  version: 1,
  channels: ['social'],
  docs: ['https://docs.joinmastodon.org/entities/Status/', 'https://docs.joinmastodon.org/methods/streaming/'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://<server>',
    auth: { kind: 'bearer' },
    requestsPerMinute: 60,
    streams: [
      {
        name: 'notifications',
        path: '/api/v1/notifications',
        query: { limit: '40' },
        rows: '',
        cursor: { kind: 'id', at: 'row', path: 'id', parameter: 'min_id', first: { min_id: '0' } },
        paging: { kind: 'link', relation: 'prev' },
      },
      {
        name: 'statuses',
        path: '/api/v1/accounts/{accountId}/statuses',
        query: { limit: '40' },
        rows: '',
        cursor: { kind: 'id', at: 'row', path: 'id', parameter: 'min_id', first: { min_id: '0' } },
        paging: { kind: 'link', relation: 'prev' },
      },
    ],
  },
  threadKey: 'a chain of replies, from in_reply_to_id',
  echoRule: 'statuses of ownAccounts are the business’s own words',
  split: splitMastodon,
  map,
});
