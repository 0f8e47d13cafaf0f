import { meanOfChunks, ranked, type Scored } from './encoder/chunks.ts';
import type { Chunk } from './encoder/encoder.ts';
import type { Heads } from './encoder/heads.ts';

/** What one side of a service conversation does not do: about one turn in a thousand, in the turns written for training. */
const customerNever = new Set(['apology', 'instruct', 'promise']);
const companyNever = new Set(['complaint', 'problem']);

/** What a turn does: greeting, problem, request, question, inform, confirm, refuse, instruct, promise, and so on. */
export function readAct(heads: Heads, chunks: readonly Chunk[], role: string): Scored {
  const never = role === 'agent' || role === 'bot' ? companyNever : customerNever;
  return ranked(heads.act, meanOfChunks(heads.act, chunks)).find(({ name }) => !never.has(name))!;
}
