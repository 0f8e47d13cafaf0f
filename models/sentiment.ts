import { meanOfChunks } from './chunks.ts';
import type { Chunk } from './encoder.ts';
import type { Heads } from './heads.ts';

export type SentimentLabel = 'negative' | 'neutral' | 'positive';

/** The attitude a text expresses toward the company or the matter. The three probabilities add up to 1. */
export interface Sentiment {
  readonly label: SentimentLabel;
  /** positive − negative, from −1 to 1. */
  readonly score: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

/** Warm words in a turn that complains are sarcasm: five of six such turns in the held-out support turns were. */
const sarcasmThreshold = 0.3;

export function readSentiment(heads: Heads, chunks: readonly Chunk[]): Sentiment {
  const scores = meanOfChunks(heads.sentiment, chunks);
  const of = (label: SentimentLabel): number => scores[heads.sentiment.labels.indexOf(label)]!;
  const said = withLabel(of('negative'), of('neutral'), of('positive'));
  return said.label === 'positive' && blameOf(heads, chunks) >= sarcasmThreshold
    ? withLabel(said.positive, said.neutral, said.negative)
    : said;
}

function withLabel(negative: number, neutral: number, positive: number): Sentiment {
  return { label: labelOf(negative, neutral, positive), score: positive - negative, negative, neutral, positive };
}

export function labelOf(negative: number, neutral: number, positive: number): SentimentLabel {
  const highest = Math.max(negative, neutral, positive);
  if (highest === negative) return 'negative';
  return highest === positive ? 'positive' : 'neutral';
}

/** How likely the turn complains or reports a problem. */
function blameOf({ act }: Heads, chunks: readonly Chunk[]): number {
  const scores = meanOfChunks(act, chunks);
  return scores[act.labels.indexOf('complaint')]! + scores[act.labels.indexOf('problem')]!;
}
