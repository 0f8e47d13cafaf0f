import { ok, reject, type Outcome } from '../connector.ts';
import { addResponse, describeMisfit, type SurveyAnswer } from '../formats/survey.ts';
import type { FieldReader } from './field-reader.ts';
import { listOf, present } from './shared-facts.ts';

export function mapSurvey(read: FieldReader): Outcome {
  const time = read.time('time');
  if (!time) return reject('missing time; expected when the survey was answered');
  const answers = (read.kind.answers ?? []).map(
    ({ survey, score, from, to, isHigherBetter, question, comment }, index): SurveyAnswer =>
      present({
        id: String(index + 1),
        kind: survey,
        score: read.number('score', score),
        min: from,
        max: to,
        isHigherBetter,
        question: read.one(question),
        comment: read.words(comment ?? {}).text,
      }) as SurveyAnswer,
  );
  const given = answers.filter(({ score, comment }) => score !== undefined || comment !== undefined);
  if (given.length === 0) return reject('a survey without a score and without a comment');
  const misfit = describeMisfit(given);
  if (misfit) return reject(misfit);
  const facts = listOf(read);
  addResponse(
    facts,
    {
      nativeId: `survey/${read.need('id')}`,
      at: time.at,
      isFinished: true,
      isZoneKnown: time.isZoneKnown,
      account: read.text('account'),
      url: read.text('url'),
      person: read.handles(),
      hidden: { conversation: read.text('conversation') },
      answers: given,
    },
    {
      hidden: { conversation: { thread: read.text('conversationSource') ?? read.context.source, prefix: '' } },
      questions: {},
    },
  );
  return ok(facts.facts);
}
