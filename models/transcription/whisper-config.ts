import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorMessage } from '../../errors.ts';
import { InvalidModelError } from '../encoder/invalid-model.ts';

const Model = z.object({
  decoder_layers: z.number().int(),
  decoder_attention_heads: z.number().int(),
  d_model: z.number().int(),
  num_mel_bins: z.number().int().default(80),
  vocab_size: z.number().int(),
  _name_or_path: z.string().optional(),
});

const Generation = z.object({
  decoder_start_token_id: z.number().int(),
  eos_token_id: z.union([
    z.number().int(),
    z
      .array(z.number().int())
      .nonempty()
      .transform(([first]) => first),
  ]),
  no_timestamps_token_id: z.number().int(),
  /** `<|en|>` → id; absent in models of English only. */
  lang_to_id: z.record(z.string(), z.number().int()).default({}),
  task_to_id: z.object({ transcribe: z.number().int() }).partial().default({}),
  suppress_tokens: z.array(z.number().int()).nullish(),
  begin_suppress_tokens: z.array(z.number().int()).nullish(),
  max_initial_timestamp_index: z.number().int().default(50),
});

export interface WhisperConfig {
  readonly model: z.infer<typeof Model>;
  readonly generation: z.infer<typeof Generation>;
}

/** Reads `config.json` and `generation_config.json` of a Whisper model. Throws InvalidModelError with the file's name. */
export const readWhisperConfig = (folder: string): WhisperConfig => ({
  model: read(folder, 'config.json', Model),
  generation: read(folder, 'generation_config.json', Generation),
});

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InvalidModelError(
      `invalid model file: ${path}; expected that of a Whisper model (${errorMessage(cause)})`,
      {
        cause,
      },
    );
  }
}
