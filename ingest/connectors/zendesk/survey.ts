import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
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

/** `ticket.csat_received`: the rating stands in the event, the ticket beside it. */
export function mapCsatEvent(payload: Loose, context: SplitContext): Outcome {
  const [detail, event] = [objectOf(payload.detail), objectOf(payload.event)];
  const given = isLoose(event.satisfaction_score) ? event.satisfaction_score : objectOf(event.satisfaction_rating);
  const rating = { ...given, ticket_id: detail.id, requester_id: detail.requester_id, updated_at: payload.time };
  const at = timeOf(payload.time);
  if (!at) return reject('the event has no time');
  const facts = new FactList(context, at.getTime());
  return addRating(rating, at.getTime(), facts)
    ? ok(facts.facts)
    : reject('the event names no rating that is good or bad: land the survey responses');
}

/** An answer to a survey: one rating on the scale of its question, and words beside it. */
export function mapSurveyResponse(response: Loose, context: SplitContext): Outcome {
  const answers = objectsOf(response.answers);
  const rated = answers.find(({ rating }) => numberOf(rating) !== undefined);
  const occurredAt = timeOf(rated?.updated_at) ?? timeOf(rated?.created_at);
  if (!rated || !occurredAt) return drop('a survey response without a rating');
  const facts = new FactList(context, occurredAt.getTime());
  const ticket = objectsOf(response.subjects).find(
    ({ type, zrn }) => type === 'ticket' || /:ticket:/.test(textOf(zrn) ?? ''),
  );
  const ticketId = textOf(ticket?.id) ?? /:ticket:(\d+)/.exec(textOf(ticket?.zrn) ?? '')?.[1];
  const steps = objectsOf(objectOf(rated.question).options).flatMap(({ rating }) => numberOf(rating) ?? []);
  const comments = answers.flatMap(({ type, value }) => (type === 'open_ended' ? (textOf(value) ?? []) : []));
  facts.survey({
    nativeId: `survey_response/${textOf(response.id)}`,
    kind: 'csat',
    occurredAt,
    score: numberOf(rated.rating),
    ...(steps.length > 1 && { scaleMin: Math.min(...steps), scaleMax: Math.max(...steps) }),
    isHigherBetter: true,
    comment: comments.join('\n') || undefined,
    threadId: ticketId && facts.threadId(ticketThread(ticketId)),
    handleId: userHandle(facts, textOf(response.responder_id)),
  });
  return ok(facts.facts);
}
