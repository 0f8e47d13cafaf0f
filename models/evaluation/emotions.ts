import { cleanText } from '../text/clean.ts';
import { readEmotions } from '../emotion.ts';
import { readHeads } from '../encoder/heads.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { readThresholds } from '../thresholds.ts';
import { readEmotionSamples } from './goemotions.ts';
import { mean, type Result } from './measure.ts';

/** GoEmotions' original 28 labels on its test part, with the thresholds chosen on its dev part. */
export async function measureEmotions(data: string, pool: EncoderPool): Promise<Result[]> {
  const samples = readEmotionSamples(data, 'test');
  const heads = readHeads(pool.folder);
  const thresholds = readThresholds(pool.folder);
  const encoded = await pool.encode(samples.map(({ text }) => [cleanText(text)]));
  const found = encoded.map(({ chunks }) => new Set(readEmotions(heads, thresholds, chunks).map(({ name }) => name)));
  const scores = heads.emotion.labels.map((name) => {
    const hits = samples.filter(({ emotions }, index) => emotions.has(name) && found[index]!.has(name)).length;
    const said = found.filter((names) => names.has(name)).length;
    return (2 * hits) / (said + samples.filter(({ emotions }) => emotions.has(name)).length);
  });
  return [
    {
      task: 'emotion, 28',
      protocol: `GoEmotions test, ${samples.length}; macro F1, thresholds from dev`,
      published: 'BERT .46 (110 M parameters); a later BERT .503',
      ours: mean(scores).toFixed(3),
    },
  ];
}
