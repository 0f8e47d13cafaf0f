import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitFolder } from './fit-folder.ts';
import { runProgram, runScript } from './run-program.ts';

// From the data sets to the shipped model folder, in one command (about 80 minutes on two cores): two trainings with
// different seeds, side by side, since each alone uses a second core badly; and their mean.
//   npm run train -- <folder of the data sets> [--minutes 77] [--seeds 1,2] [--out models/weights]
// Needs Python 3.11 or later; its packages go to var/training.
const [data = join(import.meta.dirname, '../../../shared/data'), ...rest] = process.argv.slice(2);
const { values } = parseArgs({
  args: rest,
  options: {
    minutes: { type: 'string', default: '77' },
    seeds: { type: 'string', default: '1,2' },
    out: { type: 'string', default: join(import.meta.dirname, '../weights') },
  },
});

const root = join(import.meta.dirname, '../..');
const work = join(root, 'var/training');
const encoder = join(import.meta.dirname, 'encoder');
const python = join(work, 'python/bin/python');
const folder = values.out;

mkdirSync(work, { recursive: true });
if (!existsSync(python)) {
  await runProgram('python3', ['-m', 'venv', join(work, 'python')]);
  await runProgram(python, ['-m', 'pip', 'install', '--quiet', '-r', join(encoder, 'requirements.txt')]);
}
await runScript('samples.ts', [data, join(work, 'samples')]);
const seeds = values.seeds.split(',');
const trained = await Promise.all(seeds.map((seed) => train(seed)));
await runProgram(python, [join(encoder, 'average.py'), '--out', join(work, 'trained'), ...trained]);
await runProgram(python, [join(encoder, 'export.py'), '--weights', join(work, 'trained'), '--out', folder]);
await fitFolder(folder, data);

/** Trains the encoder once; returns the folder of its weights. */
async function train(seed: string): Promise<string> {
  const out = join(work, `trained-${seed}`);
  const options = { samples: join(work, 'samples'), out, minutes: values.minutes, seed };
  await runProgram(
    python,
    [join(encoder, 'train.py'), ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
    Math.max(1, Math.floor(availableParallelism() / seeds.length)),
  );
  return out;
}
