import { z } from 'zod';
import { FactList, type HandleInput } from '../fact-list.ts';
import { HandleType, SurveyKind } from '../records.ts';
import { isAddress, numberOf, textOf, type Loose } from './value.ts';

/** What surveys share: fields that travel with the link, and what each question measures. */
export const surveySettings = {
  /** By the name of a field that travels with the survey: the conversation it is about, or the person who answers. */
  hidden: z
    .record(
      z.string(),
      z.union([
        z.strictObject({ thread: z.string(), prefix: z.string().default('') }),
        z.strictObject({ handle: HandleType, source: z.string().optional() }),
      ]),
    )
    .default({
      ticket_id: { thread: 'zendesk', prefix: 'ticket/' },
      email: { handle: 'email' },
      phone: { handle: 'phone' },
    }),
  /** By the id of the question: what it measures and its scale. Other questions are comments where they have words. */
  questions: z
    .record(
      z.string(),
      z.strictObject({
        kind: SurveyKind,
        min: z.number().optional(),
        max: z.number().optional(),
        isHigherBetter: z.boolean().default(true),
        question: z.string().optional(),
      }),
    )
    .default({}),
};
const Schema = z.strictObject(surveySettings);
export type SurveySettings = z.infer<typeof Schema>;
export type QuestionSetting = SurveySettings['questions'][string];

export interface SurveyAnswer extends Partial<QuestionSetting> {
  readonly id: string;
  readonly score?: number | undefined;
  readonly comment?: string | undefined;
}

/** The answer to a question: a score where the settings say what it measures, words otherwise; an address is none. */
export function answerOf(
  id: string,
  value: unknown,
  setting: QuestionSetting | undefined,
  question?: string,
): SurveyAnswer[] {
  const score = setting && numberOf(value);
  if (setting && score !== undefined) return [{ id, score, ...(question && { question }), ...setting }];
  const comment = textOf(value);
  const isSaid = comment && /\p{L}{2}/u.test(comment) && !isAddress(comment);
  return isSaid ? [{ id, comment, ...(question && { question }) }] : [];
}

type Scored = Pick<SurveyAnswer, 'id' | 'score' | 'min' | 'max'>;

/** Says which score lies outside its scale, if one does. */
export function describeMisfit(answers: readonly Scored[]): string | undefined {
  for (const { id, score = 0, min = score, max = score } of answers)
    if (score < min || score > max) return `invalid score: ${score}; expected ${min} to ${max}, the scale of ${id}`;
  return undefined;
}

export interface SurveyResponse {
  readonly nativeId: string;
  readonly at: Date;
  readonly startedAt?: Date | undefined;
  readonly isFinished: boolean;
  readonly isZoneKnown: boolean;
  readonly account?: string | undefined;
  readonly url?: string | undefined;
  readonly person: readonly HandleInput[];
  readonly hidden: Loose;
  readonly answers: readonly SurveyAnswer[];
}

/**
 * Adds a response: a conversation of its own in which the customer says the comments. Scores belong to the conversation
 * that a hidden field names, or else to the response itself. A comment goes with the score asked for before it.
 */
export function addResponse(facts: FactList, response: SurveyResponse, { hidden }: SurveySettings): void {
  const { nativeId, at, answers } = response;
  const ownId = facts.thread({
    nativeId,
    channel: 'survey',
    direction: 'inbound',
    startedAt: response.startedAt ?? at,
    ...(response.isFinished && { endedAt: at, status: 'closed' }),
    ...(response.account && { account: response.account }),
    ...(response.url && { url: response.url }),
  });
  let threadId = ownId;
  const handles: HandleInput[] = [...response.person];
  for (const [name, field] of Object.entries(hidden)) {
    const value = textOf(response.hidden[name]);
    if (value && 'handle' in field) handles.push({ type: field.handle, value, source: field.source });
    if (value && 'thread' in field) threadId = new FactList({ source: field.thread }, 0).threadId(field.prefix + value);
  }
  const [handleId] = handles.map((handle) => facts.participant(ownId, 'customer', at, handle)).filter(Boolean);
  const by = { occurredAt: at, ...(handleId && { handleId }) };
  addScores(facts, response, { ...by, threadId });
  const said = { ...by, threadId: ownId, role: 'customer', timePrecision: 'second' } as const;
  for (const [sequence, { id, comment }] of answers.entries())
    if (comment)
      facts.utterance({
        ...said,
        nativeId: `${nativeId}:${id}`,
        text: comment,
        sequence,
        isZoneKnown: response.isZoneKnown,
      });
}

/** Comments of a response without a score stand together as one answer. */
function addScores(
  facts: FactList,
  { nativeId, answers }: SurveyResponse,
  shared: { threadId: string; occurredAt: Date; handleId?: string },
): void {
  const scores = answers.filter(({ score }) => score !== undefined);
  const commentsOf = new Map<SurveyAnswer | undefined, string[]>();
  let latest = scores[0];
  for (const answer of answers) {
    if (answer.score !== undefined) latest = answer;
    if (answer.comment) commentsOf.set(latest, [...(commentsOf.get(latest) ?? []), answer.comment]);
  }
  for (const answer of scores.length > 0 ? scores : answers.slice(0, 1)) {
    const { id, kind = 'other', score, min, max, question, isHigherBetter } = answer;
    const comment = commentsOf.get(score === undefined ? undefined : answer)?.join('\n');
    facts.survey({
      ...shared,
      nativeId: `${nativeId}:${id}`,
      kind,
      ...(score !== undefined && { score, isHigherBetter: isHigherBetter ?? true }),
      ...(min !== undefined && max !== undefined && { scaleMin: min, scaleMax: max }),
      ...(question && { question }),
      ...(comment && { comment }),
    });
  }
}
