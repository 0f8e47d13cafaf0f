import type { FactList } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from './value.ts';

/** The scales of Messenger's own questions; of its efforts more is easier. */
const SCALES = tableOf<readonly [FactOf<'survey'>['kind'], number, number]>({
  csat: ['csat', 1, 5],
  nps: ['nps', 0, 10],
  ces: ['ces', 1, 7],
});

/**
 * Adds the answers of a person to Messenger's feedback template: each question has a score, and may have a comment. Returns
 * how many answers there were.
 */
export function addMetaFeedback(
  facts: FactList,
  given: Loose,
  answered: { threadId: string; handleId: string | undefined; occurredAt: Date; nativeId: string },
): number {
  const { nativeId, threadId, handleId, occurredAt } = answered;
  const questions = objectsOf(given.feedback_screens).flatMap((screen) =>
    [screen.questions].flat().flatMap((each) => Object.entries(objectOf(each)).filter(([, answer]) => isLoose(answer))),
  );
  for (const [name, answer] of questions) {
    const { type, payload, follow_up } = objectOf(answer);
    const scale = SCALES[textOf(type)?.toLowerCase() ?? ''];
    const [score, comment] = scale ? [numberOf(payload), objectOf(follow_up).payload] : [undefined, payload];
    facts.survey({
      nativeId: `${nativeId}/${name}`,
      kind: scale?.[0] ?? 'other',
      occurredAt,
      threadId,
      ...(handleId && { handleId }),
      ...(scale && { scaleMin: scale[1], scaleMax: scale[2], isHigherBetter: true }),
      ...(score !== undefined && { score }),
      ...(textOf(comment) && { comment: textOf(comment) }),
    });
  }
  return questions.length;
}
