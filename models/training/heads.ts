import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanText } from '../text/clean.ts';
import { Encoder, type Encoded } from '../encoder/encoder.ts';
import { readEmotionSamples } from '../evaluation/goemotions.ts';
import { fitSoftmaxHead } from './softmax-head.ts';
import type { Head } from '../encoder/heads.ts';
import { piecesOf } from '../read-text.ts';
import { fitLogistic } from './logistic.ts';
import { readLabelledTurns } from './labelled-turns.ts';

// Fits all linear heads over the encoder of a model folder, which itself stays as it is, and writes heads.json there:
//   npx tsx models/training/heads.ts <folder of the data sets> <model folder>
const [data, folder] = process.argv.slice(2) as [string, string];
const encoder = await Encoder.load(folder);
const turns = readLabelledTurns(data).filter(({ isDev }) => !isDev);
const read = await encoder.encode(turns.map(({ text }) => piecesOf(text)));
const heads = {
  sentiment: choice(
    read,
    turns.map(({ sentiment }) => ['negative', 'neutral', 'positive'][Math.sign(sentiment) + 1]!),
  ),
  act: choice(
    read,
    turns.map(({ act }) => act),
  ),
  frustration: yesOrNo(read, ['frustrated'], (turn) => turns[turn]!.isFrustrated),
  reason: yesOrNo(read, namesOf(turns.map(({ reasons }) => reasons)), (turn, name) =>
    turns[turn]!.reasons.includes(name),
  ),
  emotion: await emotionHead(),
};
await encoder.close();
writeFileSync(join(folder, 'heads.json'), `${JSON.stringify(heads)}\n`);

function namesOf(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}

async function emotionHead() {
  const samples = readEmotionSamples(data, 'train');
  const texts = await encoder.encode(samples.map(({ text }) => [cleanText(text)]));
  return yesOrNo(texts, namesOf(samples.map(({ emotions }) => [...emotions])), (sample, name) =>
    samples[sample]!.emotions.has(name),
  );
}

/** One label of several: softmax over vectors brought to a length of about one, the factor folded into the weights. */
function choice(encoded: readonly Encoded[], truth: readonly string[]) {
  const factor = 1 / Math.sqrt(encoded.reduce((sum, { vector }) => sum + squareOf(vector), 0) / encoded.length);
  const head = fitSoftmaxHead(
    encoded.map(({ vector }) => vector.map((value) => value * factor)),
    truth,
  );
  return asFile({
    labels: head.labels,
    activation: 'softmax',
    bias: [...head.bias],
    weight: head.weight.map((row) => row.map((value) => value * factor)),
  });
}

function squareOf(vector: Float32Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/** Each label by itself, by logistic regression. */
function yesOrNo(
  encoded: readonly Encoded[],
  labels: readonly string[],
  isTrue: (text: number, label: string) => boolean,
) {
  const models = labels.map((label) =>
    fitLogistic(
      encoded.map(({ vector }, text) => ({ features: vector, target: isTrue(text, label) ? 1 : 0 })),
      { ridge: 0.001, passes: 4 },
    ),
  );
  return asFile({
    labels,
    activation: 'sigmoid',
    bias: models.map(({ bias }) => bias),
    weight: models.map(({ weight }) => weight),
  });
}

function asFile({ weight, bias, ...head }: Head) {
  return {
    ...head,
    bias: bias.map((value) => Number(value.toPrecision(6))),
    weight: weight.map((row) => Array.from(row, (value) => Number(value.toPrecision(6)))),
  };
}
