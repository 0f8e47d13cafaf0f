import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { createLogger } from '../../logger.ts';
import { measureGate } from '../encoder/gate.ts';
import { readModelId } from '../encoder/model-id.ts';
import { EncoderPool } from '../encoder/pool.ts';
import { measureBlame } from './blame.ts';
import { measureDialogues } from './dialogues.ts';
import { measureEmotions } from './emotions.ts';
import { measureIntents } from './intents.ts';
import { percent, type Result } from './measure.ts';
import { measureOwnIntents } from './own-intents.ts';
import { linesOf, readReliability, resultOf } from './reliability.ts';
import { drawReliability } from './reliability-figure.ts';
import { measureReviews } from './reviews.ts';
import { measureSameContent } from './same-content.ts';
import { measureSummaries } from './summaries.ts';
import { measureServiceTweets } from './service-tweets.ts';
import { measureSupportTurns } from './support-turns.ts';
import { measureTelcoChurn } from './telco.ts';

// Measures the shipped model on public sets and writes results.md and its picture beside this file:
//   npm run evaluate [-- folder of the data sets]
const data = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data');
const logger = createLogger();
if (!existsSync(data)) {
  logger.error(`invalid data folder: ${data}; expected a folder with the public sets`);
  process.exit(66);
}
const { model } = readConfig();
const pool = await EncoderPool.open({ folder: model.folder, workers: cpus().length });
const started = performance.now();
const reliability = await readReliability(pool);
const results: Result[] = [
  {
    task: 'sentiment, gate at start',
    protocol: 'the hand-written sentences of models/encoder/gate.tsv; macro recall',
    published: '–',
    ours: percent(await measureGate(pool)),
  },
  resultOf(reliability),
];
for (const measure of [
  measureSupportTurns,
  measureServiceTweets,
  measureSameContent,
  measureBlame,
  measureDialogues,
  measureSummaries,
  measureReviews,
  measureEmotions,
  measureIntents,
  measureOwnIntents,
  measureTelcoChurn,
]) {
  results.push(...(await measure(data, pool)));
  logger.info(`${measure.name} done`, { seconds: Math.round((performance.now() - started) / 1000) });
}
await pool.close();
writeFileSync(join(import.meta.dirname, 'reliability.svg'), drawReliability(reliability));
writeFileSync(join(import.meta.dirname, 'results.md'), tableOf(results));

function tableOf(rows: readonly Result[]): string {
  const lines = rows.map(({ task, protocol, published, ours }) => `| ${task} | ${protocol} | ${published} | ${ours} |`);
  return [
    '# What the shipped model reaches',
    '',
    `\`${readModelId(model.folder)}\`, int8, read through the same code as in the pipeline. Written by \`npm run evaluate\`; do not edit.`,
    'Published figures are those of larger models or of simple baselines, as the row says; they were not all measured on the same part.',
    '',
    '| task | set and protocol | published | ours |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
    '## How sure, and how right',
    '',
    ...linesOf(reliability),
    '',
    '![How sure the model is of the sentiment it names, against how often it is right](reliability.svg)',
    '',
  ].join('\n');
}
