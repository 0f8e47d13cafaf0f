import { parse } from 'csv-parse/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { createLogger } from '../../logger.ts';
import { EncoderPool } from '../pool.ts';
import { pairFeatures, pairScore, reExplainingFile, type ReExplainingModel } from '../re-explaining.ts';
import { piecesOf } from '../read-text.ts';
import { fitLogistic } from './logistic.ts';

// Fits how two sayings of a customer are held to be the same, on re-explaining.tsv beside this file, reports what
// cross-validation gives (no earlier saying on both sides), and writes models/re-explaining.json:
//   npx tsx models/training/re-explaining.ts
interface Pair {
  readonly features: number[];
  readonly target: number;
  readonly earlier: string;
  readonly later: string;
}

const folds = 10;
const { model } = readConfig();
const pool = await EncoderPool.open(model);
const pairs = await readPairs();
await pool.close();
const scored = crossValidate(pairs);
const threshold = bestThreshold(scored);
const whole = fit(pairs);
const rounded = (value: number): number => Number(value.toPrecision(5));
const fitted: ReExplainingModel = { weight: whole.weight.map(rounded), bias: rounded(whole.bias), threshold };
writeFileSync(reExplainingFile, `${JSON.stringify(fitted)}\n`);
createLogger().info('re-explaining fitted', { pairs: pairs.length, ...measure(scored, threshold) });
for (const { pair, score } of scored)
  if (score >= threshold !== (pair.target === 1))
    createLogger().info(`wrong: ${pair.earlier} → ${pair.later}`, { expected: pair.target, score: rounded(score) });

async function readPairs(): Promise<Pair[]> {
  const file = readFileSync(join(import.meta.dirname, 're-explaining.tsv'), 'utf8');
  const rows = parse(file, { delimiter: '\t', comment: '#', columns: true, quote: null }) as Record<string, string>[];
  const texts = rows.flatMap(({ earlier, later }) => [earlier!, later!]);
  const vectors = (await pool.encode(texts.map(piecesOf))).map(({ vector }) => vector);
  return rows.map(({ re_explains: label, earlier, later }, index) => ({
    features: pairFeatures(
      { text: earlier!, vector: vectors[index * 2]! },
      { text: later!, vector: vectors[index * 2 + 1]! },
    ),
    target: Number(label),
    earlier: earlier!,
    later: later!,
  }));
}

function fit(training: readonly Pair[]): Omit<ReExplainingModel, 'threshold'> {
  const { weight, bias } = fitLogistic(training, { ridge: 0.01, passes: 200 });
  return { weight: [...weight], bias };
}

function crossValidate(all: readonly Pair[]): { pair: Pair; score: number }[] {
  const subjects = [...new Set(all.map(({ earlier }) => earlier))];
  const foldOf = ({ earlier }: Pair): number => subjects.indexOf(earlier) % folds;
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const held = fit(all.filter((pair) => foldOf(pair) !== fold));
    return all
      .filter((pair) => foldOf(pair) === fold)
      .map((pair) => ({ pair, score: pairScore({ ...held, threshold: 0 }, pair.features) }));
  });
}

/** A false accusation of making people repeat themselves is worse than a miss: precision counts twice. */
function bestThreshold(results: readonly { pair: Pair; score: number }[]): number {
  const candidates = Array.from({ length: 71 }, (_, step) => Number((0.2 + step * 0.01).toFixed(2)));
  const value = (candidate: number): number => {
    const { precision, recall } = measure(results, candidate);
    return (1.25 * precision * recall) / (0.25 * precision + recall);
  };
  return candidates.reduce((best, candidate) => (value(candidate) > value(best) ? candidate : best));
}

function measure(results: readonly { pair: Pair; score: number }[], least: number) {
  const found = results.filter(({ score }) => score >= least);
  const right = found.filter(({ pair }) => pair.target === 1).length;
  const precision = right / Math.max(found.length, 1);
  return { precision, recall: right / results.filter(({ pair }) => pair.target === 1).length };
}
