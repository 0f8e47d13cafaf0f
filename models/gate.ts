import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeTexts } from './analyze.ts';
import type { TextEncoderLike } from './encoder.ts';
import { InvalidModelError } from './invalid-model.ts';

/** Least mean recall over negative, neutral and positive. The shipped model reaches 0.97; chance is 0.33. */
const leastRecall = 0.9;

const classes = ['negative', 'neutral', 'positive'] as const;

/** Measures a model on 350 support sentences with known sentiment: the mean of the recalls of the three classes. */
export async function measureGate(encoder: TextEncoderLike & { folder: string }): Promise<number> {
  const samples = readFileSync(join(import.meta.dirname, 'gate.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [string, string]);
  const rows = await analyzeTexts(
    samples.map(([, text], index) => ({ id: String(index), text })),
    { encoder, urgent: true },
  );
  const recalls = classes.map((name) => {
    const own = rows.filter((_, index) => samples[index]![0] === name);
    return own.filter(({ sentiment }) => sentiment?.label === name).length / own.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / classes.length;
}

/**
 * Refuses a model that loads but does not work: a quantised file can be silently near chance. Returns the recall reached.
 * Throws InvalidModelError that names the folder.
 */
export async function checkGate(encoder: TextEncoderLike & { folder: string }): Promise<number> {
  const recall = await measureGate(encoder);
  if (recall >= leastRecall) return recall;
  throw new InvalidModelError(
    `invalid model folder: ${encoder.folder}; expected a mean recall of at least ${leastRecall} on the sentences of gate.tsv, got ${recall.toFixed(2)}`,
  );
}
