import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelsOf, type SupportTurn } from './support-turns.ts';

interface Dialogue {
  readonly split: string;
  readonly turns: readonly { role: 'agent' | 'customer'; tweet_id: number; sentences: readonly string[] }[];
}

/**
 * TweetSumm's tweets, real ones, with the labels that this project gave them one by one, each read alone:
 * `data/service-tweets.tsv`. Those of its valid part are kept out of training.
 */
export function readServiceTweets(
  data: string,
  path = join(import.meta.dirname, 'data/service-tweets.tsv'),
): SupportTurn[] {
  const labels = new Map(readFileSync(path, 'utf8').trimEnd().split('\n').map(parseLine));
  const dialogues = readFileSync(join(data, 'tweetsumm/dialogues.jsonl'), 'utf8').trimEnd().split('\n');
  return dialogues
    .map((line) => JSON.parse(line) as Dialogue)
    .flatMap(({ split, turns }) =>
      turns.flatMap(({ role, tweet_id, sentences }) => {
        const label = labels.get(tweet_id);
        return label
          ? [{ ...label, ...origin, role, text: sentences.join(' '), isDev: split !== 'train', isCalibration: false }]
          : [];
      }),
    );
}

const origin = { channel: 'social', industry: 'none', file: 'service-tweets' };

function parseLine(line: string): [number, ReturnType<typeof labelsOf>] {
  const [tweet, ...labels] = line.split('\t');
  return [Number(tweet), labelsOf(labels)];
}
