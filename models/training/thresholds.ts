import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { applyHead, dot, type Head } from '../encoder/heads.ts';
import { highestOfChunks } from '../encoder/chunks.ts';
import { cleanText } from '../text/clean.ts';
import { readEmotionSamples } from '../evaluation/goemotions.ts';
import { readHeads } from '../encoder/heads.ts';
import { Encoder } from '../encoder/encoder.ts';
import { piecesOf } from '../read-text.ts';
import { thresholdsFile } from '../thresholds.ts';
import { readSupportTurns } from './support-turns.ts';
import { bestTemperature } from './temperature.ts';

// Makes the heads' probabilities honest after quantisation and chooses from which score an answer counts, on the dev
// parts of our own turns and of GoEmotions, and writes both into the model folder:
//   npx tsx models/training/thresholds.ts [folder of the data sets] [model folder]
const data = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data');
const folder = process.argv[3] ?? readConfig().model.folder;
const encoder = await Encoder.load(folder);
const heads = readHeads(folder);
const turns = readSupportTurns().filter(({ isCalibration }) => isCalibration);
const encoded = await encoder.encode(turns.map(({ text }) => piecesOf(text)));
calibrateSentiment();
const negative = heads.sentiment.labels.indexOf('negative');
const frustration = encoded.map(({ chunks }) =>
  Math.max(
    ...chunks.map(
      ({ vector }) => applyHead(heads.frustration, vector)[0]! * applyHead(heads.sentiment, vector)[negative]!,
    ),
  ),
);
const reasons = encoded.map(({ chunks }) => highestOfChunks(heads.reason, chunks));
writeFileSync(
  join(folder, thresholdsFile),
  `${JSON.stringify(
    {
      frustration: bestThreshold(
        frustration,
        turns.map(({ isFrustrated }) => isFrustrated),
      ),
      reason: bestThreshold(
        reasons.flatMap((scores) => [...scores]),
        turns.flatMap((turn) => heads.reason.labels.map((name) => turn.reasons.includes(name))),
      ),
      emotions: await emotionThresholds(),
    },
    null,
    1,
  )}\n`,
);
await encoder.close();

/** Divides the sentiment head by the temperature that makes the labels of the dev turns most likely. */
function calibrateSentiment(): void {
  const samples = turns.map(({ sentiment }, index) => ({
    scores: Float32Array.from(
      heads.sentiment.weight,
      (row, label) => dot(row, encoded[index]!.vector) + heads.sentiment.bias[label]!,
    ),
    truth: heads.sentiment.labels.indexOf(['negative', 'neutral', 'positive'][Math.sign(sentiment) + 1]!),
  }));
  const temperature = bestTemperature(samples);
  const path = join(folder, 'heads.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { weight: number[][]; bias: number[] }>;
  const scaled = (value: number): number => Number((value / temperature).toPrecision(6));
  file.sentiment!.weight = file.sentiment!.weight.map((row) => row.map(scaled));
  file.sentiment!.bias = file.sentiment!.bias.map(scaled);
  writeFileSync(path, `${JSON.stringify(file)}\n`);
  for (const row of heads.sentiment.weight) row.forEach((value, index) => (row[index] = value / temperature));
  process.stdout.write(`temperature of sentiment ${temperature.toFixed(3)}\n`);
}

async function emotionThresholds(): Promise<Record<string, number>> {
  const samples = readEmotionSamples(data, 'dev');
  const head: Head = heads.emotion;
  const scores = (await encoder.encode(samples.map(({ text }) => [cleanText(text)]))).map(({ chunks }) =>
    highestOfChunks(head, chunks),
  );
  const pairs = head.labels.map((name, index) => {
    const isTrue = samples.map(({ emotions }) => emotions.has(name));
    return [
      name,
      bestThreshold(
        scores.map((row) => row[index]!),
        isTrue,
      ),
    ] as const;
  });
  return Object.fromEntries(pairs);
}

/** The threshold with the best F1, in steps of 0.01 from 0.05: what is rare must not be named on next to nothing. */
function bestThreshold(values: readonly number[], isTrue: readonly boolean[]): number {
  const candidates = Array.from({ length: 90 }, (_, step) => Number((0.05 + step * 0.01).toFixed(2)));
  const wanted = isTrue.filter(Boolean).length;
  const f1Of = (threshold: number): number => {
    let chosen = 0;
    let hits = 0;
    values.forEach((value, index) => {
      if (value < threshold) return;
      chosen += 1;
      if (isTrue[index]) hits += 1;
    });
    return (2 * hits) / (chosen + wanted);
  };
  return candidates.reduce((best, candidate) => (f1Of(candidate) > f1Of(best) ? candidate : best));
}
