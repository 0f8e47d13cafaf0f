import { meanOfChunks, ranked, type Scored } from './chunks.ts';
import type { Chunk } from './encoder.ts';
import type { Heads } from './heads.ts';

/** What a turn does: greeting, problem, request, question, inform, confirm, refuse, instruct, promise, and so on. */
export const readAct = (heads: Heads, chunks: readonly Chunk[]): Scored =>
  ranked(heads.act, meanOfChunks(heads.act, chunks))[0]!;
