import type { FactList, HandleInput } from '../fact-list.ts';

/** A review with stars from 1 to 5, and the company's answer to it. */
export interface Review {
  readonly nativeId: string;
  readonly at: Date;
  /** When its words or stars last changed; the date of the review where the site does not tell. */
  readonly changedAt?: Date | undefined;
  readonly stars?: number | undefined;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly author: readonly HandleInput[];
  readonly account?: string | undefined;
  readonly url?: string | undefined;
  readonly reply?: ReviewReply | undefined;
  readonly deletedAt?: Date | undefined;
}

/** The company's answer: when it was given, and when its words last changed where the site tells both. */
export interface ReviewReply {
  readonly text: string;
  readonly at: Date;
  readonly changedAt?: Date | undefined;
}

/**
 * Adds a review: a thread, what the customer wrote, the stars as a score of 1 to 5 (no CSAT: nobody asked after a
 * contact), and the company's answer, which has a time of change of its own.
 */
export function addReview(facts: FactList, review: Review): void {
  const { nativeId, at, stars, title, reply, deletedAt } = review;
  const version = (deletedAt ?? review.changedAt ?? at).getTime();
  const isEdited = review.changedAt !== undefined && review.changedAt > at;
  const threadId = facts.thread({
    nativeId,
    channel: 'review',
    direction: 'inbound',
    startedAt: at,
    version,
    ...(title && { subject: title }),
    ...(review.account && { account: review.account }),
    ...(review.url && { url: review.url }),
  });
  const [handleId] = review.author.map((handle) => facts.participant(threadId, 'customer', at, handle)).filter(Boolean);
  const text = [title, review.text].filter(Boolean).join('\n\n');
  facts.utterance({
    nativeId,
    threadId,
    version,
    role: 'customer',
    occurredAt: at,
    timePrecision: 'second',
    visibility: 'public',
    ...(handleId && { handleId }),
    ...(isEdited && { editedAt: review.changedAt }),
    ...(deletedAt ? { deletedAt } : text && { text }),
  });
  if (stars !== undefined || deletedAt)
    facts.survey({
      nativeId,
      kind: 'other',
      version,
      occurredAt: at,
      scaleMin: 1,
      scaleMax: 5,
      isHigherBetter: true,
      threadId,
      ...(handleId && { handleId }),
      ...(stars !== undefined && { score: stars }),
      ...(deletedAt && { deletedAt }),
    });
  if (reply) addReply(facts, threadId, nativeId, reply);
}

export function addReply(
  facts: FactList,
  threadId: string,
  reviewId: string,
  { text, at, changedAt }: ReviewReply,
): void {
  facts.utterance({
    nativeId: `${reviewId}/reply`,
    threadId,
    version: (changedAt ?? at).getTime(),
    role: 'agent',
    occurredAt: at,
    timePrecision: 'second',
    visibility: 'public',
    text,
    ...(changedAt && changedAt > at && { editedAt: changedAt }),
    replyToId: facts.utteranceId(reviewId),
  });
}
