import { CrosstalkError } from '../../errors.ts';
import { groupBy } from '../../group-by.ts';
import { sigmoid } from '../encoder/heads.ts';
import {
  bestOf,
  fitOwnIntentHead,
  scoresOf,
  unit,
  type HeadMethod,
  type LabelledVector,
  type OwnIntentHead,
} from './own-intent-head.ts';

export interface OwnIntentExample {
  readonly intent: string;
  readonly text: string;
}

/** A head with what makes its scores honest: how sure it is, and how sure it must be to name an intent at all. */
export interface OwnIntentModel extends OwnIntentHead {
  readonly intents: readonly string[];
  /** The probability that the best intent is right: sigmoid(top × score + lead × distance to the next + bias). */
  readonly confidence: { readonly top: number; readonly lead: number; readonly bias: number };
  /** Below it the answer is "unknown". */
  readonly threshold: number;
}

/** What cross-validation says; all shares are of texts that the head had not seen. */
export interface OwnIntentReport {
  readonly method: HeadMethod;
  readonly examples: number;
  /** The best intent is the right one. */
  readonly accuracy: number;
  /** The same, and the head was sure enough to say so. */
  readonly accuracyWithUnknown: number;
  /** Texts whose intent the head was not taught, and which it called unknown. */
  readonly unknownRefused: number;
  readonly threshold: number;
  readonly intents: readonly {
    readonly intent: string;
    readonly examples: number;
    readonly accuracy: number;
    readonly needsExamples: boolean;
  }[];
  readonly confusions: readonly { readonly intent: string; readonly found: string; readonly count: number }[];
  /** Examples that look like those of another intent: reword, move or drop them. */
  readonly confusing: readonly { readonly intent: string; readonly text: string; readonly found: string }[];
}

export interface OwnIntentFound {
  readonly intent: string;
  readonly score: number;
}

const fewestExamples = 2;
const wantedExamples = 5;
const wantedAccuracy = 0.8;

/**
 * Learns a company's own intents from a few examples of each, given as vectors. `background` are texts that belong to no
 * intent (greetings, thanks, bare answers). Deterministic; 20 intents of 5 examples take some hundredths of a second.
 */
export function trainOwnIntents(
  examples: readonly OwnIntentExample[],
  vectors: readonly Float32Array[],
  background: readonly Float32Array[],
): { model: OwnIntentModel; report: OwnIntentReport } {
  const intents = checkExamples(examples);
  const samples: LabelledVector[] = [
    ...examples.map(({ intent }, index) => ({ vector: unit(vectors[index]!), label: intents.indexOf(intent) })),
    ...background.map((vector) => ({ vector: unit(vector), label: -1 })),
  ];
  const { head, withoutExample, withoutIntent, accuracy } = fitOwnIntentHead(samples, intents.length);
  const known = examples.map((_, index) => {
    const best = bestOf(withoutExample[index]!);
    return { ...best, isRight: best.intent === samples[index]!.label };
  });
  const unknown = withoutIntent.map((scores) => ({ ...bestOf(scores), isRight: false }));
  const confidence = fitConfidence([...known, ...unknown]);
  const sure = (one: { top: number; lead: number }): number => confidenceOf(confidence, one);
  const threshold = bestThreshold(
    known.map((one) => ({ score: sure(one), isRight: one.isRight })),
    unknown.map(sure),
  );
  const report = reportOf(
    examples,
    intents,
    known.map((one) => ({ ...one, isSure: sure(one) >= threshold })),
  );
  return {
    model: { ...head, intents, confidence, threshold },
    report: {
      method: head.method,
      examples: examples.length,
      accuracy,
      accuracyWithUnknown: known.filter((one) => one.isRight && sure(one) >= threshold).length / known.length,
      unknownRefused: unknown.filter((one) => sure(one) < threshold).length / unknown.length,
      threshold,
      ...report,
    },
  };
}

/** The intent of a unit vector, or undefined for unknown. */
export function readOwnIntent(model: OwnIntentModel, vector: Float32Array): OwnIntentFound | undefined {
  const best = bestOf(scoresOf(model, vector));
  const score = confidenceOf(model.confidence, best);
  return score >= model.threshold ? { intent: model.intents[best.intent]!, score } : undefined;
}

export const confidenceOf = (
  { top, lead, bias }: OwnIntentModel['confidence'],
  best: { top: number; lead: number },
): number => sigmoid(top * best.top + lead * best.lead + bias);

function checkExamples(examples: readonly OwnIntentExample[]): string[] {
  const groups = groupBy(examples, ({ intent }) => intent);
  const refuse = (what: string, rule: string) =>
    new CrosstalkError('invalid_argument', `invalid ${what}; expected ${rule}`);
  if (groups.size < 2) throw refuse(`intents: ${[...groups.keys()].join(', ') || 'none'}`, 'at least two intents');
  for (const [intent, own] of groups)
    if (own.length < fewestExamples)
      throw refuse(
        `intent: ${intent} has ${own.length} example`,
        `at least ${fewestExamples}, better ${wantedExamples}`,
      );
  return [...groups.keys()].sort();
}

interface Judged {
  readonly top: number;
  readonly lead: number;
  readonly isRight: boolean;
}

/** Logistic regression on two numbers, by Newton's method with a little ridge; right and wrong weigh the same. */
function fitConfidence(judged: readonly Judged[]): OwnIntentModel['confidence'] {
  const right = judged.filter(({ isRight }) => isRight).length || 1;
  const wrong = judged.length - right || 1;
  const weights = [0, 0, 0];
  for (let step = 0; step < 30; step++) {
    const gradient = weights.map((weight, index) => (index < 2 ? 1e-3 * weight : 0));
    const curvature = [1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-6];
    for (const { top, lead, isRight } of judged) {
      const row = [top, lead, 1];
      const chance = sigmoid(row.reduce((sum, value, index) => sum + value * weights[index]!, 0));
      const share = isRight ? 0.5 / right : 0.5 / wrong;
      row.forEach((value, left) => {
        gradient[left]! += share * (chance - (isRight ? 1 : 0)) * value;
        row.forEach((other, place) => (curvature[left * 3 + place]! += share * chance * (1 - chance) * value * other));
      });
    }
    solveThree(curvature, gradient).forEach((change, index) => (weights[index]! -= change));
  }
  return { top: weights[0]!, lead: weights[1]!, bias: weights[2]! };
}

/** Cramer's rule. */
function solveThree(matrix: readonly number[], values: readonly number[]): number[] {
  const determinant = (m: readonly number[]): number =>
    m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
    m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
    m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!);
  const whole = determinant(matrix);
  return values.map(
    (_, column) =>
      determinant(matrix.map((value, index) => (index % 3 === column ? values[Math.floor(index / 3)]! : value))) /
      whole,
  );
}

/** The threshold with the best mean of two shares: known texts that get their intent, unknown ones that get none. */
function bestThreshold(known: readonly { score: number; isRight: boolean }[], unknown: readonly number[]): number {
  const candidates = Array.from({ length: 91 }, (_, step) => Number((0.05 + step * 0.01).toFixed(2)));
  const value = (least: number): number =>
    known.filter(({ score, isRight }) => isRight && score >= least).length / known.length +
    unknown.filter((score) => score < least).length / Math.max(unknown.length, 1);
  return candidates.reduce((best, candidate) => (value(candidate) > value(best) ? candidate : best));
}

function reportOf(
  examples: readonly OwnIntentExample[],
  intents: readonly string[],
  known: readonly { intent: number; isRight: boolean; isSure: boolean }[],
): Pick<OwnIntentReport, 'intents' | 'confusions' | 'confusing'> {
  const rows = examples.map((example, index) => ({ ...example, ...known[index]!, wanted: example.intent }));
  const byIntent = groupBy(rows, ({ wanted }) => wanted);
  const wrong = rows.filter(({ isRight }) => !isRight);
  const confusions = groupBy(wrong, ({ wanted, intent }) => `${wanted}\u001e${intents[intent]}`);
  return {
    intents: intents.map((intent) => {
      const own = byIntent.get(intent)!;
      const accuracy = own.filter(({ isRight, isSure }) => isRight && isSure).length / own.length;
      return {
        intent,
        examples: own.length,
        accuracy,
        needsExamples: own.length < wantedExamples || accuracy < wantedAccuracy,
      };
    }),
    confusions: [...confusions.values()]
      .map((group) => ({ intent: group[0]!.wanted, found: intents[group[0]!.intent]!, count: group.length }))
      .sort((left, right) => right.count - left.count),
    confusing: wrong.map(({ wanted, text, intent }) => ({ intent: wanted, text, found: intents[intent]! })),
  };
}
