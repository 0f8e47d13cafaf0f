import { brierScore, fitCalibration, probabilityOf, reliabilityOf, type ReliabilityBin } from '../calibration.ts';
import { areaUnderCurve } from '../evaluation/measure.ts';
import { rawScoreOf, signs, type LearnedChurn } from './churn-learned.ts';
import { fitLogistic } from '../training/logistic.ts';

/** One customer at one cut-off. */
export interface ChurnSample {
  readonly cutoffAt: Date;
  readonly vector: Float32Array;
  readonly ruleScore: number;
  /** Left within the window after the cut-off. */
  readonly isLeaver: boolean;
}

export interface SampleCount {
  readonly cutoffs: number;
  readonly customers: number;
  readonly leavers: number;
}

/** What the last part of the history, which nothing was learned from, says of the model. */
export interface ChurnMeasures {
  readonly baseRate: number;
  readonly area: number;
  readonly areaLow: number;
  readonly areaHigh: number;
  readonly rulesArea: number;
  readonly brier: number;
  /** Of the base rate of the customers learned from, told of everyone: what a model has to beat. */
  readonly baseBrier: number;
  readonly reliability: readonly ReliabilityBin[];
}

export interface ChurnReport {
  readonly train: SampleCount;
  readonly calibrate: SampleCount;
  readonly report: SampleCount;
  readonly measures: ChurnMeasures | null;
}

export interface ChurnFit {
  readonly method: 'learned' | 'rules';
  /** Why it is used, or why not. */
  readonly reason: string;
  readonly model: LearnedChurn | null;
  readonly report: ChurnReport;
}

/** Below these, figures are chance. */
export const LEAST_LEAVERS = { train: 30, calibrate: 10, report: 20 } as const;

type Part = keyof typeof LEAST_LEAVERS;
type Parts = Record<Part, ChurnSample[]>;

/**
 * Learns on the earlier cut-offs, calibrates on the next and reports on the last: a logistic regression, used only where it
 * ranks the last part at least as well as the rules and says more than the base rate does. Windows of an earlier part
 * end before the first cut-off of a later one, so that nothing is learned from what had not yet happened. What is used is
 * what was measured. The same samples give the same model.
 */
export function fitChurn(samples: readonly ChurnSample[], windowDays: number): ChurnFit {
  const parts = splitByTime(samples, windowDays);
  const counts = { train: countOf(parts.train), calibrate: countOf(parts.calibrate), report: countOf(parts.report) };
  const short = (Object.keys(LEAST_LEAVERS) as Part[]).filter((part) => counts[part].leavers < LEAST_LEAVERS[part]);
  if (short.length > 0)
    return refuse(
      `too few customers left within a window after a cut-off: ${counts.train.leavers} to learn from, then ${counts.calibrate.leavers} to calibrate with, then ${counts.report.leavers} to measure on; expected at least ${LEAST_LEAVERS.train}, ${LEAST_LEAVERS.calibrate} and ${LEAST_LEAVERS.report}`,
      { ...counts, measures: null },
    );
  const model = learn(parts);
  if (model.calibration.slope <= 0)
    return refuse('what was learned from earlier months does not hold in later ones', { ...counts, measures: null });
  const measures = measure(model, parts);
  const report = { ...counts, measures };
  const figures = `area under the curve ${measures.area.toFixed(3)}, of the rules ${measures.rulesArea.toFixed(3)}; Brier score ${measures.brier.toFixed(4)}, of the base rate ${measures.baseBrier.toFixed(4)}`;
  if (measures.areaLow <= 0.5) return refuse(`it does not surely rank better than chance (${figures})`, report);
  if (measures.area < measures.rulesArea) return refuse(`the rules rank better (${figures})`, report);
  if (measures.brier >= measures.baseBrier)
    return refuse(`its probabilities say no more than the base rate (${figures})`, report);
  return { method: 'learned', reason: `it ranks at least as well as the rules (${figures})`, model, report };
}

const refuse = (reason: string, report: ChurnReport): ChurnFit => ({ method: 'rules', reason, model: null, report });

const countOf = (samples: readonly ChurnSample[]): SampleCount => ({
  cutoffs: new Set(samples.map(({ cutoffAt }) => cutoffAt.getTime())).size,
  customers: samples.length,
  leavers: samples.filter(({ isLeaver }) => isLeaver).length,
});

/** From the end backwards: each part takes whole cut-offs until it has leavers enough; the rest is learned from. */
function splitByTime(samples: readonly ChurnSample[], windowDays: number): Parts {
  const parts: Parts = { train: [], calibrate: [], report: [] };
  const times = [...new Set(samples.map(({ cutoffAt }) => cutoffAt.getTime()))].sort((one, other) => other - one);
  let part: Part = 'report';
  let endsBefore = Number.POSITIVE_INFINITY;
  for (const time of times) {
    if (time + windowDays * 86_400_000 > endsBefore) continue;
    parts[part].push(...samples.filter(({ cutoffAt }) => cutoffAt.getTime() === time));
    if (part === 'train' || countOf(parts[part]).leavers < LEAST_LEAVERS[part]) continue;
    part = part === 'report' ? 'calibrate' : 'train';
    endsBefore = time;
  }
  return parts;
}

function learn({ train, calibrate }: Parts): LearnedChurn {
  const { weight, bias } = fitLogistic(
    train.map(({ vector, isLeaver }) => ({ features: vector, target: isLeaver ? 1 : 0 })),
    { ridge: 2 / train.length, passes: Math.min(150, Math.max(8, Math.ceil(300_000 / train.length))) },
  );
  const plain = { weight: Array.from(weight), bias };
  return {
    ...plain,
    signs: signs.map(({ name }) => name),
    mean: signs.map((_, index) => train.reduce((sum, { vector }) => sum + vector[index]!, 0) / train.length),
    calibration: fitCalibration(
      calibrate.map(({ vector, isLeaver }) => ({ score: rawScoreOf(plain, vector), isTrue: isLeaver })),
    ),
    baseRate: calibrate.filter(({ isLeaver }) => isLeaver).length / calibrate.length,
  };
}

function measure(model: LearnedChurn, { calibrate, report }: Parts): ChurnMeasures {
  const truth = report.map(({ isLeaver }) => isLeaver);
  const scored = report.map(({ vector, isLeaver }) => ({
    score: probabilityOf(model.calibration, rawScoreOf(model, vector)),
    isTrue: isLeaver,
  }));
  const known = countOf(calibrate);
  const area = areaUnderCurve(
    scored.map(({ score }) => score),
    truth,
  );
  return {
    baseRate: countOf(report).leavers / report.length,
    area,
    ...areaInterval(area, countOf(report)),
    rulesArea: areaUnderCurve(
      report.map(({ ruleScore }) => ruleScore),
      truth,
    ),
    brier: brierScore(scored),
    baseBrier: brierScore(truth.map((isTrue) => ({ score: known.leavers / known.customers, isTrue }))),
    reliability: reliabilityOf(scored),
  };
}

/** The 95 % interval of an area under the curve (Hanley and McNeil 1982). */
function areaInterval(area: number, { leavers, customers }: SampleCount): { areaLow: number; areaHigh: number } {
  const stayers = customers - leavers;
  const pair = area / (2 - area) - area ** 2;
  const twin = (2 * area ** 2) / (1 + area) - area ** 2;
  const variance = (area * (1 - area) + (leavers - 1) * pair + (stayers - 1) * twin) / (leavers * stayers);
  const reach = 1.96 * Math.sqrt(Math.max(0, variance));
  return { areaLow: Math.max(0, area - reach), areaHigh: Math.min(1, area + reach) };
}
