import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { highestOfChunks, ranked, type Scored } from './chunks.ts';
import type { Chunk } from './encoder.ts';
import type { Heads } from './heads.ts';
import { InvalidModelError } from './invalid-model.ts';

/** For each emotion, the score from which it counts; chosen on GoEmotions' dev part (models/training/emotion-thresholds.ts). */
export type EmotionThresholds = Readonly<Record<string, number>>;

export const emotionThresholdsFile = 'emotion-thresholds.json';

export function readEmotionThresholds(folder: string): EmotionThresholds {
  const path = join(folder, emotionThresholdsFile);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EmotionThresholds;
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected a threshold for each emotion`, { cause });
  }
}

/** The emotions a text shows, best first; of the 28 of GoEmotions, of which `neutral` is one. May be empty. */
export const readEmotions = (heads: Heads, thresholds: EmotionThresholds, chunks: readonly Chunk[]): Scored[] =>
  ranked(heads.emotion, highestOfChunks(heads.emotion, chunks)).filter(
    ({ name, score }) => score >= (thresholds[name] ?? 1),
  );
