import { softmax } from '../encoder/heads.ts';

export interface ScoredSample {
  /** Before softmax, one for each label. */
  readonly scores: Float32Array;
  /** The index of the right label. */
  readonly truth: number;
}

/**
 * The temperature by which scores are to be divided so that the right labels become most likely (Guo and others, On
 * Calibration of Modern Neural Networks, 2017). From 0.3 to 5 in steps of one per cent.
 */
export function bestTemperature(samples: readonly ScoredSample[]): number {
  const candidates = Array.from({ length: 283 }, (_, step) => 0.3 * 1.01 ** step);
  const lossOf = (temperature: number): number =>
    samples.reduce(
      (sum, { scores, truth }) =>
        sum - Math.log(Math.max(softmax(scores.map((value) => value / temperature))[truth]!, 1e-9)),
      0,
    );
  const losses = candidates.map(lossOf);
  return candidates[losses.indexOf(Math.min(...losses))]!;
}
