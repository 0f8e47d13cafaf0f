import { shuffledPasses } from './shuffled-passes.ts';
import { standardOf } from './standard.ts';

export interface ClassSample {
  readonly features: ArrayLike<number>;
  /** Index of its class. */
  readonly truth: number;
}

/** A row of weights and a bias for each class; the class of the highest score is the likeliest (softmax). */
export interface MultinomialModel {
  readonly weight: readonly Float64Array[];
  readonly bias: readonly number[];
}

/**
 * Multinomial logistic regression by AdaGrad over shuffled samples, on standardised features, with the standardisation
 * folded into the weights, as in `fitLogistic`. The same samples give the same model.
 */
export function fitMultinomial(
  samples: readonly ClassSample[],
  { classes, ridge, passes, rate = 0.05 }: { classes: number; ridge: number; passes: number; rate?: number },
): MultinomialModel {
  const { mean, deviation } = standardOf(samples);
  const rows = samples.map(({ features, truth }) => ({
    values: Float32Array.from(features, (value, index) => (value - mean[index]!) / deviation[index]!),
    truth,
  }));
  const weight = Array.from({ length: classes }, () => new Float64Array(mean.length));
  const squares = weight.map((row) => new Float64Array(row.length).fill(1e-8));
  const bias = weight.map(() => 0);
  for (const { values, truth } of shuffledPasses(rows, passes)) {
    const shares = softmaxOf(weight.map((row, index) => dot(row, values) + bias[index]!));
    shares.forEach((share, index) => {
      const error = share - Number(index === truth);
      bias[index]! -= rate * 0.1 * error;
      descend(weight[index]!, squares[index]!, values, { error, ridge, rate });
    });
  }
  const folded = weight.map((row) => row.map((value, index) => value / deviation[index]!));
  return { weight: folded, bias: bias.map((value, index) => value - dot(folded[index]!, mean)) };
}

/** The share of each class. */
export const readShares = ({ weight, bias }: MultinomialModel, features: ArrayLike<number>): number[] =>
  softmaxOf(weight.map((row, index) => dot(row, features) + bias[index]!));

function descend(
  row: Float64Array,
  squares: Float64Array,
  values: Float32Array,
  { error, ridge, rate }: { error: number; ridge: number; rate: number },
): void {
  for (let index = 0; index < row.length; index++) {
    const gradient = error * values[index]! + ridge * row[index]!;
    squares[index]! += gradient * gradient;
    row[index]! -= (rate * gradient) / Math.sqrt(squares[index]!);
  }
}

function dot(row: Float64Array, values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += row[index]! * values[index]!;
  return sum;
}

function softmaxOf(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
