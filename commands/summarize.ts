import { z } from 'zod';
import { CrosstalkError } from '../errors.ts';
import { redact } from '../ingest/redact/redact.ts';
import { sentencesOf, summarizeDialogues, type DialogueSummary, type PickCounts } from '../models/summaries/picks.ts';
import { EncoderPool } from '../models/encoder/pool.ts';
import { writeAbstract, type Quotable } from '../models/summaries/abstract.ts';
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
type Dialogue = z.output<typeof dialogues.schema>;

export interface SummarizeOptions extends PickCounts {
  /** In the words of the endpoint in the configuration; where it fails, the extractive summary stands. */
  readonly abstractive?: boolean;
  /** How many sentences the endpoint may write. */
  readonly sentences?: number;
}

/**
 * Reads NDJSON of dialogues from a file or standard input; writes `{id, summary, picks}` for each, in the same order:
 * the sentences people would most likely pick, `customer` of the customer's and `agent` of the other side's. With
 * `abstractive`, also `method`, `struck` and `note`, and `picks` are the sentences that the summary rests on.
 */
export async function summarize(path: string, options: SummarizeOptions, effects: CommandEffects): Promise<void> {
  if (options.abstractive && !effects.config.summaries)
    throw new CrosstalkError('invalid_config', 'invalid summaries: none; expected an endpoint in the configuration');
  const encoder = await EncoderPool.open(effects.config.model, effects);
  try {
    for await (const batch of readBatches(path, dialogues, effects)) {
      const extractive = await summarizeDialogues(batch, options, { encoder });
      for (const [index, row] of extractive.entries())
        writeLine(effects, options.abstractive ? await rewritten(batch[index]!, row, options, encoder, effects) : row);
    }
  } finally {
    await encoder.close();
  }
}

async function rewritten(
  { turns }: Dialogue,
  extractive: DialogueSummary,
  { customer, agent, sentences = customer + agent }: SummarizeOptions,
  encoder: EncoderPool,
  { config }: CommandEffects,
) {
  if (!extractive.summary) return { ...extractive, method: 'extractive', struck: [], note: null };
  const contact = { startedAt: null, channel: null };
  const mask = config.summaries?.redact ? (text: string) => redact(text).text : (text: string) => text;
  const said = turns.flatMap(({ role, ...turn }, place) =>
    sentencesOf({ role, ...turn }).map((text, position): Quotable & { place: [number, number] } => ({
      text: mask(text),
      role,
      salience: 0,
      contact,
      place: [place, position],
    })),
  );
  const written = await writeAbstract(said, sentences, { config, encoder, fetch });
  const { struck, note } = written;
  if (note !== null) return { ...extractive, method: 'extractive', struck, note };
  const places = new Set(written.sentences.flatMap(({ restsOn }) => restsOn));
  return {
    id: extractive.id,
    summary: written.sentences.map(({ text }) => text).join(' '),
    picks: [...places].sort((left, right) => left - right).map((index) => said[index]!.place),
    method: 'abstractive',
    struck,
    note,
  };
}
