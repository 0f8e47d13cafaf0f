import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidModelError } from './invalid-model.ts';
import { readModelShape } from './model-shape.ts';

export interface Head {
  readonly labels: readonly string[];
  readonly activation: 'softmax' | 'sigmoid';
  /** One row for each label. */
  readonly weight: readonly Float32Array[];
  readonly bias: readonly number[];
}

export const headNames = ['sentiment', 'frustration', 'emotion', 'reason', 'act'] as const;
export type HeadName = (typeof headNames)[number];
export type Heads = Readonly<Record<HeadName, Head>>;

const read = new Map<string, Heads>();

/** The heads of a model folder, read once. Throws InvalidModelError with the file's name. */
export function readHeads(folder: string): Heads {
  const known = read.get(folder);
  if (known) return known;
  const heads = parseHeads(join(folder, 'heads.json'), readModelShape(folder).dimensions);
  read.set(folder, heads);
  return heads;
}

/** The probability of each label: activation(weight · vector + bias). */
export function applyHead(head: Head, vector: Float32Array): Float32Array {
  const scores = Float32Array.from(head.weight, (row, label) => dot(row, vector) + head.bias[label]!);
  return head.activation === 'softmax' ? softmax(scores) : scores.map(sigmoid);
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

export function softmax(scores: Float32Array): Float32Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

function parseHeads(path: string, dimensions: number): Heads {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Record<
      string,
      Omit<Head, 'weight'> & { weight: number[][] }
    >;
    const entries = headNames.map((name) => {
      const head = file[name];
      if (!head) throw new Error(`head ${name} is missing`);
      const { labels, weight, bias, activation } = head;
      if (weight.length !== labels.length || bias.length !== labels.length)
        throw new Error(`head ${name} needs a row of weights and a bias for each label`);
      if (weight.some((row) => row.length !== dimensions))
        throw new Error(`head ${name} needs ${dimensions} weights a row`);
      return [name, { labels, activation, bias, weight: weight.map((row) => Float32Array.from(row)) }];
    });
    return Object.fromEntries(entries) as Heads;
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected heads (${(cause as Error).message})`, { cause });
  }
}
