import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { decodeEntities } from '../../formats/html.ts';
import { hasName, mentionOf, mentionSettings } from '../../formats/mention.ts';
import { addPost } from '../../formats/post.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { isModmail, mapModmail, splitModmail } from './modmail.ts';

const Settings = z.strictObject({
  /** The company's accounts, without `u/`. */
  ownAccounts: z.array(z.string()).default([]),
  /** Communities where people turn to the company, without `r/`. */
  ownCommunities: z.array(z.string()).default([]),
  ...mentionSettings,
});
type Settings = z.infer<typeof Settings>;

const DELETED = '[deleted]';
const NOBODY = { type: 'social_id', value: undefined } as const;
const GONE = /^\[\s*(?:deleted|removed)\s*\]$|^\[\s*removed by reddit\b/i;

/** What stands in the place of words that are gone; a link has none, and loses its title. */
const isGone = ({ body, selftext, title, author }: Loose): boolean =>
  GONE.test(textOf(body) ?? textOf(selftext) ?? '') || (author === DELETED && title === '[deleted by user]');

/** Things are wrapped as `{kind, data}`; a page of a post is a list of two listings, replies are listings in it. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* split(each);
  else if (!isLoose(document)) throw new SourceError('invalid document; expected a thing or listing of the Reddit API');
  else if (document.kind === 'Listing') yield* splitList(objectOf(document.data).children);
  else if (isModmail(document)) yield* splitModmail(document);
  else if (isLoose(document.json)) yield* splitList(objectOf(document.json.data).things);
  else if (document.kind === undefined && bareKind(document)) yield* splitThing(bareKind(document), document, document);
  else if (document.kind === undefined && document.error !== undefined)
    throw new SourceError('an error answer of the API, not a thing');
  else yield* splitThing(textOf(document.kind), objectOf(document.data), document);
}

function* splitList(things: unknown): Generator<Unit<Loose>> {
  const given = objectsOf(things);
  if (given.length === 0) yield { kind: 'ignored', nativeKind: 'empty list', native: {} };
  for (const thing of given) yield* split(thing);
}

/** Archives and tools write without the wrapper: a comment has a body, a post a title, an account its karma. */
function bareKind({ link_karma, created_utc, link_id, body, title, subreddit }: Loose): string | undefined {
  if (link_karma !== undefined) return 't2';
  if (created_utc === undefined || subreddit === undefined) return undefined;
  if (link_id !== undefined && body !== undefined) return 't1';
  return title !== undefined ? 't3' : undefined;
}

/** What the site keeps of people and communities. */
const KEPT =
  /^(t2|t5|t6|more|UserList|TrophyList|KarmaList|LabeledMulti\w*|wikipage\w*|modaction|subreddit_settings|LiveUpdate\w*)$/;

const SAID = { t1: 'comment', t3: 'post', t4: 'private message' } as const;
const PREFIX = tableOf<string>({ comment: 't1', post: 't3', 'private message': 't4' });

function* splitThing(kind: string | undefined, data: Loose, document: Loose): Generator<Unit<Loose>> {
  const said = kind && Object.hasOwn(SAID, kind) ? SAID[kind as keyof typeof SAID] : undefined;
  if (said) {
    const { replies, ...native } = data;
    yield { kind: isGone(data) ? 'delete' : 'message', nativeKind: said, native };
    if (isLoose(replies)) yield* split(replies);
  } else if (kind && KEPT.test(kind)) yield { kind: 'ignored', nativeKind: kind, native: data };
  else yield { kind: 'unknown', nativeKind: kind ?? 'object', native: document };
}

/** Removals are told by one program for every community, or in the name of its moderators. */
const isProgram = (name: string): boolean => name === 'AutoModerator' || name.endsWith('-ModTeam');

const isAmong = (accounts: readonly string[], name: string | undefined): boolean =>
  accounts.some((account) => account.toLowerCase() === name?.toLowerCase());

/** How something said by others concerns the company. A message has a receiver, and so has a comment in the inbox. */
function concernOf({ nativeKind, native }: Unit<Loose>, text: string, isOurs: boolean, settings: Settings) {
  const { ownAccounts, ownCommunities } = settings;
  const isAtHome = nativeKind === 'post' && isAmong(ownCommunities, textOf(native.subreddit));
  const isToUs = isAtHome || isAmong(ownAccounts, textOf(native.dest));
  const isTagged = ownAccounts.some((own) => hasName(text, `u/${own}`));
  return mentionOf({ isOurs, text, isTagged, isToUs }, settings);
}

/** Bodies are Markdown, with `&amp;`, `&lt;` and `&gt;` escaped. Reddit gives no time of deletion. */
function map(unit: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const { kind, nativeKind, native } = unit;
  if (nativeKind === 'modmail') return mapModmail(native, context);
  const at = fromEpochSeconds(native.created_utc);
  const nativeId = textOf(native.name) ?? (textOf(native.id) && `${PREFIX[nativeKind]}_${textOf(native.id)}`);
  if (!nativeId || !at) return reject('missing name or created_utc of the post');
  const editedAt = typeof native.edited === 'number' ? fromEpochSeconds(native.edited) : undefined;
  const [title, name] = [textOf(native.title), textOf(native.author)];
  const sourceText = [title, textOf(native.body) ?? textOf(native.selftext)].filter(Boolean).join('\n\n');
  const isMessage = nativeKind === 'private message';
  if (isMessage && native.distinguished === 'admin') return drop('a notice of Reddit itself is said by no customer');
  if (!name && textOf(native.subreddit)) return drop('a message of a community does not say who wrote it');
  if (!name || (kind !== 'delete' && !sourceText)) return drop('a post without author or words');
  const deletedAt = kind === 'delete' ? context.delivery.receivedAt : undefined;
  const isOwn = isAmong(context.settings.ownAccounts, name);
  const isAutomatic = isProgram(name);
  const subject = isMessage ? textOf(native.subject) : title;
  const permalink = textOf(native.permalink);
  const facts = new FactList(context, (deletedAt ?? editedAt ?? at).getTime());
  addPost(facts, {
    nativeId,
    channel: 'forum',
    at,
    timePrecision: 'second',
    parentId: textOf(native.parent_id),
    // Accounts may be renamed, and their fullname stays; deleted ones have neither, and are not all one person.
    author:
      name === DELETED ? NOBODY : { type: 'social_id', value: textOf(native.author_fullname) ?? name, display: name },
    isOwn,
    isAutomatic,
    text: decodeEntities(sourceText),
    sourceText,
    subject: subject && decodeEntities(subject),
    account: textOf(native.subreddit),
    mention: concernOf(unit, sourceText, isOwn || isAutomatic, context.settings),
    url: permalink && `https://www.reddit.com${permalink}`,
    editedAt,
    deletedAt,
  });
  return ok(facts.facts);
}

export const reddit = defineConnector<Loose, Settings>({
  name: 'reddit',
  title: 'Reddit posts and comments',
  version: 1,
  channels: ['forum'],
  docs: ['https://www.reddit.com/dev/api/'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://oauth.reddit.com/r/<subreddit>+<subreddit>',
    auth: {
      kind: 'oauth',
      grant: 'client_credentials',
      tokenUrl: 'https://www.reddit.com/api/v1/access_token',
      client: 'basic',
    },
    // Reddit refuses clients without a name of their own.
    headers: { 'user-agent': 'server:crosstalk:v1' },
    requestsPerMinute: 60,
    streams: ['new', 'comments'].map((name) => ({
      name,
      path: `/${name}`,
      query: { limit: '100', raw_json: '1' },
      rows: 'data.children',
      // Newest first, the last thousand at most: reading stops behind the cursor.
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'data.created_utc',
        read: 'epoch-seconds',
        write: 'epoch-seconds',
        overlapSeconds: 86_400,
      },
      paging: { kind: 'token', path: 'data.after', parameter: 'after' },
    })),
  },
  threadKey: 'a post with the chain of comments under it, from parent_id',
  echoRule: 'posts of ownAccounts are the business’s own words',
  split,
  map,
});
