import type { Chunk } from './encoder/encoder.ts';
import { applyHead, type Heads } from './encoder/heads.ts';
import type { Sentiment } from './sentiment.ts';
import type { Thresholds } from './thresholds.ts';

export interface Frustration {
  /** 0 to 1. */
  readonly score: number;
  readonly isFrustrated: boolean;
}

/**
 * Whether the effort itself is the complaint: waited, explained again, sent round, ignored. The score is the head's
 * probability times that of negative sentiment in the same chunk, the highest of the chunks. Everything frustrated is
 * negative: where the text as a whole is not, the score stays below the threshold.
 */
export function readFrustration(
  heads: Heads,
  { frustration: threshold }: Thresholds,
  chunks: readonly Chunk[],
  sentiment: Sentiment,
): Frustration {
  const negative = heads.sentiment.labels.indexOf('negative');
  const scores = chunks.map(
    ({ vector }) => applyHead(heads.frustration, vector)[0]! * applyHead(heads.sentiment, vector)[negative]!,
  );
  const highest = Math.max(...scores);
  if (sentiment.label !== 'negative') return { score: Math.min(highest, threshold * 0.99), isFrustrated: false };
  return { score: highest, isFrustrated: highest >= threshold };
}
