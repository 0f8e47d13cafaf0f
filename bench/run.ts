import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { version as duckDBVersion } from '@duckdb/node-api';
import type { Bench, Figure } from './bench.ts';
import { enrichment } from './enrichment.ts';
import { history } from './history.ts';
import { landing } from './landing.ts';
import { overview } from './overview.ts';
import { score } from './score.ts';
import { webhooks } from './webhooks.ts';

const benches: readonly Bench[] = [landing, webhooks, enrichment, history, overview, score];
const resultFile = join(import.meta.dirname, 'results/latest.json');

interface Result {
  readonly name: string;
  readonly title: string;
  readonly measuredAt: string;
  readonly machine: ReturnType<typeof describeMachine>;
  /** Load of the last minute, before and after: above the number of cores, others were at work too. */
  readonly load: { readonly before: number; readonly after: number };
  readonly figures: readonly Figure[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const loadOfLastMinute = (): number => Number(loadavg()[0]!.toFixed(2));

const describeMachine = () => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  duckdb: duckDBVersion(),
});

async function runBench(bench: Bench): Promise<Result> {
  say(`\n${bench.title}`);
  const folder = await mkdtemp(join(tmpdir(), `crosstalk-bench-${bench.name}-`));
  const before = loadOfLastMinute();
  try {
    const figures = await bench.run({ folder, say: (line) => say(`  ${line}`) });
    printFigures(figures);
    const load = { before, after: loadOfLastMinute() };
    say(`  load before ${load.before}, after ${load.after}`);
    const { name, title } = bench;
    return { name, title, measuredAt: new Date().toISOString(), machine: describeMachine(), load, figures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, unit, limit, isFloor = false } of figures) {
    const isGood = limit === undefined || (isFloor ? value >= limit : value <= limit);
    const aim = limit === undefined ? '' : `   ${isFloor ? 'at least' : 'at most'} ${limit}: ${isGood ? 'yes' : 'NO'}`;
    say(`  ${name.padEnd(width)}  ${formatValue(value).padStart(12)} ${unit.padEnd(10)}${aim}`);
  }
}

const formatValue = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** Benches run before keep their results, so that one can be repeated alone. */
async function save(results: readonly Result[]): Promise<void> {
  const earlier = await readFile(resultFile, 'utf8').then(
    (text) => JSON.parse(text) as Result[],
    () => [],
  );
  const known = new Map([...earlier, ...results].map((result) => [result.name, result]));
  await mkdir(join(resultFile, '..'), { recursive: true });
  const inOrder = benches.flatMap(({ name }) => known.get(name) ?? []);
  await writeFile(resultFile, `${JSON.stringify(inOrder, null, 2)}\n`);
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    process.stderr.write(
      `invalid benchmark: ${unknown}; expected one of ${benches.map(({ name }) => name).join(', ')}\n`,
    );
    process.exitCode = 64;
    return;
  }
  const results: Result[] = [];
  for (const bench of benches)
    if (names.length === 0 || names.includes(bench.name)) results.push(await runBench(bench));
  await save(results);
}

await main(process.argv.slice(2));
