import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { after, pageOf } from './cursor.ts';
import { compileEpisodeFilters, type Condition } from './interaction-filters.ts';
import { presentAll } from './present.ts';
import { presentFinding } from './re-explaining.ts';
import type {
  EpisodeFilters,
  ReExplainingCase,
  ReExplainingList,
  ReExplainingPaths,
  ReExplainingQuery,
} from './schemas/re-explaining-cases.ts';
import { readSql } from './sql.ts';

const casesSql = readSql<'where' | 'path' | 'after'>('re-explaining-cases');
const totalSql = readSql<'where' | 'path'>('re-explaining-total');
const pathsSql = readSql<'where'>('re-explaining-paths');

type CaseRow = Row & { id: string; position: number };

/** One page of the times that customers had to say it again, in the episodes that pass the filters, newest first. */
export async function listReExplaining(
  store: Store,
  { limit, cursor, earlierChannel, laterChannel, ...filters }: ReExplainingQuery,
): Promise<ReExplainingList> {
  const { sql: where, parameters } = compileEpisodeFilters(filters);
  const path = pathCondition(earlierChannel, laterChannel);
  const place = after(cursor, 'found.position', 'found.id');
  const bound = { ...parameters, ...path.parameters };
  const [rows, [counted]] = await Promise.all([
    store.all<CaseRow>(casesSql({ where, path: path.sql, after: place.sql }), {
      ...bound,
      ...place.parameters,
      limit: limit + 1,
    }),
    store.all<{ total: number }>(totalSql({ where, path: path.sql }), bound),
  ]);
  const page = pageOf(rows, limit);
  return { cases: page.rows.map(presentCase), total: counted!.total, nextCursor: page.nextCursor };
}

/** The condition that something was said on one channel and again on another; either may be left open. */
function pathCondition(earlierChannel: string | undefined, laterChannel: string | undefined): Condition {
  const parameters = {
    ...(earlierChannel && { earlier_channel: earlierChannel }),
    ...(laterChannel && { later_channel: laterChannel }),
  };
  const conditions = [
    ...(earlierChannel ? ['earlier_fact.channel = $earlier_channel'] : []),
    ...(laterChannel ? ['later_fact.channel = $later_channel'] : []),
  ];
  return { sql: conditions.join(' and ') || 'true', parameters };
}

function presentCase(row: CaseRow): ReExplainingCase {
  const { earlier, later, ...finding } = presentFinding(row);
  return {
    ...finding,
    customerId: row.customer_id,
    customerName: row.customer_name,
    intent: row.intent,
    earlier: { ...earlier, channel: row.earlier_channel, agent: row.earlier_agent },
    later: { ...later, channel: row.later_channel, agent: row.later_agent },
  };
}

/** The paths that episodes passed on took from channel to channel, and how often it was said again on each. */
export async function pathsOfReExplaining(store: Store, filters: EpisodeFilters): Promise<ReExplainingPaths> {
  const { sql: where, parameters } = compileEpisodeFilters(filters);
  return { paths: presentAll(await store.all(pathsSql({ where }), parameters)) };
}
