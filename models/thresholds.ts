import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidModelError } from './encoder/invalid-model.ts';

const share = z.number().min(0).max(1);

const thresholdsShape = z.object({ frustration: share, reason: share, emotions: z.record(z.string(), share) });

/** From which score a head's answer counts; chosen on parts kept out of training (models/training/thresholds.ts). */
export type Thresholds = Readonly<z.infer<typeof thresholdsShape>>;

export const thresholdsFile = 'thresholds.json';

const read = new Map<string, Thresholds>();

/** The thresholds of a model folder, read once. Throws InvalidModelError with the file's name. */
export function readThresholds(folder: string): Thresholds {
  const known = read.get(folder) ?? parse(join(folder, thresholdsFile));
  read.set(folder, known);
  return known;
}

function parse(path: string): Thresholds {
  try {
    return thresholdsShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected thresholds from 0 to 1`, { cause });
  }
}
