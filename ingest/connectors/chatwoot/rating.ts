import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { numberOf, objectOf, textOf } from '../../formats/value.ts';
import { timeOf, type ChatwootNative } from './parts.ts';

/** A row of the report of ratings; the message that asked tells of the same answer. */
export function mapRating({ record }: ChatwootNative, context: SplitContext): Outcome {
  const [score, occurredAt] = [numberOf(record.rating), timeOf(record.created_at)];
  const conversation = textOf(record.conversation_id);
  if (score === undefined || !occurredAt) return reject('the rating has no number or no time');
  const facts = new FactList(context, occurredAt.getTime());
  facts.survey({
    nativeId: `message/${textOf(record.message_id)}`,
    kind: 'csat',
    occurredAt,
    score,
    scaleMin: 1,
    scaleMax: 5,
    isHigherBetter: true,
    comment: textOf(record.feedback_message),
    threadId: conversation && facts.threadId(`conversation/${conversation}`),
    handleId: facts.handle({ type: 'contact_id', value: textOf(objectOf(record.contact).id) }),
  });
  return ok(facts.facts);
}
