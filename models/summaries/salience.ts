import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dot, sigmoid } from '../encoder/heads.ts';
import { InvalidModelError } from '../encoder/invalid-model.ts';

export interface LinearModel {
  readonly weight: Float32Array;
  readonly bias: number;
}

/** Fitted on TweetSumm by models/training/summary.ts: how likely people put a sentence in a summary. */
export interface SummaryModel {
  /** From the sentence alone: its shape, then its vector. */
  readonly salience: LinearModel;
  /** From its place in the conversation and its salience (see summary.ts). */
  readonly place: LinearModel;
}

export const summaryModelFile = 'summary.json';

export interface SpokenSentence {
  readonly text: string;
  readonly role: string;
}

/** What salience looks at beside the vector: length in words, whether it asks, for each side apart. */
export function shapeOf({ text, role }: SpokenSentence): number[] {
  const words = text.split(' ').length;
  const shape = [Math.log1p(words), Math.min(words, 30), words < 4 ? 1 : 0, text.includes('?') ? 1 : 0];
  const isCustomer = role === 'agent' || role === 'bot' ? 0 : 1;
  return [...shape, ...shape.map((value) => value * isCustomer), isCustomer];
}

/** The share of people, 0 to 1, who would put this sentence in a summary, as far as the sentence alone tells. */
export const readSalience = (model: SummaryModel, sentence: SpokenSentence, vector: Float32Array): number =>
  sigmoid(linear(model.salience, Float32Array.from([...shapeOf(sentence), ...vector])));

export const linear = ({ weight, bias }: LinearModel, features: Float32Array): number => dot(weight, features) + bias;

/** Reads the file that training wrote. Throws InvalidModelError with its name. */
export function readSummaryModel(folder: string): SummaryModel {
  const path = join(folder, summaryModelFile);
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'salience' | 'place',
      { weight: number[]; bias: number }
    >;
    const read = ({ weight, bias }: { weight: number[]; bias: number }) => ({
      weight: Float32Array.from(weight),
      bias,
    });
    return { salience: read(file.salience), place: read(file.place) };
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected the summary model`, { cause });
  }
}
