import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface EmotionSample {
  readonly text: string;
  readonly emotions: ReadonlySet<string>;
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
