import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { highestOfChunks } from '../chunks.ts';
import { cleanText } from '../clean.ts';
import { emotionThresholdsFile } from '../emotion.ts';
import { readEmotionSamples } from '../evaluation/goemotions.ts';
import { readHeads } from '../heads.ts';
import { EncoderPool } from '../pool.ts';

// Chooses, for each emotion, the threshold with the best F1 on GoEmotions' dev part, and writes them into the model folder:
//   npx tsx models/training/emotion-thresholds.ts [folder of the data sets]
const data = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data');
const { model } = readConfig();
const pool = await EncoderPool.open(model);
const samples = readEmotionSamples(data, 'dev');
const head = readHeads(model.folder).emotion;
const encoded = await pool.encode(samples.map(({ text }) => [cleanText(text)]));
const scores = encoded.map(({ chunks }) => highestOfChunks(head, chunks));
const thresholds = head.labels.map((name, index) => {
  const isTrue = samples.map(({ emotions }) => emotions.has(name));
  return [
    name,
    bestThreshold(
      scores.map((row) => row[index]!),
      isTrue,
    ),
  ];
});
writeFileSync(
  join(model.folder, emotionThresholdsFile),
  `${JSON.stringify(Object.fromEntries(thresholds), null, 1)}\n`,
);
await pool.close();

/** Steps of 0.01, from 0.05: a rare emotion must not be named on next to nothing. */
function bestThreshold(values: readonly number[], isTrue: readonly boolean[]): number {
  const candidates = Array.from({ length: 90 }, (_, step) => Number((0.05 + step * 0.01).toFixed(2)));
  const f1Of = (threshold: number): number => {
    const chosen = values.filter((value) => value >= threshold).length;
    const hits = values.filter((value, index) => value >= threshold && isTrue[index]).length;
    return (2 * hits) / (chosen + isTrue.filter(Boolean).length);
  };
  return candidates.reduce((best, candidate) => (f1Of(candidate) > f1Of(best) ? candidate : best));
}
