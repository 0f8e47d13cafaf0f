import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Store } from '../data/store.ts';
import type { QueryInput } from '../transforms/query-schema.ts';
import { shownMetrics } from '../dashboards/web/pages/overview/shown-metrics.ts';
import { runQuery } from '../transforms/query.ts';
import { quantile, secondsOf, type Bench, type Figure } from './bench.ts';
import { DAYS, fillOverview, NEWEST } from './overview-data.ts';

const ROUNDS = 15;
const DAY_MILLISECONDS = 86_400_000;
const byIntent = { dimensions: ['intent'] };

/** What the overview asks (dashboards/web/pages/overview). Questions without a grain compare with the period before. */
const questions: Readonly<Record<string, object>> = {
  'key figures': { metrics: shownMetrics },
  'their course': { metrics: shownMetrics, grain: 'day' },
  'contacts by channel': { metrics: ['volume'], dimensions: ['channel'], grain: 'day', limit: 10_000 },
  'sentiment by channel': { metrics: ['mean_sentiment'], dimensions: ['channel'], counts: true },
  'moved, by reason': { metrics: ['volume', 'frustration_rate', 'repeat_contact_rate'], ...byIntent, counts: true },
  'moved, by channel': {
    metrics: ['volume', 'csat', 'service_level', 'abandon_rate', 'repeat_contact_rate', 'frustration_rate'],
    dimensions: ['channel'],
    counts: true,
  },
  repeats: {
    metrics: ['repeat_contact_rate', 'channel_switch_rate', 'volume'],
    ...byIntent,
    orderBy: [{ column: 'repeat_contact_rate', descending: true }],
  },
  'top reasons': {
    metrics: ['volume', 'mean_sentiment', 'frustration_rate', 'csat', 'full_resolution_time'],
    ...byIntent,
    orderBy: [{ column: 'volume', descending: true }],
  },
};

function inputsFor(days: number): [string, QueryInput][] {
  const to = Math.ceil(NEWEST.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const filters = { from: new Date(to - days * DAY_MILLISECONDS).toISOString(), to: new Date(to).toISOString() };
  return Object.entries(questions).map(([name, question]) => {
    const compare = 'grain' in question ? {} : { compare: 'previous_period' };
    return [name, { ...question, ...compare, filters } as QueryInput];
  });
}

async function measure(store: Store, days: number): Promise<{ all: number[]; slowest: string }> {
  const all: number[] = [];
  const medians: [string, number][] = [];
  for (const [name, input] of inputsFor(days)) {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++)
      times.push((await secondsOf(() => runQuery(store, input, { now: NEWEST }))) * 1000);
    // The first reads from disk what the others find in memory.
    all.push(...times.slice(1));
    medians.push([name, quantile(times.slice(1), 0.5)]);
  }
  const [slowest] = medians.sort(([, left], [, right]) => right - left);
  return { all, slowest: `${slowest![0]}, ${slowest![1].toFixed(0)} ms` };
}

/** The questions the overview asks, one after the other, on a store of a size that one machine should still serve. */
export const overview: Bench = {
  name: 'overview',
  title: 'The questions of the overview, over 1 million interactions and 10 million utterances',
  async run({ folder, say }) {
    const path = join(folder, 'store.duckdb');
    const store = await Store.open(path);
    await fillOverview(store, say);
    say(`${((await stat(path)).size / 1e9).toFixed(2)} GB`);
    const figures: Figure[] = [];
    for (const days of [28, DAYS / 2]) {
      const { all, slowest } = await measure(store, days);
      say(`${days} days, slowest: ${slowest}`);
      const limit = days === 28 ? { limit: 50 } : {};
      figures.push({ name: `${days} days and those before, p50`, value: quantile(all, 0.5), unit: 'ms' });
      figures.push({ name: `${days} days and those before, p95`, value: quantile(all, 0.95), unit: 'ms', ...limit });
    }
    const page = await secondsOf(() =>
      Promise.all(inputsFor(28).map(([, input]) => runQuery(store, input, { now: NEWEST }))),
    );
    figures.push({ name: 'all eight at once', value: page * 1000, unit: 'ms' });
    await store.close();
    return figures;
  },
};
