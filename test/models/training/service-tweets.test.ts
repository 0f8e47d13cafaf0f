import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../../config.ts';
import { readHeads } from '../../../models/encoder/heads.ts';
import { readServiceTweets } from '../../../models/training/service-tweets.ts';

test('a tweet finds its labels by its number; what has none is left out, the valid part is kept out of training', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosstalk-tweets-'));
  const dialogue = (split: string, tweet: number) => ({
    split,
    turns: [
      { role: 'customer', tweet_id: tweet, sentences: ['@Orbit Still no parcel.', 'Third time I ask.'] },
      { role: 'agent', tweet_id: tweet + 1, sentences: ['We are sorry.'] },
    ],
  });
  mkdirSync(join(folder, 'tweetsumm'));
  const lines = [dialogue('train', 11), dialogue('valid', 21)].map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(join(folder, 'tweetsumm/dialogues.jsonl'), lines.join(''));
  writeFileSync(
    join(folder, 'labels.tsv'),
    '11\t-1\t1\tcomplaint\tdelivery.missing,complaint.no_reply\n22\t0\t0\tapology\t-\n',
  );
  const tweets = readServiceTweets(folder, join(folder, 'labels.tsv'));
  assert.deepEqual(
    tweets.map(({ role, text, sentiment, isFrustrated, act, reasons, isDev }) => ({
      role,
      text,
      sentiment,
      isFrustrated,
      act,
      reasons,
      isDev,
    })),
    [
      {
        role: 'customer',
        text: '@Orbit Still no parcel. Third time I ask.',
        sentiment: -1,
        isFrustrated: true,
        act: 'complaint',
        reasons: ['delivery.missing', 'complaint.no_reply'],
        isDev: false,
      },
      {
        role: 'agent',
        text: 'We are sorry.',
        sentiment: 0,
        isFrustrated: false,
        act: 'apology',
        reasons: [],
        isDev: true,
      },
    ],
  );
});

const data = join(import.meta.dirname, '../../../../shared/data');

test(
  'every labelled tweet is there, and carries labels that the heads know',
  { skip: existsSync(join(data, 'tweetsumm')) ? false : 'skipped: the public sets are not beside this checkout' },
  () => {
    const tweets = readServiceTweets(data);
    assert.equal(tweets.length, 6480);
    assert.equal(tweets.filter(({ isDev }) => isDev).length, 574);
    const { act, reason } = readHeads(readConfig().model.folder);
    const wrong = tweets.filter(
      (tweet) =>
        !act.labels.includes(tweet.act) ||
        tweet.reasons.some((name) => !reason.labels.includes(name)) ||
        (tweet.isFrustrated && tweet.sentiment >= 0),
    );
    assert.deepEqual(wrong, []);
  },
);
