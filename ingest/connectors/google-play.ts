import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addReview } from '../formats/review.ts';
import { fromEpochMilliseconds } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

const SUBMITTED = 'Review Submit Millis Since Epoch';

/** A page of reviews, or one review; or a row of the monthly report, which alone has what is older than a week. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document) && !Array.isArray(document))
    throw new SourceError('invalid document; expected reviews of the Google Play Developer API');
  const list = isLoose(document) ? (document.reviews ?? [document]) : document;
  for (const native of objectsOf(list)) {
    const nativeKind =
      'reviewId' in native && 'comments' in native ? 'review' : SUBMITTED in native ? 'report row' : 'object';
    if (nativeKind !== 'object') yield { kind: 'message', nativeKind, native };
    else if (isLoose(native.result)) yield { kind: 'event', nativeKind: 'reply', native };
    else if (isLoose(native.error)) throw new SourceError('an error answer of the API, not reviews');
    // Where there are no reviews, the answer has at most the numbers of the page.
    else {
      const isEmpty = Object.keys(native).every((name) => /^(token|page)/.test(name));
      yield { kind: isEmpty ? 'ignored' : 'unknown', nativeKind, native };
    }
  }
}

/** `{seconds: "1789120800", nanos: 213000000}` */
function timeOf(value: unknown): Date | undefined {
  const { seconds, nanos } = objectOf(value);
  const whole = numberOf(seconds);
  return whole === undefined
    ? undefined
    : fromEpochMilliseconds(whole * 1000 + Math.trunc((numberOf(nanos) ?? 0) / 1e6));
}

const latest = (comments: Loose[]): Loose | undefined =>
  comments
    .toSorted((a, b) => (timeOf(a.lastModified)?.getTime() ?? 0) - (timeOf(b.lastModified)?.getTime() ?? 0))
    .at(-1);

/**
 * An edit overwrites a review, so the newest comment of each side is the one that stands. Title and body come as one
 * text with a tab between them. An author is only a name. The time of the first version is never told.
 */
function map({ nativeKind, native: review }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'report row') return mapRow(review, context);
  if (nativeKind === 'reply') return drop('the answer to a reply does not name its review, which has the reply');
  const nativeId = textOf(review.reviewId);
  const comments = objectsOf(review.comments);
  const user = latest(
    comments.map(({ userComment }) => objectOf(userComment)).filter(({ lastModified }) => lastModified),
  );
  const developer = latest(
    comments.map(({ developerComment }) => objectOf(developerComment)).filter(({ text }) => text),
  );
  const at = timeOf(user?.lastModified);
  if (!nativeId || !user || !at) return reject('missing reviewId, or a userComment with lastModified');
  // Where a translation was asked for, the words themselves stand beside it.
  const words = [user.originalText, user.text].find((text) => typeof text === 'string' && text.trim() !== '') ?? '';
  const [, title, body] = /^(?:([^\t]*)\t)?(.*)$/s.exec(words as string)!;
  const name = textOf(review.authorName);
  const [replyText, replyAt] = [textOf(developer?.text), timeOf(developer?.lastModified)];
  const facts = new FactList(context, at.getTime());
  addReview(facts, {
    nativeId,
    at,
    stars: numberOf(user.starRating),
    title: textOf(title),
    text: textOf(body),
    author: [{ type: 'name', value: name, display: name }],
    reply: replyText && replyAt ? { text: replyText, at: replyAt } : undefined,
  });
  return ok(facts.facts);
}

/** The id stands in the link; a rating without words has none, and is known by its app and its time. */
function mapRow(row: Loose, context: SplitContext): Outcome {
  const timeIn = (name: string) => fromEpochMilliseconds(textOf(row[name]) ?? null);
  const [at, account, url] = [timeIn(SUBMITTED), textOf(row['Package Name']), textOf(row['Review Link'])];
  if (!at) return reject(`missing ${SUBMITTED} of the row`);
  const linked = /[?&]reviewid=([^&]+)/i.exec(url ?? '')?.[1];
  const [replyText, replyAt] = [textOf(row['Developer Reply Text']), timeIn('Developer Reply Millis Since Epoch')];
  const facts = new FactList(context, at.getTime());
  addReview(facts, {
    nativeId: linked ? decodeURIComponent(linked) : `${account}/${at.getTime()}`,
    at,
    changedAt: timeIn('Review Last Update Millis Since Epoch'),
    stars: numberOf(row['Star Rating']),
    title: textOf(row['Review Title']),
    text: textOf(row['Review Text']),
    author: [],
    account,
    url,
    reply: replyText && replyAt ? { text: replyText, at: replyAt } : undefined,
  });
  return ok(facts.facts);
}

export const googlePlay = defineConnector<Loose, object>({
  name: 'google-play',
  title: 'Google Play reviews',
  version: 1,
  channels: ['review'],
  docs: [
    'https://developers.google.com/android-publisher/reply-to-reviews',
    'https://support.google.com/googleplay/android-developer/answer/6135870',
  ],
  formats: ['json', 'ndjson', 'csv'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://androidpublisher.googleapis.com/androidpublisher/v3/applications/<package>',
    auth: {
      kind: 'oauth',
      grant: 'refresh_token',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      client: 'body',
    },
    // 200 an hour, for each app.
    requestsPerMinute: 3,
    streams: [
      {
        name: 'reviews',
        path: '/reviews',
        query: { maxResults: '100' },
        rows: 'reviews',
        mayHaveNoRows: true,
        // What was written or changed in the last week.
        cursor: { kind: 'whole' },
        paging: { kind: 'token', path: 'tokenPagination.nextPageToken', parameter: 'token' },
      },
    ],
  },
  threadKey: 'reviewId',
  split,
  map,
});
