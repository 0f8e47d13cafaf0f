import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorMessage } from '../../errors.ts';
import { InvalidModelError } from './invalid-model.ts';

const configShape = z.object({ hidden_size: z.number().int().positive() });

const readingShape = z.object({
  /** Longest input, its two markers included. */
  maximumTokens: z.number().int().min(8).default(96),
  /** ISO 639-1 codes of the languages whose texts are read; texts in others are marked, not scored. */
  languages: z.array(z.string().length(2)).min(1).default(['en']),
});

/** What a model folder says of itself: `config.json` as its makers wrote it, and `reading.json` of ours. */
export type ModelShape = Readonly<z.infer<typeof readingShape>> & { readonly dimensions: number };

const known = new Map<string, ModelShape>();

/** The shape of a model folder, read once. Throws InvalidModelError with the file's name. */
export function readModelShape(folder: string): ModelShape {
  const shape = known.get(folder) ?? {
    dimensions: parse(join(folder, 'config.json'), configShape).hidden_size,
    ...(existsSync(join(folder, 'reading.json'))
      ? parse(join(folder, 'reading.json'), readingShape)
      : readingShape.parse({})),
  };
  known.set(folder, shape);
  return shape;
}

function parse<T>(path: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected ${errorMessage(cause)}`, { cause });
  }
}
