import { highestOfChunks, ranked, type Scored } from './encoder/chunks.ts';
import type { Chunk } from './encoder/encoder.ts';
import type { Heads } from './encoder/heads.ts';
import type { Thresholds } from './thresholds.ts';

const mostIntents = 5;
/** Acts that only answer or greet: in so few words they name no matter ("yes please"). */
const bareActs = new Set(['greeting', 'confirm', 'refuse', 'thanks', 'closing', 'chitchat', 'hold']);
const bareWords = 3;

/**
 * The reasons for a contact, `group.reason` of the taxonomy, best first. Empty where none reaches the threshold: greetings,
 * thanks and plain answers carry no reason, and a guess would be wrong more often than right.
 */
export function readIntents(heads: Heads, { reason }: Thresholds, chunks: readonly Chunk[]): Scored[] {
  return ranked(heads.reason, highestOfChunks(heads.reason, chunks))
    .filter(({ score }) => score >= reason)
    .slice(0, mostIntents);
}

/** Whether a text only answers or greets, so that what it is about stands in what was said before. */
export const isBareAnswer = (act: string, pieces: readonly string[]): boolean =>
  bareActs.has(act) && pieces.join(' ').split(/\s+/).length <= bareWords;

export const groupOfIntent = (intent: string): string => intent.split('.')[0]!;
