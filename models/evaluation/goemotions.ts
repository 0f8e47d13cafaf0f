import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentimentLabel } from '../sentiment.ts';

export interface EmotionSample {
  readonly text: string;
  readonly emotions: ReadonlySet<string>;
}

const positive = new Set(
  'admiration amusement approval caring desire excitement gratitude joy love optimism pride relief'.split(' '),
);
const negative = new Set(
  'anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness'.split(' '),
);

/**
 * The sentiment that all emotions of a comment have in common, grouped as the set's authors do; undefined where they
 * contradict each other, or may go with any (surprise, curiosity).
 */
export function attitudeOf(emotions: ReadonlySet<string>): SentimentLabel | undefined {
  const names = [...emotions];
  if (names.every((name) => positive.has(name))) return 'positive';
  if (names.every((name) => negative.has(name))) return 'negative';
  return names.every((name) => name === 'neutral') ? 'neutral' : undefined;
}

/** One part (`train`, `dev` or `test`) of the original 28-label GoEmotions. */
export function readEmotionSamples(data: string, part: string): EmotionSample[] {
  const folder = join(data, 'goemotions/original');
  const names = readFileSync(join(folder, 'labels.txt'), 'utf8').trim().split('\n');
  return readFileSync(join(folder, `${part}.tsv`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [text, labels] = line.split('\t') as [string, string];
      return { text, emotions: new Set(labels.split(',').map((label) => names[Number(label)]!)) };
    });
}
