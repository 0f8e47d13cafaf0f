import type { FactList } from '../../fact-list.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { threadOf } from './ticket.ts';

/** What the customer thinks of the conversation, and of its AI agent; `created_at` is when the first was asked for. */
export function addRatings(facts: FactList, conversation: Loose, threadId: string, startedAt: Date): void {
  const { rating, remark, ...given } = objectOf(conversation.conversation_rating);
  const ai = objectOf(conversation.ai_agent);
  for (const [name, score, comment, { created_at: createdAt, updated_at: updatedAt, contact }] of [
    ['rating', rating, remark, given],
    ['ai_rating', ai.rating, ai.rating_remark, ai],
  ] as const) {
    if (numberOf(score) === undefined) continue;
    facts.survey({
      nativeId: `${threadOf(conversation)}/${name}`,
      kind: 'csat',
      occurredAt: fromIsoOrEpoch(updatedAt) ?? fromIsoOrEpoch(createdAt) ?? startedAt,
      threadId,
      score: numberOf(score),
      scaleMin: 1,
      scaleMax: 5,
      isHigherBetter: true,
      comment: textOf(comment),
      handleId: facts.handle({ type: 'contact_id', value: textOf(objectOf(contact).id) }),
    });
  }
}
