import { z } from 'zod';
import { readFittedFile } from '../fitted-file.ts';
import { sigmoid } from '../encoder/heads.ts';
import { readModelShape } from '../encoder/model-shape.ts';
import { sentenceFeatures } from './outcome-features.ts';
import { linear, type LinearModel, type SpokenSentence } from '../summaries/salience.ts';

/** Fitted on written dialogues by training/promise.ts: which sentences of the company promise something. */
export interface PromiseModel extends LinearModel {
  /** From which score a sentence counts as a promise. */
  readonly threshold: number;
}

export const promiseModelFile = 'promise.json';

/** How likely, 0 to 1, a sentence promises that something will be done or happen; 0 for what customers say. */
export const readPromise = (model: PromiseModel, sentence: SpokenSentence, vector: Float32Array): number =>
  sentence.role === 'customer' ? 0 : sigmoid(linear(model, sentenceFeatures(sentence, vector)));

/** Reads the file that training wrote. Throws InvalidModelError with its name. */
export function readPromiseModel(folder: string): PromiseModel {
  const size = sentenceFeatures(
    { text: '', role: 'agent' },
    new Float32Array(readModelShape(folder).dimensions),
  ).length;
  const file = readFittedFile(
    folder,
    promiseModelFile,
    z.object({
      weight: z.array(z.number()).length(size),
      bias: z.number(),
      threshold: z.number().min(0).max(1),
    }),
  );
  return { ...file, weight: Float32Array.from(file.weight) };
}
