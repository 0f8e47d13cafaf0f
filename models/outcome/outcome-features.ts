import { dot } from '../encoder/heads.ts';
import type { LinearRows, OutcomeModel } from './outcome-model.ts';
import { shapeOf, type SpokenSentence } from '../summaries/salience.ts';
import { outcomes, type Outcome, type SpokenTurn } from '../text/spoken-turn.ts';

/** What a sentence is judged by, wherever it stands: its shape, then its vector. */
export const sentenceFeatures = (sentence: SpokenSentence, vector: Float32Array): Float32Array =>
  Float32Array.from([...shapeOf(sentence), ...vector]);

/** What its place adds: a bot's words, and how near the end they stand. */
export function placeFeatures(role: string, turnsAfter: number): Float32Array {
  const isCustomer = Number(role === 'customer');
  const near = [Math.log1p(turnsAfter), Number(turnsAfter === 0), Number(turnsAfter < 2), Number(turnsAfter < 4)];
  return Float32Array.from([Number(role === 'bot'), ...near, ...near.map((value) => value * isCustomer)]);
}

export const applyRows = ({ weight, bias }: LinearRows, features: Float32Array): number[] =>
  weight.map((row, index) => dot(row, features) + bias[index]!);

/** For each of `outcomes` the log-odds that a sentence says so, by its words alone. */
export const readSentenceOutcomes = (
  { sentence }: OutcomeModel,
  said: SpokenSentence,
  vector: Float32Array,
): number[] => applyRows(sentence, sentenceFeatures(said, vector));

/** For each sentence of each turn, how likely it says that the contact ended in each of `outcomes`. */
export function outcomesOfSentences(
  { place }: Pick<OutcomeModel, 'place'>,
  turns: readonly Pick<SpokenTurn, 'role' | 'outcomes'>[],
): number[][][] {
  return turns.map(({ role, outcomes: sentences }, index) => {
    const added = applyRows(place, placeFeatures(role, turns.length - 1 - index));
    return sentences.map((odds) => sharesOf(odds.map((value, outcome) => value + added[outcome]!)));
  });
}

/** Softmax beside a class of its own with log-odds 0: sentences that say nothing of the outcome. */
function sharesOf(odds: readonly number[]): number[] {
  const highest = Math.max(0, ...odds);
  const powers = odds.map((value) => Math.exp(value - highest));
  const total = powers.reduce((sum, power) => sum + power, Math.exp(-highest));
  return powers.map((power) => power / total);
}

/** The share of each of `outcomes`, by all that was said. */
export function readContact(model: OutcomeModel, turns: readonly SpokenTurn[], byRules: Outcome): number[] {
  const scores = applyRows(model.contact, contactFeatures(turns, outcomesOfSentences(model, turns), byRules));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Shares below this are as good as none. */
const least = 1e-4;
/** What a turn weighs, beside the one after it. */
const earlierShare = 0.8;

/**
 * A contact for the fitted model: what the sentences of each side's last turn say, of the last two turns, the last
 * four, and all, nearer ones weighing more; sentiment of the last words, the mean and the shift; who spoke last, and
 * how long; and what the rules make of it.
 */
export function contactFeatures(
  turns: readonly SpokenTurn[],
  shares: readonly (readonly (readonly number[])[])[],
  byRules: Outcome,
): Float32Array {
  const last = turns.length - 1;
  const customer = turns.findLastIndex(({ role }) => role === 'customer');
  const company = turns.findLastIndex(({ role }) => role !== 'customer');
  const all = [...turns.keys()];
  const groups = [[customer], [company], [last], [last - 1], all.slice(-4), all];
  const highest = (group: readonly number[], weightOf: (turn: number) => number): number[] =>
    outcomes.map((_, outcome) =>
      Math.log(
        Math.max(
          least,
          ...group.flatMap((turn) => (shares[turn] ?? []).map((each) => each[outcome]! * weightOf(turn))),
        ),
      ),
    );
  return Float32Array.from([
    ...groups.flatMap((group) => highest(group, () => 1)),
    ...highest(all, (turn) => earlierShare ** (last - turn)),
    ...moodOf(turns, turns[customer], turns[company]),
    ...formOf(turns, turns[customer], turns[company]),
    ...outcomes.map((name) => Number(name === byRules)),
  ]);
}

type LastOf = SpokenTurn | undefined;

function moodOf(turns: readonly SpokenTurn[], customer: LastOf, company: LastOf): number[] {
  const scores = turns.flatMap(({ role, score }) => (role === 'customer' && score !== null ? [score] : []));
  return [
    customer?.score ?? 0,
    company?.score ?? 0,
    turns.at(-1)!.score ?? 0,
    scores.reduce((sum, score) => sum + score, 0) / Math.max(scores.length, 1),
    scores.length > 0 ? scores.at(-1)! - scores[0]! : 0,
    Number(customer?.isFrustrated ?? false),
  ];
}

function formOf(turns: readonly SpokenTurn[], customer: LastOf, company: LastOf): number[] {
  const last = turns.at(-1)!;
  const isAsking = (turn: LastOf): number => Number(turn?.text.includes('?') ?? false);
  return [
    Number(last.role === 'customer'),
    Number(last.role === 'bot'),
    Number(company?.role === 'bot'),
    Number(turns.some(({ role }) => role === 'agent')),
    Number(last.role === 'customer' && turns.at(-2)?.role === 'customer'),
    Math.log(turns.length),
    Math.log1p(customer?.text.length ?? 0),
    Math.log1p(company?.text.length ?? 0),
    isAsking(customer),
    isAsking(company),
  ];
}
