import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { SourceError } from '../errors.ts';
import { analyzeTexts, type AnalyzeInput } from '../models/analyze.ts';
import { EncoderPool } from '../models/pool.ts';
import { writeLine, type CommandEffects } from './io.ts';

const BATCH = 256;

const Input = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  role: z.enum(['customer', 'agent', 'bot']).optional(),
});

/** Reads NDJSON of `{id, text, role?}` from a file or standard input; writes one row each, in the same order. */
export async function analyze(path: string, options: { vectors?: boolean }, effects: CommandEffects): Promise<void> {
  const encoder = await EncoderPool.open(effects.config.model, effects);
  try {
    for await (const batch of readBatches(path, effects))
      for (const row of await analyzeTexts(batch, { encoder, withVectors: options.vectors ?? false }))
        writeLine(effects, row);
  } finally {
    await encoder.close();
  }
}

async function* readBatches(path: string, effects: CommandEffects): AsyncGenerator<AnalyzeInput[]> {
  const input = path === '-' ? effects.stdin : createReadStream(path);
  let batch: AnalyzeInput[] = [];
  let row = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    row++;
    if (line.trim() === '') continue;
    batch.push(readInput(line, path, row));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function readInput(line: string, file: string, row: number): AnalyzeInput {
  const parsed = Input.safeParse(parseLine(line));
  if (parsed.success) return parsed.data;
  throw new SourceError(
    `invalid row: ${line.slice(0, 80)}; expected JSON {"id": …, "text": "…", "role"?: "customer"|"agent"|"bot"}`,
    { file, row },
  );
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
