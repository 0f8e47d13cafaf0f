import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { encodeTurns, type EncodedSentence } from '../summaries/picks.ts';

export interface DialogueSentence extends EncodedSentence {
  readonly key: string;
}

export interface Dialogue {
  readonly split: string;
  readonly sentences: readonly DialogueSentence[];
  /** For each annotator, the keys of the sentences picked. */
  readonly picks: readonly ReadonlySet<string>[];
  readonly abstractive: readonly string[];
}

/**
 * Every fourth training dialogue, by its place among them, is kept from the encoder: on what the encoder has learnt by
 * heart, the summary model would learn to trust it too much.
 */
export const isKeptFromEncoder = (_: unknown, index: number): boolean => index % 4 === 3;

interface Line {
  readonly split: string;
  readonly turns: readonly { role: string; sentences: readonly string[] }[];
  readonly annotations: readonly {
    extractive?: readonly (readonly [number, number])[];
    abstractive?: readonly string[];
  }[];
}

/** TweetSumm's dialogues of the given parts, each sentence with its vector, read in the context of its turn. */
export async function readDialogues(
  data: string,
  encoder: TextEncoderLike,
  isWanted: (split: string) => boolean,
): Promise<Dialogue[]> {
  const lines = readFileSync(join(data, 'tweetsumm/dialogues.jsonl'), 'utf8').trimEnd().split('\n');
  const wanted = lines.map((line) => JSON.parse(line) as Line).filter(({ split }) => isWanted(split));
  return Promise.all(wanted.map((line) => readDialogue(line, encoder)));
}

async function readDialogue({ split, turns, annotations }: Line, encoder: TextEncoderLike): Promise<Dialogue> {
  const sentences = (await encodeTurns(turns, encoder)).map((sentence) => ({
    ...sentence,
    key: `${sentence.utterance}:${sentence.position}`,
  }));
  return {
    split,
    sentences,
    picks: annotations
      .map(({ extractive = [] }) => new Set(extractive.map((pair) => pair.join(':'))))
      .filter(({ size }) => size > 0),
    abstractive: annotations.flatMap(({ abstractive }) => (abstractive?.length ? [abstractive.join(' ')] : [])),
  };
}

/** The share of annotators who picked each sentence. */
export const shareOf = ({ picks }: Dialogue, key: string): number =>
  picks.filter((picked) => picked.has(key)).length / Math.max(picks.length, 1);
