import { highestOfChunks, ranked, type Scored } from './encoder/chunks.ts';
import type { Chunk } from './encoder/encoder.ts';
import type { Heads } from './encoder/heads.ts';
import type { Thresholds } from './thresholds.ts';

/** The emotions a text shows, best first; of the 28 of GoEmotions, of which `neutral` is one. May be empty. */
export const readEmotions = (heads: Heads, { emotions }: Thresholds, chunks: readonly Chunk[]): Scored[] =>
  ranked(heads.emotion, highestOfChunks(heads.emotion, chunks)).filter(
    ({ name, score }) => score >= (emotions[name] ?? 1),
  );
