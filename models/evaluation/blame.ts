import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sigmoid } from '../encoder/heads.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf, readText } from '../read-text.ts';
import { linear } from '../summaries/salience.ts';
import { fitLogistic, type Sample } from '../training/logistic.ts';
import { foldsOf } from './folds.ts';
import { mean, type Result } from './measure.ts';

interface Line {
  readonly turns: readonly { role: string; sentences: readonly string[] }[];
  readonly is_negative: 0 | 1;
}

/** Whether a TweetSumm dialogue holds reproach or blame of the company: five folds, a linear model on what we read. */
export async function measureBlame(data: string, pool: EncoderPool): Promise<Result[]> {
  const lines = readFileSync(join(data, 'tweetsumm/dialogues.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const samples: Sample[] = [];
  for (const line of lines) samples.push({ features: await featuresOf(line, pool), target: line.is_negative });
  const scores = foldsOf(samples, 5).flatMap(({ train, test }) => {
    const model = fitLogistic(train, { ridge: 0.01, passes: 12 });
    const threshold = bestThreshold(train.map((sample) => scored(model, sample)));
    return test.map((sample) => ({ ...scored(model, sample), threshold }));
  });
  return [
    {
      task: 'blame in dialogues',
      protocol: `TweetSumm negativity, ${samples.length} dialogues, 5 folds; F1 (measure only, threshold from the training folds)`,
      published: 'BERT, customer text .76, RoBERTa .74',
      ours: f1Of(scores.map(({ score, truth, threshold }) => [score >= threshold, truth] as const)).toFixed(3),
    },
  ];
}

const scored = (model: Parameters<typeof linear>[0], { features, target }: Sample) => ({
  score: sigmoid(linear(model, Float32Array.from(features))),
  truth: target === 1,
});

/** Of the customer's turns: the mean vector, and the mean and the extreme of each signal. */
async function featuresOf({ turns }: Line, pool: EncoderPool): Promise<number[]> {
  const customer = turns.filter(({ role }) => role === 'customer');
  const pieces = customer.map(({ sentences }) => piecesOf(sentences.join(' ')));
  const encoded = await pool.encode(pieces);
  const signals = encoded.map((one, index) => readText(pool.folder, one, pieces[index]!, 'customer'));
  const values = signals.map(({ sentiment, frustration, act, intents }) => [
    sentiment.negative,
    -sentiment.score,
    frustration,
    act.name === 'complaint' ? act.score : 0,
    Math.max(0, ...intents.filter(({ name }) => name.startsWith('complaint.')).map(({ score }) => score)),
  ]);
  const columns = values[0]!.map((_, column) => values.map((row) => row[column]!));
  const vector = Array.from(encoded[0]!.vector, (_, place) => mean(encoded.map(({ vector: one }) => one[place]!)));
  return [...columns.flatMap((column) => [mean(column), Math.max(...column), column[0]!]), customer.length, ...vector];
}

function bestThreshold(scores: readonly { score: number; truth: boolean }[]): number {
  const candidates = Array.from({ length: 90 }, (_, step) => 0.05 + step * 0.01);
  const f1At = (threshold: number) => f1Of(scores.map(({ score, truth }) => [score >= threshold, truth] as const));
  return candidates.reduce((best, candidate) => (f1At(candidate) > f1At(best) ? candidate : best));
}

function f1Of(pairs: readonly (readonly [found: boolean, truth: boolean])[]): number {
  const hits = pairs.filter(([found, truth]) => found && truth).length;
  return (2 * hits) / (pairs.filter(([found]) => found).length + pairs.filter(([, truth]) => truth).length);
}
