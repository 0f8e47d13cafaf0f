import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectors } from '../../ingest/sources.ts';
import { fixturesOf, payloadsOf } from '../ingest/samples.ts';
import { emptyCount, fuzz, type Fault, type FuzzCount } from './fuzz.ts';

/**
 * `npm run fuzz [-- --minutes 2 --source slack --seed one]`: sends broken deliveries to every connector for about so many
 * minutes and says what became of them. The first delivery that breaks the contract in each way is saved under
 * `var/fuzz`; the same seed sends the same deliveries again. Ends with 1 where anything broke.
 */
const ROUNDS = 40;
const folder = join(import.meta.dirname, '../../var/fuzz');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    source: { type: 'string' },
    seed: { type: 'string', default: 'crosstalk' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function save({ source, message, round, delivery }: Fault): string {
  mkdirSync(folder, { recursive: true });
  const name = `${source}-${values.seed}-${round}`;
  writeFileSync(join(folder, `${name}.${delivery.format}`), delivery.body);
  writeFileSync(
    join(folder, `${name}.txt`),
    `${message}\nfrom ${delivery.name}, round ${round} of seed ${values.seed}\n`,
  );
  return `var/fuzz/${name}.${delivery.format}`;
}

function print(count: FuzzCount): void {
  const { source, deliveries, units, mapped, dropped, ignored, unknown, rejected, facts, slowest } = count;
  const parts = `${mapped} mapped, ${dropped} dropped, ${ignored} ignored, ${unknown} unknown, ${rejected} rejected`;
  const slow =
    slowest.milliseconds > 1_000 ? `; round ${slowest.round} took ${Math.round(slowest.milliseconds)} ms` : '';
  say(`${source.padEnd(20)} ${deliveries} deliveries, ${units} units: ${parts}; ${facts} facts${slow}`);
  for (const fault of count.faults.values()) say(`  ${fault.message} (${fault.times} times): ${save(fault)}`);
}

const chosen = connectors.filter(({ name }) => values.source === undefined || name === values.source);
if (chosen.length === 0) throw new Error(`invalid source: ${values.source}; expected one of docs/sources.md`);
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`invalid minutes: ${values.minutes}; expected a number above 0`);

const end = Date.now() + minutes * 60_000;
const runs = chosen.map((connector) => ({
  connector,
  samples: [...fixturesOf(connector), ...payloadsOf(connector)],
  count: emptyCount(connector.name),
}));
for (let from = 0; Date.now() < end; from += ROUNDS)
  for (const { connector, samples, count } of runs)
    await fuzz(connector, samples, { seed: values.seed, from, to: from + ROUNDS }, count, () => Date.now() > end);

for (const { count } of runs) print(count);
const sum = (of: (count: FuzzCount) => number): number => runs.reduce((total, { count }) => total + of(count), 0);
const lost = sum((c) => c.units - c.mapped - c.dropped - c.ignored - c.unknown - c.rejected);
const faults = sum((c) => c.faults.size);
say(
  `${sum((c) => c.deliveries)} deliveries to ${runs.length} sources: ${sum((c) => c.units)} units, ${sum((c) => c.mapped)} mapped, ${sum((c) => c.dropped)} dropped, ${sum((c) => c.ignored)} ignored, ${sum((c) => c.unknown)} unknown, ${sum((c) => c.rejected)} rejected; ${lost} unaccounted for, ${faults} faults`,
);
process.exitCode = faults + lost > 0 ? 1 : 0;
