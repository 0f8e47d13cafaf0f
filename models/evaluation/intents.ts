import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanText } from '../text/clean.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { percent, type Result } from './measure.ts';
import { fitSoftmaxHead, probabilities, unit } from '../training/softmax-head.ts';

type Sample = readonly [text: string, label: string];

const readBanking = (data: string, part: string): Sample[] =>
  (parse(readFileSync(join(data, `banking77/${part}.csv`)), { from_line: 2 }) as string[][]).map(
    ([text, label]) => [text!, label!] as const,
  );

/** A company's own intents: a linear head in TypeScript on the stored vectors, nothing of the encoder changed. */
export async function measureIntents(data: string, pool: EncoderPool): Promise<Result[]> {
  const clinc = JSON.parse(readFileSync(join(data, 'clinc150/data_full_train_val.json'), 'utf8')) as Record<
    'train' | 'val' | 'oos_val',
    Sample[]
  >;
  const banking = await fitAndApply(pool, readBanking(data, 'train'), readBanking(data, 'test'));
  const assistant = await fitAndApply(pool, clinc.train, [...clinc.val, ...clinc.oos_val]);
  const inScope = assistant.filter(({ truth }) => truth !== 'oos');
  return [
    {
      task: 'intent, 77',
      protocol: `banking77 train → test, ${banking.length}; accuracy, linear head`,
      published: 'BERT fine-tuned 93.7, USE+ConveRT 93.4',
      ours: percent(shareRight(banking, 0)),
    },
    {
      task: 'intent, 150',
      protocol: `clinc150 train → val (its test part is not at hand), ${inScope.length}; accuracy, linear head`,
      published: 'BERT 96.9, SVM 91.0 (on test)',
      ours: percent(shareRight(inScope, 0)),
    },
    unknownIntent(assistant),
  ];
}

interface Applied {
  readonly truth: string;
  readonly found: string;
  readonly score: number;
}

async function fitAndApply(pool: EncoderPool, train: readonly Sample[], test: readonly Sample[]): Promise<Applied[]> {
  const vectors = async (samples: readonly Sample[]): Promise<Float32Array[]> =>
    (await pool.encode(samples.map(([text]) => [cleanText(text)]))).map(({ vector }) => unit(vector));
  const head = fitSoftmaxHead(
    await vectors(train),
    train.map(([, label]) => label),
  );
  return (await vectors(test)).map((vector, index) => {
    const scores = probabilities(head, vector);
    const best = scores.indexOf(Math.max(...scores));
    return { truth: test[index]![1], found: head.labels[best]!, score: scores[best]! };
  });
}

/** Below the threshold an answer is "unknown", which is wrong for a text that has an intent. */
const shareRight = (applied: readonly Applied[], threshold: number): number =>
  applied.filter(({ truth, found, score }) => truth === found && score >= threshold).length / applied.length;

function unknownIntent(applied: readonly Applied[]): Result {
  const inScope = applied.filter(({ truth }) => truth !== 'oos');
  const outside = applied.filter(({ truth }) => truth === 'oos');
  const thresholds = Array.from({ length: 100 }, (_, step) => step / 100);
  const threshold = thresholds.findLast((value) => shareRight(inScope, value) >= 0.959) ?? 0;
  const refused = outside.filter(({ score }) => score < threshold).length / outside.length;
  return {
    task: 'unknown intent',
    protocol: `clinc150 val, ${outside.length} out of scope; recall at an in-scope accuracy of at least 95.9`,
    published: 'BERT 52.3 at 96.2',
    ours: `${percent(refused)} at ${percent(shareRight(inScope, threshold))}`,
  };
}
