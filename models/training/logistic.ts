import type { LinearModel } from '../summaries/salience.ts';
import { shuffledPasses } from './shuffled-passes.ts';
import { standardOf } from './standard.ts';

export interface Sample {
  readonly features: ArrayLike<number>;
  /** 0 to 1; a share counts as a share. */
  readonly target: number;
}

/**
 * Logistic regression by AdaGrad over shuffled samples, on standardised features, with the standardisation folded into the
 * weights. The same samples give the same model.
 */
export function fitLogistic(
  samples: readonly Sample[],
  options: { ridge: number; passes: number; rate?: number },
): LinearModel {
  const { mean, deviation } = standardOf(samples);
  const size = mean.length;
  const weight = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-8);
  const row = new Float64Array(size);
  const rate = options.rate ?? 0.05;
  let bias = 0;
  for (const { features, target } of shuffledPasses(samples, options.passes)) {
    let score = bias;
    for (let index = 0; index < size; index++) {
      row[index] = (features[index]! - mean[index]!) / deviation[index]!;
      score += weight[index]! * row[index]!;
    }
    const error = 1 / (1 + Math.exp(-score)) - target;
    bias -= rate * 0.1 * error;
    for (let index = 0; index < size; index++) {
      const gradient = error * row[index]! + options.ridge * weight[index]!;
      squares[index]! += gradient * gradient;
      weight[index]! -= (rate * gradient) / Math.sqrt(squares[index]!);
    }
  }
  const folded = Float32Array.from(weight, (value, index) => value / deviation[index]!);
  return { weight: folded, bias: bias - folded.reduce((sum, value, index) => sum + value * mean[index]!, 0) };
}
