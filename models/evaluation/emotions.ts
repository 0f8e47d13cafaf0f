import { cleanText } from '../text/clean.ts';
import { readEmotions } from '../emotion.ts';
import type { Encoded } from '../encoder/encoder.ts';
import { readHeads, type Heads } from '../encoder/heads.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { readSentiment } from '../sentiment.ts';
import { readThresholds } from '../thresholds.ts';
import { attitudeOf, readEmotionSamples, type EmotionSample } from './goemotions.ts';
import { macroRecall, mean, percent, type Result } from './measure.ts';

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
    measureAttitudes(samples, encoded, heads),
    {
      task: 'emotion, 28',
      protocol: `GoEmotions test, ${samples.length}; macro F1, thresholds from dev`,
      published: 'BERT .46 (110 M parameters); a later BERT .503',
      ours: mean(scores).toFixed(3),
    },
  ];
}

/** Sentiment of the comments whose emotions all have one attitude. */
function measureAttitudes(samples: readonly EmotionSample[], encoded: readonly Encoded[], heads: Heads): Result {
  const known = samples.flatMap(({ emotions }, index) => {
    const truth = attitudeOf(emotions);
    return truth ? [{ truth, found: readSentiment(heads, encoded[index]!.chunks).label }] : [];
  });
  const recall = macroRecall(
    known.map(({ truth }) => truth),
    known.map(({ found }) => found),
  );
  return {
    task: 'sentiment, everyday comments',
    protocol: `GoEmotions test, the ${known.length} whose emotions have one attitude; macro recall; its train part taught it`,
    published: '–',
    ours: percent(recall),
  };
}
