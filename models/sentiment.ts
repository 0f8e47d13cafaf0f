import { meanOfChunks } from './encoder/chunks.ts';
import type { Chunk } from './encoder/encoder.ts';
import type { Heads } from './encoder/heads.ts';

export type SentimentLabel = 'negative' | 'neutral' | 'positive';

/** The attitude a text expresses toward the company or the matter. The three probabilities add up to 1. */
export interface Sentiment {
  readonly label: SentimentLabel;
  /** positive − negative, from −1 to 1. */
  readonly score: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

export function readSentiment(heads: Heads, chunks: readonly Chunk[]): Sentiment {
  const scores = meanOfChunks(heads.sentiment, chunks);
  const of = (label: SentimentLabel): number => scores[heads.sentiment.labels.indexOf(label)]!;
  const [negative, neutral, positive] = [of('negative'), of('neutral'), of('positive')];
  return { label: labelOf(negative, neutral, positive), score: positive - negative, negative, neutral, positive };
}

export function labelOf(negative: number, neutral: number, positive: number): SentimentLabel {
  const highest = Math.max(negative, neutral, positive);
  if (highest === negative) return 'negative';
  return highest === positive ? 'positive' : 'neutral';
}
