import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, nameIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { textOf, type Loose } from '../../formats/value.ts';

const STEPS = { bad: 1, okay: 2, good: 3 } as const;

/** Customer happiness: one of three faces for an answer of the desk, and words beside it. */
export function mapRating(rating: Loose, context: SplitContext): Outcome {
  const [score, occurredAt] = [nameIn(STEPS, rating.rating), fromIso(rating.ratedTime)];
  if (!score || !occurredAt)
    return reject(`invalid rating: ${textOf(rating.rating) ?? 'none'}; expected GOOD, OKAY or BAD and a ratedTime`);
  const facts = new FactList(context, latestOf(occurredAt));
  const ticketId = textOf(rating.ticketId);
  facts.survey({
    nativeId: `rating/${textOf(rating.id)}`,
    kind: 'csat',
    occurredAt,
    score,
    scaleMin: 1,
    scaleMax: 3,
    isHigherBetter: true,
    comment: textOf(rating.feedback),
    threadId: ticketId && facts.threadId(ticketId),
    handleId: facts.handle({ type: 'contact_id', value: textOf(rating.contactId) }),
  });
  return ok(facts.facts);
}
