import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { cleanText } from '../text/clean.ts';
import { Encoder } from '../encoder/encoder.ts';
import {
  checkSentence,
  meaningOf,
  sourceOf,
  supportModelFile,
  type SaidSentence,
  type Source,
} from '../summaries/support.ts';

// Fits from which meaning on a sentence of a summary counts as said, on TweetSumm's train part: sentences that people wrote
// of a dialogue, against the same sentences and another dialogue with the same company. Writes it into the model folder:
//   npx tsx models/training/support.ts [folder of the data sets] [model folder]
const data = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data');
const folder = process.argv[3] ?? readConfig().model.folder;
/** What a share of words in common counts beside the cosine: tried from 0 to 1, flat from 0.4 on. */
const wordShare = 0.5;
/** At most this share of sentences about something else may pass. */
const passing = 0.05;
const every = 3;

interface Line {
  readonly split: string;
  readonly turns: readonly { role: string; sentences: readonly string[] }[];
  readonly annotations: readonly { abstractive?: readonly string[] | null }[];
}
interface Example {
  readonly text: string;
  readonly vector: Float32Array;
  readonly own: Source;
  readonly other: Source;
}

const lines = readFileSync(join(data, 'tweetsumm/dialogues.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Line)
  .filter(({ split }) => split === 'train');
const common = commonWords(lines.flatMap(textsOf));
const encoder = await Encoder.load(folder);
const examples = await readExamples(lines.filter((_, index) => index % every === 0));
await encoder.close();

// The threshold comes from one half, what it does from the other.
const half = examples.filter((_, index) => index % 2 === 0);
const unseen = examples.filter((_, index) => index % 2 === 1);
const scores = half.map(({ text, vector, other }) => meaningOf(text, vector, other, { wordShare }).score);
const threshold = Number(scores.sort((left, right) => right - left)[Math.floor(passing * scores.length)]!.toFixed(3));
const model = { wordShare, threshold, common: new Set(common) };
report(
  'sentences of another dialogue that pass',
  unseen.map(({ text, vector, other }) => checkSentence(text, vector, other, model)),
);
report(
  'sentences of the dialogue itself that pass',
  unseen.map(({ text, vector, own }) => checkSentence(text, vector, own, model)),
);
writeFileSync(
  join(folder, supportModelFile),
  `${JSON.stringify({ wordShare, threshold, common: common.join(' ') })}\n`,
);

function report(title: string, checked: readonly ReturnType<typeof checkSentence>[]): void {
  const reasons = new Map<string, number>();
  for (const one of checked) {
    const reason = 'reason' in one ? one.reason.replace(/^(nobody \w+) .*/s, '$1 …') : 'passes';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const shares = [...reasons].map(([reason, count]) => `${reason} ${(count / checked.length).toFixed(3)}`);
  process.stdout.write(`${title}, of ${checked.length}: ${shares.join(', ')}\n`);
}

async function readExamples(dialogues: readonly Line[]): Promise<Example[]> {
  const read: { company: string | undefined; source: Source; told: SaidSentence[] }[] = [];
  for (const dialogue of dialogues)
    read.push({
      company: companyOf(dialogue),
      source: sourceOf(
        await vectorsOf(dialogue.turns.flatMap(({ role, sentences }) => sentences.map((text) => ({ role, text })))),
      ),
      told: await vectorsOf(
        dialogue.annotations.flatMap(({ abstractive }) => (abstractive ?? []).map((text) => ({ role: '', text }))),
      ),
    });
  return read.flatMap((one, index) => {
    const other = [...read.slice(index + 1), ...read.slice(0, index)].find(({ company }) => company === one.company);
    if (!other || one.company === undefined) return [];
    return one.told.map(({ text, vector }) => ({ text, vector, own: one.source, other: other.source }));
  });
}

async function vectorsOf(sentences: readonly { role: string; text: string }[]): Promise<SaidSentence[]> {
  const read: SaidSentence[] = [];
  for (const sentence of sentences) {
    const cleaned = cleanText(sentence.text);
    if (cleaned !== '') read.push({ ...sentence, vector: (await encoder.encode([[cleaned]]))[0]!.vector });
  }
  return read;
}

/** The company as the customer addresses it. */
function companyOf({ turns }: Line): string | undefined {
  return /@([a-z]\w+)/i.exec(turns.flatMap(({ sentences }) => sentences).join(' '))?.[1];
}

function textsOf({ turns, annotations }: Line): string[] {
  return [
    ...turns.flatMap(({ sentences }) => sentences),
    ...annotations.flatMap(({ abstractive }) => abstractive ?? []),
  ];
}

/** Words written in lower case more than once. */
function commonWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const [word] of texts.join('\n').matchAll(/(?<![@#\p{L}\p{N}./])\p{Ll}{2,}(?![\p{L}\p{N}@])/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].flatMap(([word, count]) => (count > 1 ? [word] : [])).sort();
}
