import type { Chunk } from './encoder.ts';
import { applyHead, type Head } from './heads.ts';

export interface Scored {
  readonly name: string;
  /** 0 to 1. */
  readonly score: number;
}

/** Probabilities over a whole text as the mean of its chunks, weighted by tokens: for what a text is on the whole. */
export function meanOfChunks(head: Head, chunks: readonly Chunk[]): Float32Array {
  const total = chunks.reduce((sum, { tokens }) => sum + tokens, 0);
  const mean = new Float32Array(head.labels.length);
  for (const { vector, tokens } of chunks)
    applyHead(head, vector).forEach((value, index) => (mean[index]! += (value * tokens) / total));
  return mean;
}

/** Probabilities over a whole text as the highest of its chunks: for what is said when it is said once. */
export function highestOfChunks(head: Head, chunks: readonly Chunk[]): Float32Array {
  const highest = new Float32Array(head.labels.length);
  for (const { vector } of chunks)
    applyHead(head, vector).forEach((value, index) => (highest[index] = Math.max(highest[index]!, value)));
  return highest;
}

/** Labels with their scores, best first. */
export const ranked = (head: Head, scores: Float32Array): Scored[] =>
  head.labels.map((name, index) => ({ name, score: scores[index]! })).sort((left, right) => right.score - left.score);
