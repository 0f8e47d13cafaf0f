import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { htmlToText } from '../../formats/html.ts';
import { mentionOf, mentionSettings } from '../../formats/mention.ts';
import { addPost } from '../../formats/post.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { liveChatUnit, mapLiveChat } from './live-chat.ts';

const Settings = z.strictObject({
  /** Ids of the company's channels; without any, who owns the commented channel is the company. */
  ownChannels: z.array(z.string()).default([]),
  ...mentionSettings,
});
type Settings = z.infer<typeof Settings>;

/** What is asked for as plain text has no markup, and keeps its lines. */
const MARKUP = /<\/?(?:a|b|br|i|s)\b[^<>]*>|&(?:#\d+|amp|gt|lt|quot);/;

/** What the same API tells of videos and channels is no comment. */
const UNSAID =
  /^youtube#(video|channel|playlist|playlistItem|channelSection|searchResult|activity|caption|subscription|videoCategory|i18n\w+|liveBroadcast|liveStream|liveChat(Moderator|Ban)|member|membershipsLevel|thirdPartyLink)$/;

/** Comments stand alone, in pages, or in threads with up to five of their replies. */
function* splitYoutube(document: unknown, place?: Loose): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* splitYoutube(each, place);
  else if (!isLoose(document)) throw new SourceError('invalid document; expected an answer of the YouTube Data API');
  else if (Array.isArray(document.items)) yield* splitYoutube(document.items);
  else if (document.kind === 'youtube#commentThread') {
    const snippet = objectOf(document.snippet);
    const replies = objectsOf(objectOf(document.replies).comments);
    const { videoId, channelId } = snippet;
    yield* splitYoutube([snippet.topLevelComment, ...replies].filter(isLoose), { videoId, channelId });
  } else if (document.kind === undefined && isLoose(document.error))
    throw new SourceError('an error answer of the API, not comments');
  else if (document.kind === 'youtube#liveChatMessage') yield liveChatUnit(document);
  else {
    const nativeKind = textOf(document.kind) ?? 'object';
    const kind = nativeKind === 'youtube#comment' ? 'message' : UNSAID.test(nativeKind) ? 'ignored' : 'unknown';
    yield { kind, nativeKind, native: place ? { ...place, ...document } : document };
  }
}

function map(unit: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const { native } = unit;
  if (native.kind === 'youtube#liveChatMessage') return mapLiveChat(unit, context);
  const snippet = objectOf(native.snippet);
  const nativeId = textOf(native.id);
  const at = fromIso(snippet.publishedAt);
  if (!nativeId || !at) return reject('missing id or publishedAt of the comment');
  const updatedAt = fromIso(snippet.updatedAt);
  const author = textOf(objectOf(snippet.authorChannelId).value) ?? textOf(snippet.authorDisplayName);
  if (!author) return reject('missing author of the comment');
  const { ownChannels } = context.settings;
  // Some versions name the channel on the thread alone.
  const place = textOf(snippet.channelId) ?? textOf(native.channelId);
  const isOwn = ownChannels.length > 0 ? ownChannels.includes(author) : author === place;
  const isOnOurs = ownChannels.length === 0 || (place !== undefined && ownChannels.includes(place));
  const html = textOf(snippet.textDisplay);
  const original = textOf(snippet.textOriginal);
  const text = original ?? (html && MARKUP.test(html) ? htmlToText(html) : html);
  const videoId = textOf(snippet.videoId) ?? textOf(native.videoId);
  const facts = new FactList(context, (updatedAt ?? at).getTime());
  addPost(facts, {
    nativeId,
    channel: 'social',
    at,
    timePrecision: 'second',
    // The id of a reply begins with that of its comment.
    parentId: textOf(snippet.parentId) ?? (nativeId.includes('.') ? nativeId.split('.')[0] : undefined),
    author: { type: 'social_id', value: author, display: textOf(snippet.authorDisplayName) },
    isOwn,
    text,
    mention: mentionOf({ isOurs: isOwn, text, isOnOurs }, context.settings),
    sourceText: original ?? html,
    account: place,
    url: videoId && `https://www.youtube.com/watch?v=${videoId}&lc=${nativeId}`,
    editedAt: updatedAt && updatedAt > at ? updatedAt : undefined,
  });
  return ok(facts.facts);
}

export const youtube = defineConnector<Loose, Settings>({
  name: 'youtube',
  title: 'YouTube comments and live chats',
  version: 1,
  channels: ['social'],
  docs: [
    'https://developers.google.com/youtube/v3/docs/commentThreads',
    'https://developers.google.com/youtube/v3/live/docs/liveChatMessages',
  ],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://www.googleapis.com/youtube/v3',
    auth: { kind: 'header', header: 'x-goog-api-key' },
    requestsPerMinute: 100,
    streams: [
      {
        name: 'comments',
        each: { settings: 'ownChannels', as: 'channel' },
        path: '/commentThreads',
        query: {
          part: 'snippet,replies',
          allThreadsRelatedToChannelId: '{channel}',
          order: 'time',
          maxResults: '100',
          textFormat: 'plainText',
        },
        rows: 'items',
        // Newest first: reading stops behind the cursor.
        cursor: {
          kind: 'time',
          at: 'row',
          path: 'snippet.topLevelComment.snippet.publishedAt',
          read: 'iso',
          write: 'iso',
          overlapSeconds: 7 * 86_400,
        },
        paging: { kind: 'token', path: 'nextPageToken', parameter: 'pageToken' },
        // A thread shows five of its replies at most.
        details: [
          {
            when: 'snippet.totalReplyCount',
            path: '/comments',
            query: { part: 'snippet', parentId: '{id}', maxResults: '100', textFormat: 'plainText' },
            rows: 'items',
            paging: { kind: 'token', path: 'nextPageToken', parameter: 'pageToken' },
          },
        ],
      },
    ],
  },
  threadKey: 'a comment with its replies; a message of a live chat',
  echoRule: 'comments of ownChannels, or of the owner of the channel or chat, are the business’s own words',
  split: (document: unknown) => splitYoutube(document),
  map,
});
