import { groupBy } from '../../group-by.ts';
import { dot, softmax } from '../encoder/heads.ts';
import { choleskyOf, solveLower, solveUpper } from './linear-algebra.ts';

/** A text of a person's own intent as a unit vector; `label` is -1 for a text that belongs to none. */
export interface LabelledVector {
  readonly vector: Float32Array;
  readonly label: number;
}

export type HeadMethod = 'least_squares' | 'centroid';

/** One row of weights for each intent; the score of an intent is weight · vector + bias. */
export interface OwnIntentHead {
  readonly method: HeadMethod;
  readonly weight: readonly Float32Array[];
  readonly bias: Float32Array;
}

/** What a head says of its own examples when it has not seen them. */
export interface HeldOut {
  /** Scores of each example by a head that was fitted without it. */
  readonly withoutExample: readonly Float32Array[];
  /** Scores of each example by a head that was fitted without any example of its intent; NaN for that intent. */
  readonly withoutIntent: readonly Float32Array[];
}

export interface FittedHead extends HeldOut {
  readonly head: OwnIntentHead;
  /** The share of examples that the head gets right when it has not seen them. */
  readonly accuracy: number;
  /** Mean loss at the best temperature, which decides between heads with the same accuracy. */
  readonly loss: number;
}

const ridges = [0.3, 3];

/** The head that cross-validates best: least squares with one of several ridges, or the nearest centroid. */
export function fitOwnIntentHead(samples: readonly LabelledVector[], count: number): FittedHead {
  const candidates = [...ridges.map((ridge) => fitLeastSquares(samples, count, ridge)), fitCentroids(samples, count)];
  return candidates.reduce((best, one) =>
    one.accuracy > best.accuracy || (one.accuracy === best.accuracy && one.loss < best.loss) ? one : best,
  );
}

/**
 * Regularised least squares to 1 for the own intent and 0 for all others. What it says of an example, or of all examples
 * of an intent, that it has not seen follows exactly from the fit to all of them (the leave-one-out formula of ridge
 * regression, by blocks), so that cross-validation costs no second fit.
 */
export function fitLeastSquares(samples: readonly LabelledVector[], count: number, ridge: number): FittedHead {
  const size = samples[0]!.vector.length + 1;
  const rows = samples.map(({ vector }) => Float64Array.from([...vector, 1]));
  const factor = choleskyOf(gramOf(rows, size, ridge), size);
  const reduced = rows.map((row) => solveLower(factor, row, size));
  const head = headOf(weightsOf(reduced, samples, factor, { size, count }));
  const fitted = samples.map(({ vector }) => scoresOf(head, vector));
  const groups = [...groupBy([...samples.keys()], (index) => samples[index]!.label).entries()];
  const withoutExample = samples.map(
    ({ label }, index) => heldOut([index], [label], { reduced, fitted, count, ridge })[0]!,
  );
  const withoutIntent: Float32Array[] = [];
  for (const [label, members] of groups) {
    const scores =
      label < 0
        ? members.map((index) => withoutExample[index]!)
        : heldOut(
            members,
            members.map(() => label),
            { reduced, fitted, count, ridge },
          );
    members.forEach((index, place) => {
      withoutIntent[index] = scores[place]!.map((score, intent) => (intent === label ? Number.NaN : score));
    });
  }
  return { head, withoutExample, withoutIntent, ...qualityOf(samples, withoutExample) };
}

/** The cosine with the mean of each intent's examples. */
export function fitCentroids(samples: readonly LabelledVector[], count: number): FittedHead {
  const size = samples[0]!.vector.length;
  const sums = Array.from({ length: count }, () => new Float32Array(size));
  for (const { vector, label } of samples)
    if (label >= 0) vector.forEach((value, index) => (sums[label]![index]! += value));
  const head: OwnIntentHead = { method: 'centroid', weight: sums.map(unit), bias: new Float32Array(count) };
  const withoutExample = samples.map(({ vector, label }) => {
    const scores = scoresOf(head, vector);
    if (label >= 0) scores[label] = dot(unit(sums[label]!.map((value, index) => value - vector[index]!)), vector);
    return scores;
  });
  const withoutIntent = samples.map(({ vector, label }) =>
    scoresOf(head, vector).map((score, intent) => (intent === label ? Number.NaN : score)),
  );
  return { head, withoutExample, withoutIntent, ...qualityOf(samples, withoutExample) };
}

export function scoresOf({ weight, bias }: OwnIntentHead, vector: Float32Array): Float32Array {
  return Float32Array.from(weight, (row, intent) => dot(row, vector) + bias[intent]!);
}

/** The best intent, its score, and by how much it leads; NaN scores are left out. */
export function bestOf(scores: Float32Array): { intent: number; top: number; lead: number } {
  let intent = -1;
  let second = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (Number.isNaN(score)) continue;
    if (intent < 0 || score > scores[intent]!) {
      if (intent >= 0) second = scores[intent]!;
      intent = index;
    } else if (score > second) second = score;
  }
  const top = intent < 0 ? 0 : scores[intent]!;
  return { intent, top, lead: Number.isFinite(second) ? top - second : top };
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function gramOf(rows: readonly Float64Array[], size: number, ridge: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (const row of rows)
    for (let left = 0; left < size; left++) {
      const value = row[left]!;
      for (let right = 0; right <= left; right++) gram[left * size + right]! += value * row[right]!;
    }
  for (let index = 0; index < size; index++) gram[index * size + index]! += ridge;
  return gram;
}

function weightsOf(
  reduced: readonly Float64Array[],
  samples: readonly LabelledVector[],
  factor: Float64Array,
  { size, count }: { size: number; count: number },
): Float64Array[] {
  const sums = Array.from({ length: count }, () => new Float64Array(size));
  samples.forEach(({ label }, index) => {
    if (label >= 0) reduced[index]!.forEach((value, place) => (sums[label]![place]! += value));
  });
  return sums.map((sum) => solveUpper(factor, sum, size));
}

const headOf = (weights: readonly Float64Array[]): OwnIntentHead => ({
  method: 'least_squares',
  weight: weights.map((row) => Float32Array.from(row.subarray(0, -1))),
  bias: Float32Array.from(weights, (row) => row.at(-1)!),
});

interface Fit {
  readonly reduced: readonly Float64Array[];
  readonly fitted: readonly Float32Array[];
  readonly count: number;
  readonly ridge: number;
}

/** Scores of a block of examples without that block: y − (I − H)⁻¹ (y − ŷ), H being the block of the hat matrix. */
function heldOut(members: readonly number[], labels: readonly number[], fit: Fit): Float32Array[] {
  if (members.length === 1) return [heldOutAlone(members[0]!, labels[0]!, fit)];
  const size = members.length;
  const remaining = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      const hat = dot64(fit.reduced[members[row]!]!, fit.reduced[members[column]!]!);
      remaining[row * size + column] = (row === column ? 1 : 0) - hat;
    }
  const factor = choleskyOf(remaining, size);
  const scores = members.map(() => new Float32Array(fit.count));
  for (let intent = 0; intent < fit.count; intent++) {
    const target = (row: number): number => (labels[row] === intent ? 1 : 0);
    const rest = Float64Array.from(members, (index, row) => target(row) - fit.fitted[index]![intent]!);
    const errors = solveUpper(factor, solveLower(factor, rest, size), size);
    errors.forEach((error, row) => (scores[row]![intent] = target(row) - error));
  }
  return scores;
}

function heldOutAlone(index: number, label: number, { reduced, fitted, count }: Fit): Float32Array {
  const rest = 1 - dot64(reduced[index]!, reduced[index]!);
  const scores = new Float32Array(count);
  for (let intent = 0; intent < count; intent++) {
    const target = label === intent ? 1 : 0;
    scores[intent] = target - (target - fitted[index]![intent]!) / Math.max(rest, 1e-9);
  }
  return scores;
}

function dot64(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

const temperatures = [0.02, 0.05, 0.1, 0.2, 0.5];

function qualityOf(samples: readonly LabelledVector[], scores: readonly Float32Array[]) {
  const own = samples.flatMap(({ label }, index) => (label >= 0 ? [{ label, scores: scores[index]! }] : []));
  const right = own.filter(({ label, scores: row }) => bestOf(row).intent === label).length;
  const lossAt = (temperature: number): number =>
    own.reduce(
      (sum, { label, scores: row }) =>
        sum - Math.log(Math.max(softmax(row.map((score) => score / temperature))[label]!, 1e-9)),
      0,
    ) / own.length;
  return { accuracy: right / own.length, loss: Math.min(...temperatures.map(lossAt)) };
}
