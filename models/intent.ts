import { highestOfChunks, ranked, type Scored } from './encoder/chunks.ts';
import type { Chunk } from './encoder/encoder.ts';
import type { Heads } from './encoder/heads.ts';
import type { Thresholds } from './thresholds.ts';

const mostIntents = 5;

/**
 * The reasons for a contact, `group.reason` of the taxonomy, best first. Empty where none reaches the threshold: greetings,
 * thanks and plain answers carry no reason, and a guess would be wrong more often than right.
 */
export function readIntents(heads: Heads, { reason }: Thresholds, chunks: readonly Chunk[]): Scored[] {
  return ranked(heads.reason, highestOfChunks(heads.reason, chunks))
    .filter(({ score }) => score >= reason)
    .slice(0, mostIntents);
}

export const groupOfIntent = (intent: string): string => intent.split('.')[0]!;
