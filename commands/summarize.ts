import { z } from 'zod';
import { summarizeDialogues, type PickCounts } from '../models/picks.ts';
import { EncoderPool } from '../models/pool.ts';
import { writeLine, type CommandEffects } from './io.ts';
import { readBatches } from './ndjson.ts';

const Turn = z
  .object({ role: z.string(), text: z.string().optional(), sentences: z.array(z.string()).optional() })
  .refine(({ text, sentences }) => text !== undefined || sentences !== undefined);

const dialogues = {
  schema: z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    turns: z.array(Turn),
  }),
  expected: '{"id": …, "turns": [{"role": "customer"|"agent"|…, "text": "…" or "sentences": ["…"]}]}',
  size: 64,
};

/**
 * Reads NDJSON of dialogues from a file or standard input; writes `{id, summary, picks}` for each, in the same order:
 * the sentences people would most likely pick, `customer` of the customer's and `agent` of the other side's.
 */
export async function summarize(path: string, counts: PickCounts, effects: CommandEffects): Promise<void> {
  const encoder = await EncoderPool.open(effects.config.model, effects);
  try {
    for await (const batch of readBatches(path, dialogues, effects))
      for (const row of await summarizeDialogues(batch, counts, { encoder })) writeLine(effects, row);
  } finally {
    await encoder.close();
  }
}
