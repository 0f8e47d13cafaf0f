import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { createLogger } from '../../logger.ts';
import { Encoder } from '../encoder/encoder.ts';
import { outcomeModelFile, type LinearRows } from '../outcome/outcome-model.ts';
import { promiseModelFile } from '../outcome/promise.ts';
import { reExplainingFile } from '../re-explaining/re-explaining.ts';
import { dialoguesFolder, readDialogues } from './dialogues.ts';
import { fitOutcome } from './outcome.ts';
import { fitPromise, readPromisingTurns } from './promise.ts';
import { fitReExplaining, readWrittenPairs } from './re-explaining.ts';
import { encodeDialogues } from './read-dialogues.ts';

// Fits outcome, promises and repeated explanations on the written dialogues, over the encoder and the heads of a model
// folder as they are, and writes outcome.json, promise.json and re-explaining.json there (a minute):
//   npx tsx models/training/dialogue-heads.ts [folder of dialogues] [model folder]
const [data = dialoguesFolder, folder = readConfig().model.folder] = process.argv.slice(2);
const loaded = await Encoder.load(folder);
const encoder = { folder, encode: loaded.encode.bind(loaded) };
const logger = createLogger();

const episodes = await encodeDialogues(
  readDialogues(data).filter(({ isDev }) => !isDev),
  encoder,
);
const outcome = fitOutcome(episodes);
write(outcomeModelFile, {
  ...outcome,
  sentence: roundedRows(outcome.sentence),
  place: roundedRows(outcome.place),
  contact: roundedRows(outcome.contact),
});
const promise = fitPromise(episodes, await readPromisingTurns(encoder));
write(promiseModelFile, rounded(promise));
const reExplaining = fitReExplaining(episodes, await readWrittenPairs(encoder));
write(reExplainingFile, rounded(reExplaining));
await loaded.close();
logger.info('dialogue heads fitted', {
  episodes: episodes.length,
  outcome: outcome.threshold,
  evidence: outcome.evidenceThreshold,
  promise: promise.threshold,
  reExplaining: reExplaining.threshold,
});

function write(name: string, content: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(content)}\n`);
}

function short(value: number): number {
  return Number(value.toPrecision(5));
}

function rounded<T extends { weight: ArrayLike<number>; bias: number }>(model: T) {
  return { ...model, weight: Array.from(model.weight, short), bias: short(model.bias) };
}

function roundedRows({ weight, bias }: LinearRows) {
  return { weight: weight.map((row) => Array.from(row, short)), bias: bias.map(short) };
}
