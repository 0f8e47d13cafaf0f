import { reliabilityOf, type ReliabilityBin } from '../calibration.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { percent, type Result } from './measure.ts';
import { readDevTurns, sentimentOf } from './support-turns.ts';

const BINS = 10;

/** How sure the model was of the sentiment it named, against how often it was right. */
export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance of the two over all turns: the expected calibration error (Guo and others 2017). */
  readonly error: number;
  readonly turns: number;
}

/** Read on turns that neither taught the model nor chose its temperature. */
export async function readReliability(pool: EncoderPool): Promise<Reliability> {
  const read = (await readDevTurns(pool)).filter(({ turn }) => !turn.isCalibration);
  const bins = reliabilityOf(
    read.map(({ turn, signals: { sentiment } }) => ({
      score: Math.max(sentiment.negative, sentiment.neutral, sentiment.positive),
      isTrue: sentiment.label === sentimentOf(turn),
    })),
    BINS,
  );
  const distances = bins.map(({ rows, predicted, observed }) => rows * Math.abs(predicted - observed));
  return { bins, error: distances.reduce((sum, one) => sum + one, 0) / read.length, turns: read.length };
}

export const resultOf = ({ error, turns }: Reliability): Result => ({
  task: 'sentiment, how sure against how right',
  protocol: `support turns, ${turns} that neither taught nor chose anything; expected calibration error in ${BINS} bins of as many turns`,
  published: '–',
  ours: error.toFixed(3),
});

export const linesOf = ({ bins }: Reliability): string[] => [
  '| turns | says it is sure to | is right in | 95 % interval |',
  '| --- | --- | --- | --- |',
  ...bins.map(
    ({ rows, predicted, observed, low, high }) =>
      `| ${rows} | ${percent(predicted)} % | ${percent(observed)} % | ${percent(low)} to ${percent(high)} |`,
  ),
];
