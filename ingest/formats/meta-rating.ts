import { ok, reject, type Outcome, type SplitContext } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addReview } from './review.ts';
import { fromIsoOrEpoch } from './time.ts';
import { numberOf, objectOf, textOf, type Loose } from './value.ts';

/** A recommendation of a page, told by a change of its webhook or by an answer of the API. */
export interface MetaRating {
  readonly value: Loose;
  readonly pageId?: string | undefined;
  /** When the webhook was sent. */
  readonly sentAt?: unknown;
}

/** Whether a record of the API is a recommendation; these have no id of their own. */
export const isMetaRating = (record: Loose): boolean =>
  record.recommendation_type !== undefined || record.has_rating !== undefined || record.has_review !== undefined;

/** A recommendation of the API in the words of the webhook. */
export function asChange({ reviewer, open_graph_story, ...rest }: Loose): Loose {
  const { id, name } = objectOf(reviewer);
  return {
    ...rest,
    open_graph_story_id: objectOf(open_graph_story).id,
    reviewer_id: id,
    reviewer_name: name,
  };
}

/** A recommendation, or not, in words; older ones have one to five stars. */
export function mapMetaRating({ value, pageId, sentAt }: MetaRating, context: SplitContext): Outcome {
  const nativeId = textOf(value.open_graph_story_id);
  const [verb, type] = [textOf(value.verb) ?? '', textOf(value.recommendation_type)?.toUpperCase()];
  const toldAt = fromIsoOrEpoch(sentAt);
  const at = fromIsoOrEpoch(value.created_time) ?? (verb === 'remove' ? toldAt : undefined);
  if (!nativeId || !at) return reject('a recommendation without its story or its time');
  const deletedAt = verb === 'remove' ? (toldAt ?? at) : undefined;
  const facts = new FactList(context, (toldAt ?? at).getTime());
  addReview(facts, {
    nativeId,
    at,
    changedAt: verb.startsWith('edit') ? toldAt : undefined,
    stars: numberOf(value.rating),
    text: textOf(value.review_text),
    author: [{ type: 'social_id', value: textOf(value.reviewer_id), display: textOf(value.reviewer_name) }],
    account: pageId,
    deletedAt,
  });
  if (deletedAt || type === 'POSITIVE' || type === 'NEGATIVE')
    facts.survey({
      nativeId: `${nativeId}/recommendation`,
      kind: 'other',
      occurredAt: at,
      scaleMin: 0,
      scaleMax: 1,
      isHigherBetter: true,
      threadId: facts.threadId(nativeId),
      ...(deletedAt ? { deletedAt } : { score: type === 'POSITIVE' ? 1 : 0 }),
    });
  return ok(facts.facts);
}
