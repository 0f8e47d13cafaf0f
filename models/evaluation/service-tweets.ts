import type { EncoderPool } from '../encoder/pool.ts';
import { readServiceTweets } from '../training/service-tweets.ts';
import { areaUnderCurve, type Result } from './measure.ts';
import { measureTurns, readTurns, sentimentOf } from './support-turns.ts';

/** What the model makes of customers' real tweets to companies that were kept out of training. */
export async function measureServiceTweets(data: string, pool: EncoderPool): Promise<Result[]> {
  const tweets = readServiceTweets(data).filter(({ isDev }) => isDev);
  const read = await readTurns(tweets, pool);
  const protocol = `service tweets, the ${tweets.length} customers' ones of TweetSumm's valid part, with our labels`;
  const negative = areaUnderCurve(
    read.map(({ signals }) => signals.sentiment.negative),
    read.map(({ turn }) => sentimentOf(turn) === 'negative'),
  );
  return [
    ...measureTurns(read, protocol),
    {
      task: 'sentiment, negative or not',
      protocol: `${protocol}; area under the curve`,
      published: '–',
      ours: negative.toFixed(3),
    },
  ];
}
