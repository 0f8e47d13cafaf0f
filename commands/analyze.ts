import { z } from 'zod';
import { analyzeTexts } from '../models/analyze.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { writeLine, type CommandEffects } from './io.ts';
import { readBatches } from './ndjson.ts';

const rows = {
  schema: z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    text: z.string(),
    role: z
      .enum(['customer', 'agent', 'bot'])
      .nullish()
      .transform((role) => role ?? undefined),
  }),
  expected: '{"id": …, "text": "…", "role"?: "customer"|"agent"|"bot"}',
  size: 256,
};

/** Reads NDJSON of `{id, text, role?}` from a file or standard input; writes one row each, in the same order. */
export async function analyze(path: string, options: { vectors?: boolean }, effects: CommandEffects): Promise<void> {
  const encoder = await EncoderPool.open(effects.config.model, effects);
  try {
    for await (const batch of readBatches(path, rows, effects))
      for (const row of await analyzeTexts(batch, { encoder, withVectors: options.vectors ?? false }))
        writeLine(effects, row);
  } finally {
    await encoder.close();
  }
}
