import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addReply, addReview } from '../formats/review.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, tableOf, type Loose } from '../formats/value.ts';

const kinds = tableOf<string>({ customerReviews: 'review', customerReviewResponses: 'response' });

/** What Apple sums up, the app itself and what becomes of its versions, and the setting-up of webhooks. */
const BESIDE =
  /^(customerReviewSummarizations|app\w*|beta\w+(Created|Updated)|background\w+|alternative\w+|territories|builds?\w*|webhook\w*)$/;

/** A JSON:API document (`data`, with answers in `included`), one resource of it, or the public feed. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected an answer of the App Store Connect API');
  const hasData = 'data' in document;
  if (!hasData && Array.isArray(document.errors)) throw new SourceError('an error answer of the API, not reviews');
  if (!hasData && isLoose(document.feed)) return yield* feedUnits(document.feed);
  const resources = objectsOf(hasData ? [document.data, document.included ?? []].flat() : [document]);
  const answered = new Map(resources.map((review) => [relatedId(review, 'response'), textOf(review.id)]));
  const asked = /customerReviews\/([^/?]+)\/response/.exec(textOf(objectOf(document.links).self) ?? '')?.[1];
  for (const native of resources) {
    const type = textOf(native.type) ?? 'object';
    // An answer need not name its review: the review names it, or the address that was asked does.
    const reviewId = relatedId(native, 'review') ?? answered.get(textOf(native.id)) ?? asked;
    const unit = kinds[type] === 'response' ? { reviewId, ...native } : native;
    const otherwise = BESIDE.test(type) ? 'ignored' : 'unknown';
    yield { kind: kinds[type] ? 'message' : otherwise, nativeKind: kinds[type] ?? type, native: unit };
  }
}

/** The public feed of a country's shop writes each value as a label, and may begin with the app itself. */
function* feedUnits({ entry }: Loose): Generator<Unit<Loose>> {
  const entries = objectsOf([entry].flat());
  if (entries.length === 0) yield { kind: 'ignored', nativeKind: 'empty feed', native: {} };
  for (const native of entries) {
    const isReview = 'im:rating' in native;
    yield { kind: isReview ? 'message' : 'ignored', nativeKind: isReview ? 'review' : 'app', native: reviewIn(native) };
  }
}

function reviewIn({ id, author, updated, title, content, ...rest }: Loose): Loose {
  const [createdDate, rating, heading, body] = [updated, rest['im:rating'], title, content].map(labelOf);
  const reviewerNickname = labelOf(objectOf(author).name);
  return { id: labelOf(id), attributes: { createdDate, rating, title: heading, body, reviewerNickname } };
}

const labelOf = (value: unknown): string | undefined => textOf(objectOf(value).label);

/** A review has no time of change: an edited one comes again with a later date. An author is only a nickname. */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const attributes = objectOf(native.attributes);
  const at = fromIso(attributes.createdDate ?? attributes.lastModifiedDate);
  const reviewId = textOf(nativeKind === 'review' ? native.id : native.reviewId);
  if (!reviewId || !at) return reject('missing id of the review, or its date');
  const facts = new FactList(context, at.getTime());
  const text = textOf(attributes.responseBody);
  if (nativeKind === 'response') {
    if (!text) return reject('missing responseBody of the answer');
    addReply(facts, facts.threadId(reviewId), reviewId, { text, at });
    return ok(facts.facts);
  }
  const name = textOf(attributes.reviewerNickname);
  addReview(facts, {
    nativeId: reviewId,
    at,
    stars: numberOf(attributes.rating),
    title: textOf(attributes.title),
    text: textOf(attributes.body),
    author: [{ type: 'name', value: name, display: name }],
  });
  return ok(facts.facts);
}

const relatedId = ({ relationships }: Loose, name: string): string | undefined =>
  textOf(objectOf(objectOf(objectOf(relationships)[name]).data).id);

export const appStore = defineConnector<Loose, object>({
  name: 'app-store',
  title: 'App Store reviews',
  version: 1,
  channels: ['review'],
  docs: ['https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://api.appstoreconnect.apple.com/v1/apps/<app>',
    auth: { kind: 'signed', audience: 'appstoreconnect-v1' },
    requestsPerMinute: 50,
    streams: [
      {
        name: 'reviews',
        path: '/customerReviews',
        query: { sort: '-createdDate', include: 'response', limit: '200' },
        rows: 'data',
        // Newest first: reading stops behind the cursor. A review that is changed gets a new date.
        cursor: {
          kind: 'time',
          at: 'row',
          path: 'attributes.createdDate',
          read: 'iso',
          write: 'iso',
          // Answers come days later.
          overlapSeconds: 14 * 86_400,
        },
        paging: { kind: 'next-url', path: 'links.next' },
      },
    ],
  },
  threadKey: 'id of the review',
  split,
  map,
});
