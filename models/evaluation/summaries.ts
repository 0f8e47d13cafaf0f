import type { EncoderPool } from '../encoder/pool.ts';
import { pickBest, scoreSentences } from '../summaries/picks.ts';
import { readFitted } from '../read-text.ts';
import { mean, type Result } from './measure.ts';
import { readDialogues, type Dialogue, type DialogueSentence } from './tweetsumm.ts';

type Pick = (dialogue: Dialogue) => ReadonlySet<string>;

/** Two sentences of each side against what people picked, and against what they wrote. */
export async function measureSummaries(data: string, pool: EncoderPool): Promise<Result[]> {
  const dialogues = (await readDialogues(data, pool, (split) => split !== 'train')).filter(
    ({ picks }) => picks.length > 0,
  );
  const { summary } = readFitted(pool.folder);
  const ours: Pick = ({ sentences }) => pickTwoOfEach(sentences, scoreSentences(summary, sentences));
  const longest: Pick = ({ sentences }) =>
    pickTwoOfEach(
      sentences,
      sentences.map(({ text }) => text.length),
    );
  const protocol = `TweetSumm valid, ${dialogues.length} dialogues, two sentences of each side`;
  return [
    {
      task: 'extractive summary',
      protocol: `${protocol}; sentence F1, mean over annotators`,
      published: `longest two of each ${sentenceF1(dialogues, longest).toFixed(3)}, another person ${anotherPerson(dialogues).toFixed(3)} (both on this part)`,
      ours: sentenceF1(dialogues, ours).toFixed(3),
    },
    {
      task: 'extractive summary, words',
      protocol: `${protocol}; ROUGE-1 F against extractive (mean) / abstractive (best) references, no stemming`,
      published: `longest two of each ${rouge(dialogues, longest)} (on this part)`,
      ours: rouge(dialogues, ours),
    },
  ];
}

/** As `crosstalk summarize` picks them. */
const pickTwoOfEach = (sentences: readonly DialogueSentence[], scores: readonly number[]): ReadonlySet<string> =>
  new Set(pickBest(sentences, scores, { customer: 2, agent: 2 }).map(({ key }) => key));

const overlapF1 = (left: ReadonlySet<string>, right: ReadonlySet<string>): number =>
  (2 * [...left].filter((key) => right.has(key)).length) / (left.size + right.size);

const sentenceF1 = (dialogues: readonly Dialogue[], pick: Pick): number =>
  mean(dialogues.flatMap((dialogue) => dialogue.picks.map((picked) => overlapF1(pick(dialogue), picked))));

const anotherPerson = (dialogues: readonly Dialogue[]): number =>
  mean(
    dialogues.flatMap(({ picks }) =>
      picks.flatMap((one) => picks.filter((other) => other !== one).map((other) => overlapF1(one, other))),
    ),
  );

function rouge(dialogues: readonly Dialogue[], pick: Pick): string {
  const extractive = dialogues.map((dialogue) => {
    const text = textOf(dialogue, pick(dialogue));
    return mean(dialogue.picks.map((picked) => rougeOne(text, textOf(dialogue, picked))));
  });
  const abstractive = dialogues
    .filter((dialogue) => dialogue.abstractive.length > 0)
    .map((dialogue) =>
      Math.max(...dialogue.abstractive.map((written) => rougeOne(textOf(dialogue, pick(dialogue)), written))),
    );
  return `${mean(extractive).toFixed(3)} / ${mean(abstractive).toFixed(3)}`;
}

const textOf = ({ sentences }: Dialogue, keys: ReadonlySet<string>): string =>
  sentences
    .filter(({ key }) => keys.has(key))
    .map(({ text }) => text.replaceAll('@user', ' '))
    .join(' ');

/** F of the words two texts share, counted as often as they occur in both. */
function rougeOne(found: string, reference: string): number {
  const left = wordCounts(found);
  const right = wordCounts(reference);
  const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shared = [...left].reduce((sum, [word, count]) => sum + Math.min(count, right.get(word) ?? 0), 0);
  return (2 * shared) / Math.max(total(left) + total(right), 1);
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
