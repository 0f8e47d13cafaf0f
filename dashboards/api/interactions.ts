import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { CrosstalkError } from '../../errors.ts';
import { after, pageOf } from './cursor.ts';
import { getCustomerRow } from './customer-row.ts';
import { compileInteractionFilters } from './interaction-filters.ts';
import { fromJson, present, presentAll } from './present.ts';
import { reExplainingOfInteraction } from './re-explaining.ts';
import type {
  InteractionDetail,
  InteractionFacts,
  InteractionFilters,
  InteractionList,
  InteractionOrder,
  SummaryPart,
  Survey,
  InteractionEvent,
  Utterance,
} from './schemas/interactions.ts';
import type { InteractionRow, Measured, Score } from './schemas/shared.ts';
import { readSql } from './sql.ts';

const columns = readSql('interaction-columns')();
const pageSql = readSql<'columns' | 'position' | 'where' | 'after'>('interactions');
const detailSql = readSql<'columns'>('interaction')({ columns });
const utterancesSql = readSql('utterances')();
const eventsSql = readSql('events')();
const measuresSql = readSql('measures')();
const surveysSql = readSql('surveys')();

/** Numbers that rise in each order; microseconds stay exact in a double for another two centuries. */
const positions: Record<InteractionOrder, string> = {
  newest: 'cast(-epoch_us(started_at) as double)',
  oldest: 'cast(epoch_us(started_at) as double)',
  sentiment: 'coalesce(sentiment, 9)',
  longest: 'cast(-epoch_us(ended_at) + epoch_us(started_at) as double)',
};

interface Paging {
  readonly sort: InteractionOrder;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type PageRow = Row & { total: number; position: number; id: string | null };

/** One page of the conversations that pass the filters, and how many there are. */
export async function listInteractions(
  store: Store,
  filters: InteractionFilters,
  { sort, limit, cursor }: Paging,
): Promise<InteractionList> {
  const { sql: where, parameters } = compileInteractionFilters(filters);
  const place = after(cursor, 'position', 'interaction_id');
  const rows = await store.all<PageRow>(pageSql({ columns, position: positions[sort], where, after: place.sql }), {
    ...parameters,
    ...place.parameters,
    limit: limit + 1,
  });
  const found = rows.filter((row): row is PageRow & { id: string } => row.id !== null);
  const page = pageOf(found, limit);
  return { interactions: presentAll(page.rows), total: rows[0]?.total ?? 0, nextCursor: page.nextCursor };
}

/** The first 1,000 conversations that pass the filters: of one episode, of one customer. */
export const readInteractions = async (
  store: Store,
  filters: InteractionFilters,
  sort: InteractionOrder,
): Promise<InteractionRow[]> => (await listInteractions(store, filters, { sort, limit: 1000 })).interactions;

export async function getInteraction(store: Store, id: string): Promise<InteractionDetail> {
  const [row] = await store.all(detailSql, { id });
  if (!row) throw new CrosstalkError('not_found', `invalid conversation: ${id}; expected the id of one that is there`);
  const [utterances, events, vendor, surveys, reExplained, customer, siblings] = await Promise.all([
    store.all(utterancesSql, { id, from: row.started_at, to: row.ended_at }),
    store.all(eventsSql, { id }),
    store.all(measuresSql, { id }),
    store.all(surveysSql, { id }),
    reExplainingOfInteraction(store, id),
    getCustomerRow(store, row.customer_id),
    row.episode_id ? readInteractions(store, { episode: row.episode_id }, 'oldest') : [],
  ]);
  const { summaryParts, ...facts } = present<InteractionFacts & { summaryParts: string | null }>(row);
  return {
    interaction: { ...facts, tags: facts.tags ?? [] },
    utterances: utterances.map(presentUtterance),
    events: presentAll<InteractionEvent>(events),
    measures: { ours: ourMeasures(row), vendor: presentAll(vendor) },
    summary: facts.summary ? { text: facts.summary, parts: presentParts(summaryParts) } : null,
    reExplained,
    surveys: presentAll<Survey>(surveys),
    customer,
    episode: row.episode_id ? { id: row.episode_id, interactions: siblings } : null,
  };
}

function presentUtterance(row: Row): Utterance {
  const utterance = present<Utterance>(row);
  return {
    ...utterance,
    media: fromJson(row.media, []),
    emotions: fromJson<Score[]>(row.emotions, []),
    intents: fromJson<Score[]>(row.intents, []),
  };
}

const ourMeasures = (row: Row): Measured[] =>
  Object.entries(row)
    .filter(([name, value]) => name.endsWith('_seconds') && value !== null)
    .map(([name, value]) => ({ name: name.replace(/_seconds$/, ''), value, unit: 'second' }));

const presentParts = (json: string | null): SummaryPart[] =>
  fromJson<Partial<SummaryPart>[]>(json, []).map((part) => ({
    part: part.part ?? '',
    text: part.text ?? '',
    utteranceId: part.utteranceId ?? null,
    start: part.start ?? null,
    end: part.end ?? null,
  }));
