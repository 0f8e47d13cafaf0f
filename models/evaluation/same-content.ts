import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { piecesOf, readText } from '../read-text.ts';
import { mean, type Result } from './measure.ts';

export const forms = ['email', 'chat', 'emoji', 'transcript'] as const;
export type Form = (typeof forms)[number];

/** Mean sentiment (−1 to 1) over the same contents in each form: on one scale they are the same. */
export async function meanSentimentByForm(
  encoder: TextEncoderLike & { folder: string },
): Promise<Record<Form, number>> {
  const contents = readFileSync(join(import.meta.dirname, 'same-content.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').slice(1));
  const means = await Promise.all(
    forms.map(async (_, form) => {
      const pieces = contents.map((texts) => piecesOf(texts[form]!.replaceAll(String.raw`\n`, '\n')));
      const encoded = await encoder.encode(pieces);
      return mean(
        encoded.map((one, index) => readText(encoder.folder, one, pieces[index]!, 'customer').sentiment.score),
      );
    }),
  );
  return Object.fromEntries(forms.map((form, index) => [form, means[index]!])) as Record<Form, number>;
}

/** How far the mean moves with the form in which the same is said. */
export async function measureSameContent(
  _data: string,
  encoder: TextEncoderLike & { folder: string },
): Promise<Result[]> {
  const byForm = await meanSentimentByForm(encoder);
  const values = Object.values(byForm);
  return [
    {
      task: 'sentiment, one scale on every channel',
      protocol: `64 contents as ${forms.join(', ')}; mean of each, and the greatest difference of two`,
      published: '–',
      ours: `${forms.map((form) => byForm[form].toFixed(3)).join(', ')}; ${(Math.max(...values) - Math.min(...values)).toFixed(3)}`,
    },
  ];
}
