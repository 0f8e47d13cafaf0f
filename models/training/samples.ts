import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanText } from '../text/clean.ts';
import { attitudeOf, readEmotionSamples } from '../evaluation/goemotions.ts';
import { isKeptFromEncoder } from '../evaluation/tweetsumm.ts';
import { piecesOf } from '../read-text.ts';
import { readLabelledTurns } from './labelled-turns.ts';
import {
  readBankingIntents,
  readBitextIntents,
  readClincIntents,
  readInsuranceIntents,
  readMultidogo,
  readRatedSentences,
  readReasonMapping,
  type IntentSample,
} from './public-sets.ts';

// Writes what the encoder is trained on, one file of lines for each task, with the very cleaning that serving uses:
//   npx tsx models/training/samples.ts <folder of the data sets> <folder to write into>
const [data, out] = process.argv.slice(2) as [string, string];
mkdirSync(out, { recursive: true });

const mapping = readReasonMapping();

const withReasons = ({ set, text, label }: IntentSample) => ({
  set,
  text: cleanText(text),
  label,
  reasons: mapping.get(`${set} ${label}`) ?? null,
});

write(
  'support',
  readLabelledTurns(data).map(({ text, ...turn }) => ({ ...turn, text: piecesOf(text).join(' ') })),
);
write(
  'ratings',
  readRatedSentences(data).map(({ text, ...rest }) => ({ ...rest, text: cleanText(text) })),
);
write(
  'emotions',
  ['train', 'dev'].flatMap((part) =>
    readEmotionSamples(data, part).map(({ text, emotions }) => ({
      text: cleanText(text),
      emotions: [...emotions],
      attitude: attitudeOf(emotions) ?? null,
      isDev: part === 'dev',
    })),
  ),
);
write(
  'intents',
  [
    ...readBankingIntents(data),
    ...readClincIntents(data),
    ...readBitextIntents(data),
    ...readInsuranceIntents(data),
  ].map(withReasons),
);
write('dialogue-acts', readMultidogo(data).map(withReasons));
write('salience', readSalience());

interface Dialogue {
  readonly split: string;
  readonly turns: readonly { role: string; sentences: readonly string[] }[];
  readonly annotations: readonly { extractive?: readonly (readonly [number, number])[] }[];
}

/** TweetSumm's training turns: for each sentence the share of people who put it in their summary. */
function readSalience() {
  const dialogues = readFileSync(join(data, 'tweetsumm/dialogues.jsonl'), 'utf8').trimEnd().split('\n');
  return dialogues
    .map((line) => JSON.parse(line) as Dialogue)
    .filter(({ split }) => split === 'train')
    .filter((dialogue, index) => !isKeptFromEncoder(dialogue, index))
    .flatMap(({ turns, annotations }) => {
      const picks = annotations.map(({ extractive = [] }) => extractive).filter(({ length }) => length > 0);
      return turns.map(({ role, sentences }, turn) => ({
        role,
        sentences: sentences.map((sentence) => cleanText(sentence)),
        shares: sentences.map(
          (_, sentence) =>
            picks.filter((pick) => pick.some(([t, s]) => t === turn && s === sentence)).length /
            Math.max(picks.length, 1),
        ),
      }));
    });
}

function write(task: string, samples: readonly object[]): void {
  writeFileSync(join(out, `${task}.ndjson`), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
}
