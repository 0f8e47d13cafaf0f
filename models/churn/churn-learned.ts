import { probabilityOf, type Calibration } from '../calibration.ts';
import type { ChurnReason } from './churn.ts';
import type { ChurnRecord } from './churn-record.ts';

/** One sign of leaving: its number, and what is said of a customer who has more or less of it than others. */
interface Sign {
  readonly name: string;
  readonly read: (record: ChurnRecord) => number;
  readonly more: string;
  readonly less: string;
}

const counted = (name: keyof ChurnRecord, more: string, less: string): Sign => ({
  name,
  read: (record) => Math.log1p(Math.max(0, Number(record[name]))),
  more,
  less,
});

/** The signs in the order of the weights. A new order or number of signs makes stored models void: see `isReadable`. */
export const signs: readonly Sign[] = [
  counted('weight_open', 'matters left open', 'no matters left open'),
  counted('weight_repeat', 'had to come back', 'did not have to come back'),
  counted('weight_switch', 'changed channel', 'kept to one channel'),
  counted('count_re_explained', 'had to explain again', 'did not have to explain again'),
  counted('weight_transferred', 'was passed on', 'was not passed on'),
  counted('weight_frustrated', 'was frustrated', 'was not frustrated'),
  counted('weight_cancel', 'asked to cancel', 'did not ask to cancel'),
  counted('weight_threat', 'threatened to leave', 'did not threaten to leave'),
  { name: 'sentiment_recent', read: (record) => record.sentiment_recent ?? 0, more: 'recent contacts positive', less: 'recent contacts negative' },
  counted('weight_negative', 'very negative words', 'no very negative words'),
  { name: 'sentiment_shift', read: shiftOf, more: 'mood rose', less: 'mood fell' },
  { name: 'last_satisfaction', read: (record) => record.last_satisfaction ?? 0.6, more: 'rated us high', less: 'rated us low' },
  counted('silence_days', 'silent for long', 'in touch lately'),
  counted('tenure_days', 'known to us for long', 'known to us for a short time'),
  counted('weight_contacts', 'many contacts lately', 'few contacts lately'),
  counted('count_contacts_earlier', 'many contacts before', 'few contacts before'),
  counted('count_channels', 'used several channels', 'used few channels'),
]; // prettier-ignore

function shiftOf({ sentiment_recent: recent, sentiment_before: before }: ChurnRecord): number {
  return recent === null || before === null ? 0 : recent - before;
}

export const vectorOf = (record: ChurnRecord): Float32Array => Float32Array.from(signs, ({ read }) => read(record));

export interface LearnedChurn {
  /** Names of the signs, as they were when it was learned. */
  readonly signs: readonly string[];
  readonly weight: readonly number[];
  readonly bias: number;
  /** Mean of each sign over the customers it was learned from: contributions are told against it. */
  readonly mean: readonly number[];
  readonly calibration: Calibration;
  /** Share of the customers who left within the window, where it was measured. */
  readonly baseRate: number;
}

export interface LearnedRisk {
  /** Probability to leave within the window. */
  readonly score: number;
  readonly method: 'learned';
  readonly band: 'high' | 'medium' | 'low';
  /** The greatest contributions, in log-odds against an average customer; positive ones raise the risk. */
  readonly reasons: readonly ChurnReason[];
}

/** Whether a stored model reads the signs that are read now. */
export const isReadable = (model: LearnedChurn): boolean =>
  model.signs.length === signs.length && model.signs.every((name, index) => name === signs[index]!.name);

const LEAST_CONTRIBUTION = 0.1;
const MOST_REASONS = 6;

/** Before calibration. */
export const rawScoreOf = (
  { weight, bias }: Pick<LearnedChurn, 'weight' | 'bias'>,
  vector: ArrayLike<number>,
): number => weight.reduce((sum, value, index) => sum + value * vector[index]!, bias);

export function readLearnedRisk(model: LearnedChurn, record: ChurnRecord): LearnedRisk {
  const vector = vectorOf(record);
  const score = probabilityOf(model.calibration, rawScoreOf(model, vector));
  const reasons = signs
    .map(({ more, less }, index) => {
      const distance = vector[index]! - model.mean[index]!;
      const weight = model.calibration.slope * model.weight[index]! * distance;
      return { reason: distance >= 0 ? more : less, weight: Math.round(weight * 1000) / 1000 };
    })
    .filter(({ weight }) => Math.abs(weight) >= LEAST_CONTRIBUTION)
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, MOST_REASONS);
  return { score, method: 'learned', band: bandOf(score, model.baseRate), reasons };
}

/** Four times as probable as usual is high, twice is medium; where leaving is common, 60 % and 30 % are enough. */
export function bandOf(score: number, baseRate: number): LearnedRisk['band'] {
  if (score >= Math.min(0.6, 4 * baseRate)) return 'high';
  return score >= Math.min(0.3, 2 * baseRate) ? 'medium' : 'low';
}
