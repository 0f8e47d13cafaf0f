import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

export const related = (record: Loose, name: string): string | undefined =>
  textOf(objectOf(objectOf(objectOf(record.relationships)[name]).data).id);

/**
 * What a customer answered to a survey about one conversation; the conversation tells of the same answer. The scale stands
 * in the survey's settings, not here.
 */
export function mapSatisfaction(record: Loose, context: SplitContext): Outcome {
  const attributes = objectOf(record.attributes);
  const [score, conversation] = [numberOf(attributes.rating), related(record, 'conversation')];
  const occurredAt = fromIso(attributes.submittedAt) ?? fromIso(attributes.modifiedAt) ?? fromIso(attributes.updatedAt);
  if (!conversation) return reject('the satisfaction response names no conversation');
  if (score === undefined || !occurredAt) return drop('a survey that nobody has answered yet');
  const facts = new FactList(context, latestOf(attributes.modifiedAt, attributes.updatedAt, occurredAt));
  const comment = objectsOf(attributes.answers).flatMap(({ answer }) => textOf(answer) ?? []);
  facts.survey({
    nativeId: `conversation/${conversation}/satisfaction`,
    kind: 'csat',
    occurredAt,
    score,
    isHigherBetter: true,
    comment: comment.join('\n') || undefined,
    threadId: facts.threadId(`conversation/${conversation}`),
    handleId: facts.handle({ type: 'contact_id', value: related(record, 'customer') }),
  });
  return ok(facts.facts);
}
