import type { Store } from '../../../data/store.ts';
import { channels, type Channel } from '../../../ingest/channels.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { present } from '../present.ts';
import { Filters, type FilterOption } from '../schemas/filters.ts';
import { readSql } from '../sql.ts';

const optionsSql = readSql('filters')();
const boundsSql = readSql('filters-bounds')();
const names = [
  'channel',
  'source',
  'queue',
  'agent',
  'team',
  'brand',
  'intent',
  'own_intent',
  'mention',
  'language',
] as const;

export function filterRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/filters',
    {
      config: { permission: 'metrics' },
      schema: {
        summary: 'What each filter can be set to, with the number of conversations',
        response: { 200: Filters },
      },
    },
    async () => readFilters(store),
  );
}

async function readFilters(store: Store): Promise<Filters> {
  const [rows, [bounds]] = await Promise.all([
    store.all<{ name: string; value: string; count: number }>(optionsSql),
    store.all(boundsSql),
  ]);
  const of = (name: string): FilterOption[] =>
    rows.filter((row) => row.name === name).map(({ value, count }) => ({ value, title: titleOf(name, value), count }));
  const options = Object.fromEntries(names.map((name) => [name, of(name)])) as Record<
    (typeof names)[number],
    FilterOption[]
  >;
  return { ...options, ...present<Pick<Filters, 'firstAt' | 'lastAt'>>(bounds ?? { first_at: null, last_at: null }) };
}

const titleOf = (name: string, value: string): string =>
  name === 'channel' && value in channels ? channels[value as Channel].title : value;
