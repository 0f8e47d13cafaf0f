import { createRandom } from '../random.ts';
import { softmax } from '../encoder/heads.ts';

export interface SoftmaxHead {
  readonly labels: readonly string[];
  readonly weight: readonly Float32Array[];
  readonly bias: Float32Array;
}

/** A linear classifier on unit vectors, fitted by AdaGrad over shuffled samples; the same samples give the same head. */
export function fitSoftmaxHead(vectors: readonly Float32Array[], truth: readonly string[], passes = 12): SoftmaxHead {
  const labels = [...new Set(truth)].sort();
  const size = vectors[0]!.length;
  const head = { labels, weight: labels.map(() => new Float32Array(size)), bias: new Float32Array(labels.length) };
  const squares = labels.map(() => new Float32Array(size).fill(1e-6));
  const target = truth.map((label) => labels.indexOf(label));
  const random = createRandom(1);
  for (let step = 0; step < passes * vectors.length; step++) {
    const sample = Math.floor(random() * vectors.length) % vectors.length;
    const vector = vectors[sample]!;
    const errors = probabilities(head, vector);
    errors[target[sample]!]! -= 1;
    labels.forEach((_, label) => {
      if (Math.abs(errors[label]!) < 1e-3) return;
      const row = head.weight[label]!;
      const square = squares[label]!;
      head.bias[label]! -= 0.05 * errors[label]!;
      for (let index = 0; index < size; index++) {
        const gradient = errors[label]! * vector[index]!;
        square[index]! += gradient * gradient;
        row[index]! -= (0.3 * gradient) / Math.sqrt(square[index]!);
      }
    });
  }
  return head;
}

export function probabilities({ weight, bias }: SoftmaxHead, vector: Float32Array): Float32Array {
  const scores = new Float32Array(weight.length);
  weight.forEach((row, label) => {
    let sum = bias[label]!;
    for (let index = 0; index < row.length; index++) sum += row[index]! * vector[index]!;
    scores[label] = sum;
  });
  return softmax(scores);
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}
