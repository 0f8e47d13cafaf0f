import type { TypeformSettings } from './settings.ts';
import { objectOf, objectsOf, numberOf, textOf, type Loose } from '../../formats/value.ts';

type QuestionSetting = TypeformSettings['questions'][string];

/** A score with its comments, or a comment of a form that asks for none. */
export interface Answer {
  readonly id: string;
  readonly kind: 'csat' | 'nps' | 'ces' | 'other';
  readonly score?: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly isHigherBetter?: boolean;
  readonly question?: string | undefined;
  /** Long texts that were asked for after it, and before the next score. */
  readonly comments: { id: string; text: string }[];
}

export interface Answers {
  readonly questions: Answer[];
  readonly emails: string[];
  readonly phones: string[];
}

const SCORED_TYPES = new Set(['nps', 'opinion_scale', 'rating']);

/**
 * Reads the answers of one response. A long text belongs to the score asked for before it, or to the first one. The
 * scale comes from the settings, or from the form's definition where a webhook carries it; where neither states it,
 * it is left out: a 4 may be of 5 or of 10, and the answer does not say.
 */
export function readAnswers(response: Loose, settings: Readonly<Record<string, QuestionSetting>>): Answers {
  // A group has its questions in it.
  const fields = objectsOf(objectOf(response.definition).fields).flatMap((field) => [
    field,
    ...objectsOf(objectOf(field.properties).fields),
  ]);
  const answers: Answers = { questions: [], emails: [], phones: [] };
  const waiting: Answer[] = [];
  for (const answer of objectsOf(response.answers)) {
    const { id: fieldId, ref, type } = objectOf(answer.field);
    const defined = fields.find((field) => field.id === fieldId) ?? {};
    const id = textOf(fieldId) ?? textOf(ref) ?? '';
    const question = textOf(defined.title);
    const text = textOf(answer.text);
    const score = numberOf(answer.number);
    if (SCORED_TYPES.has(textOf(type) ?? '') && score !== undefined) {
      const scale = scaleOf(String(type), objectOf(defined.properties), settings[textOf(ref) ?? ''] ?? settings[id]);
      const earlier = answers.questions.length === 0 ? waiting.splice(0).flatMap(({ comments }) => comments) : [];
      answers.questions.push({ id, score, question, comments: earlier, ...scale });
    } else if (type === 'long_text' && text) {
      const latest = answers.questions.at(-1)?.comments;
      if (latest) latest.push({ id, text });
      else waiting.push({ id, kind: 'other', question, comments: [{ id, text }] });
    } else if (answer.type === 'email') answers.emails.push(textOf(answer.email) ?? '');
    else if (answer.type === 'phone_number') answers.phones.push(textOf(answer.phone_number) ?? '');
  }
  answers.questions.push(...waiting);
  return answers;
}

function scaleOf(type: string, properties: Loose, setting: QuestionSetting = {}) {
  const { min, max } =
    type === 'nps' ? { min: 0, max: 10 } : definedScale(type, numberOf(properties.steps), properties);
  return {
    // What other scales measure is for the settings to say: satisfaction, effort, or how the coffee was.
    kind: setting.kind ?? (type === 'nps' ? ('nps' as const) : ('other' as const)),
    min: setting.min ?? min,
    max: setting.max ?? max,
    isHigherBetter: setting.isHigherBetter ?? true,
  };
}

/** A rating counts from 1; an opinion scale from 0, unless it is told to start at one. */
function definedScale(
  type: string,
  steps: number | undefined,
  { start_at_one }: Loose,
): { min?: number; max?: number } {
  if (steps === undefined) return {};
  const min = type === 'rating' || start_at_one === true ? 1 : 0;
  return { min, max: min + steps - 1 };
}
