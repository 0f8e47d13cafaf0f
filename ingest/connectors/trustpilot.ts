import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addReview } from '../formats/review.ts';
import { fromIsoAsUtc } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

/** A webhook holds `events`, the API `reviews` or one review. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (!isLoose(document)) throw new SourceError('invalid document; expected a webhook or reviews of Trustpilot');
  for (const event of objectsOf(document.events)) {
    const name = textOf(event.eventName) ?? 'event';
    const native = objectOf(event.eventData);
    if (name.endsWith('-review-deleted')) yield { kind: 'delete', nativeKind: name, native };
    else if (/-review-(created|updated)$/.test(name)) yield { kind: 'message', nativeKind: name, native };
    else yield { kind: 'unknown', nativeKind: name, native: event };
  }
  if (Array.isArray(document.events)) return;
  const reviews = objectsOf(document.reviews ?? document.productReviews ?? [document]);
  for (const native of reviews) {
    const isReview = 'stars' in native && 'id' in native;
    // How the company itself stands on the site.
    const isCompany = 'numberOfReviews' in native || 'trustScore' in native;
    if (isReview) yield { kind: 'message', nativeKind: 'review', native };
    else yield { kind: isCompany ? 'ignored' : 'unknown', nativeKind: isCompany ? 'company' : 'object', native };
  }
}

/** Times are in UTC, with and without the Z that says so. */
function map({ kind, nativeKind, native: review }: Unit<Loose>, context: SplitContext): Outcome {
  const { receivedAt } = context.delivery;
  const nativeId = textOf(review.id);
  const isDelete = kind === 'delete';
  const at = fromIsoAsUtc(review.createdAt);
  const deletedAt = isDelete ? (fromIsoAsUtc(review.deletedAt) ?? receivedAt) : undefined;
  if (nativeId && deletedAt && !at) return mapTombstone(nativeId, deletedAt, context);
  if (!nativeId || !at) return reject('missing id of the review, or a createdAt in ISO 8601');
  const consumer = objectOf(review.consumer);
  const display = textOf(consumer.displayName) ?? textOf(consumer.name);
  // What is said of a product is answered by a comment.
  const reply = objectOf(review.companyReply ?? review.firstCompanyComment);
  const [replyText, changedAt] = [textOf(reply.text) ?? textOf(reply.comment), fromIsoAsUtc(reply.updatedAt)];
  const replyAt = fromIsoAsUtc(reply.createdAt) ?? changedAt;
  const facts = new FactList(context, at.getTime());
  addReview(facts, {
    nativeId,
    at,
    // The notice of a change need not say when it was: it is when we were told.
    changedAt: fromIsoAsUtc(review.updatedAt) ?? (nativeKind.endsWith('-updated') ? receivedAt : undefined),
    stars: numberOf(review.stars),
    title: textOf(review.title),
    text: textOf(review.text) ?? textOf(review.content),
    author: [
      { type: 'social_id', value: textOf(consumer.id), display },
      { type: 'email', value: textOf(review.referralEmail) ?? textOf(consumer.email), display },
    ],
    account: textOf(review.businessUnitId) ?? textOf(objectOf(review.businessUnit).id),
    url: textOf(review.link),
    reply: replyText && replyAt ? { text: replyText, at: replyAt, changedAt } : undefined,
    deletedAt,
  });
  return ok(facts.facts);
}

/** The notice that a review is gone need not say when it was written. */
function mapTombstone(nativeId: string, deletedAt: Date, context: SplitContext): Outcome {
  const facts = new FactList(context, deletedAt.getTime());
  const threadId = facts.threadId(nativeId);
  facts.utterance({ nativeId, threadId, deletedAt });
  facts.survey({ nativeId, kind: 'other', occurredAt: deletedAt, threadId, deletedAt });
  return ok(facts.facts);
}

export const trustpilot = defineConnector<Loose, object>({
  name: 'trustpilot',
  title: 'Trustpilot reviews',
  version: 1,
  channels: ['review'],
  docs: ['https://developers.trustpilot.com/webhooks/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://api.trustpilot.com/v1/private/business-units/<business unit>',
    auth: {
      kind: 'oauth',
      grant: 'client_credentials',
      tokenUrl: 'https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken',
      client: 'basic',
    },
    requestsPerMinute: 60,
    streams: [
      {
        name: 'reviews',
        path: '/reviews',
        query: { orderBy: 'createdat.desc', perPage: '100' },
        rows: 'reviews',
        cursor: {
          kind: 'time',
          at: 'row',
          path: 'createdAt',
          read: 'iso',
          parameter: 'startDateTime',
          write: 'iso',
          // Answers and changes come to a review where it stands; that it was deleted comes by webhook.
          overlapSeconds: 14 * 86_400,
        },
        paging: { kind: 'number', parameter: 'page', size: 100 },
      },
    ],
  },
  threadKey: 'id of the review',
  split,
  map,
});
