import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestOf, scoresOf, unit } from '../own-intents/own-intent-head.ts';
import { readOwnIntent, trainOwnIntents, type OwnIntentExample } from '../own-intents/own-intents.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf } from '../read-text.ts';
import { createRandom } from '../random.ts';
import { mean, percent, type Result } from './measure.ts';

type Sample = readonly [text: string, label: string];

interface Task {
  readonly name: string;
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
  /** Texts of no intent. */
  readonly outside: readonly string[];
}

const shots = 5;
const draws = [1, 2, 3];

/** A company's own intents from five examples each, as the `intents train` command learns them; mean over three draws. */
export async function measureOwnIntents(data: string, pool: EncoderPool): Promise<Result[]> {
  const results: Result[] = [];
  for (const task of readTasks(data)) results.push(...(await measureTask(task, pool)));
  return results;
}

function readTasks(data: string): Task[] {
  const clinc = join(data, 'clinc150/data_full_train_val.json');
  const banking = (part: string): Sample[] =>
    (parse(readFileSync(join(data, `banking77/${part}.csv`)), { from_line: 2 }) as string[][]).map(
      ([text, label]) => [text!, label!] as const,
    );
  const tasks: Task[] = [];
  if (existsSync(clinc)) {
    const parts = JSON.parse(readFileSync(clinc, 'utf8')) as Record<'train' | 'val' | 'oos_val', Sample[]>;
    const outside = parts.oos_val.map(([text]) => text);
    tasks.push({ name: 'clinc150', train: parts.train, test: parts.val, outside });
  }
  if (existsSync(join(data, 'banking77')))
    tasks.push({ name: 'banking77', train: banking('train'), test: banking('test'), outside: [] });
  return tasks;
}

async function measureTask({ name, train, test, outside }: Task, pool: EncoderPool): Promise<Result[]> {
  const vectorsOf = async (texts: readonly string[]): Promise<Float32Array[]> =>
    (await pool.encode(texts.map(piecesOf))).map(({ vector }) => unit(vector));
  const [testVectors, outsideVectors] = [await vectorsOf(test.map(([text]) => text)), await vectorsOf(outside)];
  const runs: { accuracy: number; sure: number; refused: number }[] = [];
  for (const draw of draws) {
    const examples = drawExamples(train, draw);
    const { model } = trainOwnIntents(examples, await vectorsOf(examples.map(({ text }) => text)), []);
    const best = testVectors.map((vector) => model.intents[bestOf(scoresOf(model, vector)).intent]);
    const named = testVectors.map((vector) => readOwnIntent(model, vector)?.intent);
    runs.push({
      accuracy: mean(test.map(([, label], index) => Number(best[index] === label))),
      sure: mean(test.map(([, label], index) => Number(named[index] === label))),
      refused: mean(outsideVectors.map((vector) => Number(readOwnIntent(model, vector) === undefined))),
    });
  }
  const figure = (of: (run: (typeof runs)[number]) => number): string => percent(mean(runs.map(of)));
  const protocol = `${name}, ${shots} examples of each of its intents, ${draws.length} draws; its train part was seen by the encoder`;
  return [
    {
      task: 'own intents, 5 examples',
      protocol: `${protocol}; accuracy`,
      published: '–',
      ours: figure(({ accuracy }) => accuracy),
    },
    ...(outside.length > 0
      ? [
          {
            task: 'own intents, unknown',
            protocol: `${protocol}; out-of-scope recall at the in-scope accuracy, threshold from the examples alone`,
            published: '–',
            ours: `${figure(({ refused }) => refused)} at ${figure(({ sure }) => sure)}`,
          },
        ]
      : []),
  ];
}

function drawExamples(train: readonly Sample[], draw: number): OwnIntentExample[] {
  const random = createRandom(draw * 7919);
  const shuffled = train.map((sample) => ({ sample, key: random() })).sort((left, right) => left.key - right.key);
  const counts = new Map<string, number>();
  return shuffled.flatMap(({ sample: [text, intent] }) => {
    const count = (counts.get(intent) ?? 0) + 1;
    counts.set(intent, count);
    return count <= shots ? [{ intent, text }] : [];
  });
}
