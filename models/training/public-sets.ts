import { parse } from 'csv-parse/sync';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A text with the name its own set gives to what is wanted. */
export interface IntentSample {
  readonly set: string;
  readonly text: string;
  readonly label: string;
}

export const rows = (path: string, delimiter = ','): Record<string, string>[] =>
  parse(readFileSync(path), { columns: true, delimiter, bom: true }) as Record<string, string>[];

/** Banking77's training part: 77 intents. */
export const readBankingIntents = (data: string): IntentSample[] =>
  rows(join(data, 'banking77/train.csv')).map(({ text, category }) => ({
    set: 'banking77',
    text: text!,
    label: category!,
  }));

/** CLINC150's training part: 150 intents, and `oos` for what is out of its scope. */
export function readClincIntents(data: string): IntentSample[] {
  const parts = JSON.parse(readFileSync(join(data, 'clinc150/data_full_train_val.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >;
  return [...parts.train!, ...(parts.oos_train ?? [])].map(([text, label]) => ({ set: 'clinc150', text, label }));
}

/** Bitext's sample: 27 intents. */
export function readBitextIntents(data: string): IntentSample[] {
  const folder = join(data, 'bitext');
  const file = readdirSync(folder).find((name) => name.endsWith('.csv'))!;
  return rows(join(folder, file)).map(({ instruction, intent }) => ({
    set: 'bitext',
    text: instruction!,
    label: intent!,
  }));
}

/** The spoken-style insurance requests of DSTC 11: 22 intents. */
export const readInsuranceIntents = (data: string): IntentSample[] =>
  readFileSync(join(data, 'dstc11_natcs/development/test-utterances.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { utterance: string; intent: string })
    .map(({ utterance, intent }) => ({ set: 'natcs', text: utterance, label: intent }));

/** MultiDoGO's training parts: customers' sentences of six domains; several labels stand between `<div>`. */
export function readMultidogo(data: string): IntentSample[] {
  const folder = join(data, 'multidogo/splits_annotated_at_sentence_level');
  return readdirSync(folder).flatMap((domain) =>
    rows(join(folder, domain, 'train.tsv'), '\t').map(({ utterance, intent }) => ({
      set: 'multidogo',
      text: utterance!,
      label: intent!,
    })),
  );
}

/** A sentence with the mean of its readers' ratings, −4 to 4. */
export interface RatedSentence {
  readonly set: string;
  readonly text: string;
  readonly rating: number;
}

const ratedSets = ['amazonReviewSnippets', 'movieReviewSnippets', 'nytEditorialSnippets', 'tweets'] as const;

/** VADER's rated sentences, less those that stand in a set we only measure on. */
export function readRatedSentences(data: string): RatedSentence[] {
  const lines = (path: string): string[][] =>
    readFileSync(join(data, 'vader', path), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  const leftOut = new Set(lines('leave_out.tsv').map(([set, id]) => `${set} ${id}`));
  return ratedSets.flatMap((set) =>
    lines(`${set}_GroundTruth.txt`)
      .filter(([id]) => !leftOut.has(`${set} ${id}`))
      .map(([, rating, text]) => ({ set, text: text!, rating: Number(rating) })),
  );
}

/** The contact reasons that each label of a public set stands for: `set label` → reasons. */
export function readReasonMapping(path = join(import.meta.dirname, 'data/reason-mapping.tsv')): Map<string, string[]> {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const [set, label, reasons] = line.split('\t') as [string, string, string];
      return [`${set} ${label}`, reasons.split(',')];
    }),
  );
}
