import { SourceError } from '../../../errors.ts';
import type { Unit } from '../../connector.ts';
import { parseJson } from '../../formats/json.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Entities that say nothing in a conversation, by the keys that tell them apart, and why. */
const SILENT: readonly { name: string; keys: readonly string[]; reason: string }[] = [
  { name: 'account', keys: ['acct', 'username'], reason: 'an account says nothing until it posts' },
  { name: 'scheduled_status', keys: ['scheduled_at', 'params'], reason: 'a scheduled status is not said yet' },
  { name: 'poll', keys: ['options', 'votes_count'], reason: 'votes of a poll are counts without authors' },
  {
    name: 'report',
    keys: ['category', 'target_account'],
    reason: 'a report goes to moderators, not into a conversation',
  },
  { name: 'relationship', keys: ['following', 'followed_by'], reason: 'who follows whom is no contact' },
  { name: 'media_attachment', keys: ['type', 'preview_url'], reason: 'an upload is not said until a status holds it' },
  { name: 'instance', keys: ['version', 'title'], reason: 'a server describes itself' },
  {
    name: 'status_source',
    keys: ['id', 'text', 'spoiler_text'],
    reason: 'the source of a text that the status itself has',
  },
  { name: 'error', keys: ['error'], reason: 'the server refused the request' },
  { name: 'conversation', keys: ['unread', 'accounts'], reason: 'a conversation without a status' },
  { name: 'count', keys: ['count'], reason: 'a number of notifications' },
  { name: 'list', keys: ['id', 'title', 'replies_policy'], reason: 'a list is a choice of accounts' },
  { name: 'filter', keys: ['context', 'expires_at'], reason: 'a filter hides what others say' },
  { name: 'filter_keyword', keys: ['keyword', 'whole_word'], reason: 'a filter hides what others say' },
  { name: 'tag', keys: ['name', 'url', 'history'], reason: 'a hashtag says nothing until a status has it' },
  { name: 'tag', keys: ['name', 'statuses_count'], reason: 'a hashtag says nothing until a status has it' },
  { name: 'announcement', keys: ['content', 'published_at'], reason: 'a server speaks to all of its people' },
  { name: 'emoji', keys: ['shortcode', 'static_url'], reason: 'a picture to write with' },
  { name: 'preferences', keys: ['posting:default:visibility'], reason: 'how somebody likes to post' },
  { name: 'markers', keys: ['home'], reason: 'how far somebody has read' },
  { name: 'markers', keys: ['notifications'], reason: 'how far somebody has read' },
  { name: 'subscription', keys: ['endpoint', 'server_key'], reason: 'where notifications are sent' },
  { name: 'application', keys: ['name', 'vapid_key'], reason: 'an app describes itself' },
  { name: 'application', keys: ['client_id', 'client_secret'], reason: 'an app describes itself' },
  { name: 'token', keys: ['access_token', 'token_type'], reason: 'a permission of an app' },
  { name: 'suggestion', keys: ['source', 'account'], reason: 'an account says nothing until it posts' },
  {
    name: 'admin_account',
    keys: ['username', 'account', 'confirmed'],
    reason: 'an account says nothing until it posts',
  },
  { name: 'familiar_followers', keys: ['id', 'accounts'], reason: 'who follows whom is no contact' },
  { name: 'link', keys: ['url', 'title', 'provider_name'], reason: 'a page that many share is no status' },
  { name: 'link', keys: ['url', 'title', 'html'], reason: 'a page that a status leads to is no status' },
  { name: 'rule', keys: ['id', 'text', 'hint'], reason: 'a server describes itself' },
  { name: 'server', keys: ['version', 'software'], reason: 'a server describes itself' },
  { name: 'server', keys: ['links'], reason: 'a server describes itself' },
  { name: 'translation', keys: ['content', 'detected_source_language'], reason: 'the status itself is what was said' },
  { name: 'policy', keys: ['for_not_following', 'summary'], reason: 'which notifications somebody wants' },
  { name: 'activity', keys: ['week', 'logins'], reason: 'counts of a server' },
  { name: 'measure', keys: ['key', 'data'], reason: 'counts of a server' },
  { name: 'cohort', keys: ['period', 'frequency'], reason: 'counts of a server' },
  { name: 'domain', keys: ['domain', 'severity'], reason: 'whom a server does not talk to' },
  { name: 'domain', keys: ['domain', 'created_at'], reason: 'whom a server talks to' },
  { name: 'address_block', keys: ['ip', 'severity'], reason: 'whom a server does not talk to' },
  { name: 'severance', keys: ['type', 'target_name'], reason: 'who follows whom is no contact' },
  { name: 'warning', keys: ['action', 'target_account'], reason: 'moderators speak to somebody on the server' },
  { name: 'role', keys: ['permissions', 'highlighted'], reason: 'what somebody may do on the server' },
  { name: 'collection', keys: ['account_id', 'item_count'], reason: 'a collection is a choice of accounts' },
  { name: 'identity_proof', keys: ['provider', 'provider_username'], reason: 'an account says nothing until it posts' },
  { name: 'async_refresh', keys: ['async_refresh'], reason: 'the server is still looking' },
  { name: 'terms', keys: ['effective_date', 'content'], reason: 'a server describes itself' },
  { name: 'description', keys: ['updated_at', 'content'], reason: 'a server describes itself' },
  { name: 'filter_status', keys: ['id', 'status_id'], reason: 'a filter hides what others say' },
];

const SILENT_REASONS = new Map(SILENT.map(({ name, reason }) => [name, reason]));

/** Why an entity of this kind carries no fact, or undefined where it does. */
export const silenceOf = (nativeKind: string): string | undefined => SILENT_REASONS.get(nativeKind);

/** Notifications about a status; the others (a follow, a moderation notice) say nothing. */
const REACTIONS = new Set(['favourite', 'reblog']);

/**
 * Takes apart what the API, the stream or an export holds: lists, pages, envelopes and single entities, told apart by
 * their keys, because Mastodon names no types.
 */
export function* splitMastodon(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document))
    for (const item of document)
      // Servers that a server knows are listed by their bare names.
      if (typeof item === 'string') yield { kind: 'ignored', nativeKind: 'name', native: { name: item } };
      else yield* splitMastodon(item);
  else if (isLoose(document)) yield* splitObject(document);
  else throw new SourceError('invalid document; expected an object or a list of the Mastodon API');
}

function* splitObject(document: Loose): Generator<Unit<Loose>> {
  const has = (...keys: string[]) => keys.every((key) => key in document);
  if (has('event', 'payload') || has('event', 'stream')) yield* splitStream(document);
  else if (has('event', 'object')) yield* splitWebhook(document);
  else if (has('ancestors', 'descendants')) yield* splitMastodon([document.ancestors, document.descendants].flat());
  else if (has('notification_groups')) yield* splitGroups(document);
  else if (has('annual_reports', 'statuses')) yield* splitMastodon(document.statuses ?? []);
  else if (has('statuses', 'hashtags')) yield* splitMastodon([document.statuses, document.accounts ?? []].flat());
  else if (isLoose(document.last_status)) yield* splitMastodon(document.last_status);
  else if (has('type', 'created_at', 'account') && !has('content')) yield* splitNotification(document);
  else if (isLoose(document.reblog)) yield* splitReaction('reblog', document, document.reblog);
  else yield splitEntity(document, has);
}

function splitEntity(native: Loose, has: (...keys: string[]) => boolean): Unit<Loose> {
  if (has('id', 'content', 'account')) return { kind: 'message', nativeKind: 'status', native };
  // Deleting a status returns it once more, with its source text in place of the rendered one.
  if (has('id', 'text', 'account')) return { kind: 'delete', nativeKind: 'status.deleted', native };
  if (has('content', 'created_at', 'account')) return { kind: 'edit', nativeKind: 'status.history', native };
  if (has('acct', 'moved') && isLoose(native.moved)) return { kind: 'profile', nativeKind: 'account.moved', native };
  const silent = SILENT.find(({ keys }) => has(...keys));
  if (silent) return { kind: 'event', nativeKind: silent.name, native };
  // Many requests are answered by an empty object.
  const isEmpty = Object.keys(native).length === 0;
  return { kind: isEmpty ? 'ignored' : 'unknown', nativeKind: isEmpty ? 'nothing' : 'object', native };
}

/** `{event, payload}`: the payload is JSON in a string, or the bare id of a deleted status. */
function* splitStream({ event, payload, ...rest }: Loose): Generator<Unit<Loose>> {
  const name = textOf(event) ?? 'none';
  const id = textOf(payload);
  if (name === 'delete' && id) yield { kind: 'delete', nativeKind: 'stream.delete', native: { id } };
  else if (['update', 'status.update', 'notification', 'conversation'].includes(name))
    yield* splitMastodon(typeof payload === 'string' ? parseJson(payload) : payload);
  else if (/^(announcement|filters_changed|notifications_merged|encrypted_message)/.test(name))
    yield { kind: 'ignored', nativeKind: `stream.${name}`, native: { event, ...rest } };
  else yield { kind: 'unknown', nativeKind: `stream.${name}`, native: { event, payload, ...rest } };
}

/** What a server tells its administrators: of statuses what became of them, of people and reports nothing said. */
function* splitWebhook({ event, object, created_at }: Loose): Generator<Unit<Loose>> {
  const name = textOf(event) ?? 'none';
  if (name.startsWith('status.')) yield* splitMastodon(object);
  else if (/^(account|report)\./.test(name))
    yield { kind: 'ignored', nativeKind: `webhook.${name}`, native: { event, created_at } };
  else yield { kind: 'unknown', nativeKind: `webhook.${name}`, native: { event, object, created_at } };
}

function* splitNotification(notification: Loose): Generator<Unit<Loose>> {
  const type = textOf(notification.type) ?? 'none';
  if (!isLoose(notification.status))
    yield { kind: 'ignored', nativeKind: `notification.${type}`, native: notification };
  else if (REACTIONS.has(type)) yield* splitReaction(type, notification, notification.status);
  else yield* splitMastodon(notification.status);
}

/** A reaction comes with the status it is to, as it stood then. */
function* splitReaction(value: string, { account, created_at }: Loose, status: Loose): Generator<Unit<Loose>> {
  yield* splitMastodon(status);
  yield { kind: 'reaction', nativeKind: value, native: { value, account, created_at, status_id: status.id } };
}

/** Notifications by the group: the statuses and accounts stand beside the groups that name them. */
function* splitGroups({ statuses, notification_groups, accounts }: Loose): Generator<Unit<Loose>> {
  yield* splitMastodon(statuses ?? []);
  for (const group of objectsOf(notification_groups)) {
    const type = textOf(group.type) ?? 'none';
    const [accountId] = Array.isArray(group.sample_account_ids) ? group.sample_account_ids : [];
    const account = objectOf(objectsOf(accounts).find(({ id }) => id === accountId));
    const native = { ...group, value: type, account, created_at: group.latest_page_notification_at };
    yield { kind: REACTIONS.has(type) ? 'reaction' : 'ignored', nativeKind: `notification_group.${type}`, native };
  }
}
