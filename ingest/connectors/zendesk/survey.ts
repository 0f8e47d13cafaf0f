import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { textOf, type Loose } from '../../formats/value.ts';
import { ticketThread, timeOf, userHandle, versionOf } from './parts.ts';

export function mapRating(rating: Loose, context: SplitContext): Outcome {
  if (!textOf(rating.ticket_id)) return reject('the satisfaction rating names no ticket');
  const facts = new FactList(context, versionOf(rating));
  return addRating(rating, versionOf(rating), facts)
    ? ok(facts.facts)
    : drop(`a satisfaction rating of "${textOf(rating.score)}" is no answer`);
}

/**
 * A rating is good or bad, kept as 1 or 0; `offered` and `unoffered` are no answers. A ticket has one rating, so the
 * ticket is its key: the ticket, its audits and the rating itself all tell of the same one.
 */
export function addRating(rating: Loose, version: number, facts: FactList): boolean {
  const score = /^(good|bad)/.exec(textOf(rating.score)?.toLowerCase() ?? '')?.[1];
  const ticketId = textOf(rating.ticket_id);
  if (!score || !ticketId) return false;
  const comment = textOf(rating.comment);
  const handleId = userHandle(facts, textOf(rating.requester_id));
  facts.survey({
    nativeId: `${ticketThread(ticketId)}/satisfaction`,
    kind: 'csat',
    version,
    occurredAt: timeOf(rating.updated_at) ?? timeOf(rating.created_at) ?? new Date(version),
    score: score === 'good' ? 1 : 0,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    threadId: facts.threadId(ticketThread(ticketId)),
    ...(comment && { comment }),
    ...(handleId && { handleId }),
  });
  return true;
}
