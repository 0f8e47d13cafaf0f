import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf, readText } from '../read-text.ts';
import { accuracy, macroRecall, percent, type Result } from './measure.ts';

interface RatedText {
  readonly score: number;
  readonly text: string;
}

const readLines = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

/** Film sentences that also stand in SST-2, which training left out: negative or positive. */
function readFilmSentences(data: string): RatedText[] {
  const leftOut = new Set(
    readLines(join(data, 'vader/leave_out.tsv')).flatMap(([set, id]) => (set === 'movieReviewSnippets' ? [id!] : [])),
  );
  return readLines(join(data, 'vader/movieReviewSnippets_GroundTruth.txt'))
    .filter(([id]) => leftOut.has(id!))
    .map(([, score, text]) => ({ score: Number(score), text: text! }))
    .filter(({ score }) => Math.abs(score) >= 0.5);
}

const readTweets = (data: string): RatedText[] =>
  readLines(join(data, 'vader/tweets_GroundTruth.txt')).map(([, score, text]) => ({
    score: Number(score),
    text: text!,
  }));

/** Sentiment against VADER's human ratings (−4 to 4). */
export async function measureReviews(data: string, pool: EncoderPool): Promise<Result[]> {
  const films = readFilmSentences(data);
  const filmSigns = (await read(pool, films)).map(({ positive, negative }) =>
    positive > negative ? 'positive' : 'negative',
  );
  const tweets = readTweets(data);
  const tweetLabels = (await read(pool, tweets)).map(({ label }) => label);
  return [
    {
      task: 'sentiment, film sentences',
      protocol: `${films.length} of VADER's that stand in SST-2, never trained on; accuracy, two classes`,
      published: 'DistilBERT 91.3, RNTN 85.4 (on SST-2)',
      ours: percent(
        accuracy(
          films.map(({ score }) => (score > 0 ? 'positive' : 'negative')),
          filmSigns,
        ),
      ),
    },
    {
      task: 'sentiment, tweets',
      protocol: `${tweets.length} of VADER's; macro recall, neutral within ±0.5; **in training**, so an upper bound`,
      published: '–',
      ours: percent(
        macroRecall(
          tweets.map(({ score }) => classOf(score)),
          tweetLabels,
        ),
      ),
    },
  ];
}

const classOf = (score: number): string => (score > 0.5 ? 'positive' : score < -0.5 ? 'negative' : 'neutral');

async function read(pool: EncoderPool, texts: readonly RatedText[]) {
  const pieces = texts.map(({ text }) => piecesOf(text));
  const encoded = await pool.encode(pieces);
  return encoded.map((one, index) => readText(pool.folder, one, pieces[index]!, 'customer').sentiment);
}
