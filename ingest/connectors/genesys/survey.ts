import type { FactList } from '../../fact-list.ts';
import { numberOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { timeOf } from './time.ts';

/**
 * The promoter score of surveys that were answered, 0 to 10 by its definition. Of the total score a conversation tells no
 * scale: that is the form's.
 */
export function addSurveys(facts: FactList, threadId: string, { surveys }: Loose): void {
  for (const survey of objectsOf(surveys)) {
    const [id, score] = [textOf(survey.surveyId), numberOf(survey.surveyPromoterScore)];
    const occurredAt = timeOf(survey.surveyCompletedDate) ?? timeOf(survey.eventTime);
    const isAnswered = textOf(survey.surveyStatus)?.toLowerCase() === 'finished';
    if (!id || !isAnswered || !occurredAt || !Number.isInteger(score) || score! < 0 || score! > 10) continue;
    facts.survey({
      nativeId: `${id}:nps`,
      threadId,
      kind: 'nps',
      occurredAt,
      score: score!,
      scaleMin: 0,
      scaleMax: 10,
      isHigherBetter: true,
    });
  }
}
