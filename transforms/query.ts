import type { Store } from '../data/store.ts';
import type { Bindable, Row } from '../data/values.ts';
import { QueryError } from '../errors.ts';
import { compileFilters } from './filters.ts';
import { columnOf, titleOf } from './dimensions.ts';
import { compileMetric, type MetricInForce } from './metric-sql.ts';
import type { MartName, MetricUnit } from './metric.ts';
import { getMetric } from './metrics.ts';
import { parseQuery, periodOf, previousPeriod, type Period, type Query, type QueryInput } from './query-schema.ts';
import { bucketSql } from './time-bucket.ts';

export { QuerySchema, FiltersSchema, type Filters, type Query, type QueryInput } from './query-schema.ts';

export interface QueryColumn {
  readonly name: string;
  readonly title: string;
  readonly kind: 'bucket' | 'dimension' | 'metric' | 'count';
  readonly unit?: MetricUnit;
}

/** A statement that has not run: every value is in `parameters`, every identifier comes from our own lists. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Bindable>>;
  readonly columns: readonly QueryColumn[];
  readonly period: Period;
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: Row[];
  readonly period: Period;
  /** The period of the same length before, where it was asked for. */
  readonly comparison?: { readonly period: Period; readonly rows: Row[] };
  readonly sql: string;
  readonly parameters: CompiledQuery['parameters'];
  /** The definition of each metric, with the switches that were in force. */
  readonly definitions: readonly MetricInForce[];
}

interface Part {
  readonly query: Query;
  readonly period: Period;
  readonly metrics: readonly MetricInForce[];
}

/**
 * Compiles metrics × dimensions × filters × grain into one statement with one `group by` per mart. Times in the column
 * `bucket` are wall-clock times of the query's zone (the start of the hour, day, week or month), given as if they were
 * UTC. Groups without conversations have no row.
 */
export function compileQuery(input: QueryInput, { now }: { now: Date }): CompiledQuery {
  const query = parseQuery(input);
  return compileFor(query, periodOf(query, now));
}

/** Runs a query, and the period before it where the query compares. */
export async function runQuery(store: Store, input: QueryInput, { now }: { now: Date }): Promise<QueryResult> {
  const query = parseQuery(input);
  const period = periodOf(query, now);
  const compiled = compileFor(query, period);
  const before = query.compare && compileFor(query, previousPeriod(period));
  const [rows, comparisonRows] = await Promise.all([
    store.all(compiled.sql, compiled.parameters),
    before && store.all(before.sql, before.parameters),
  ]);
  return {
    columns: compiled.columns,
    rows,
    period,
    ...(before && comparisonRows && { comparison: { period: before.period, rows: comparisonRows } }),
    sql: compiled.sql,
    parameters: compiled.parameters,
    definitions: metricsOf(query),
  };
}

/**
 * The conversations behind a number: the ids of the interactions that a metric counts under the query's filters,
 * newest first. `limit` and `offset` page; the grain, dimensions and order of the query play no part.
 */
export function compileDrill(
  input: QueryInput,
  name: string,
  { now, limit = 50, offset = 0 }: { now: Date; limit?: number; offset?: number },
): CompiledQuery {
  const query = parseQuery(input);
  const period = periodOf(query, now);
  const metric = compileMetric(getMetric(name), query.switches[name]);
  const filters = compileFilters(query, period, metric.mart);
  const counted = `${filters.where}\n  and (${metric.drillSql})`;
  const where =
    metric.mart === 'interaction_fact'
      ? counted
      : `episode_id in (\n    select episode_id\n    from mart.episode\n    where ${counted}\n  )`;
  const sql = `select interaction_id\nfrom mart.interaction_fact\nwhere ${where}\norder by started_at desc, interaction_id\nlimit $limit offset $offset`;
  return Object.freeze({
    sql,
    parameters: Object.freeze({ ...filters.parameters, ...metric.drillParameters, limit, offset }),
    columns: [{ name: 'interaction_id', title: 'Conversation', kind: 'dimension' as const }],
    period,
  });
}

function compileFor(query: Query, period: Period): CompiledQuery {
  refuseUnknownSwitches(query);
  const inForce = metricsOf(query);
  const columns = columnsOf(query, inForce);
  const marts = [...new Set(inForce.map((metric) => metric.mart))];
  const parts = marts.map((mart) => compilePart({ query, period, metrics: inForce }, mart));
  const sql = parts.length === 1 ? parts[0]!.sql : joinParts(parts, query, columns);
  const parameters = Object.assign({}, ...parts.map((part) => part.parameters), { limit: query.limit });
  return Object.freeze({
    sql: `${sql}\n${orderSql(query, columns)}\nlimit $limit`,
    parameters: Object.freeze(parameters),
    columns: Object.freeze(columns),
    period,
  });
}

const metricsOf = (query: Query): MetricInForce[] =>
  [...new Set(query.metrics)].map((name) => compileMetric(getMetric(name), query.switches[name]));

function refuseUnknownSwitches({ metrics, switches }: Query): void {
  const stray = Object.keys(switches).find((name) => !metrics.includes(name));
  if (stray !== undefined)
    throw new QueryError(`invalid switches: ${stray}; expected a metric of the query: ${metrics.join(', ')}`);
}

/** One `group by` over one mart. Columns of metrics that live in another mart are null, so that parts can be stacked. */
function compilePart({ query, period, metrics }: Part, mart: MartName) {
  const filters = compileFilters(query, period, mart);
  const bucket = query.grain && bucketSql(query.grain, query.timeZone, period, mart);
  const keys = [
    ...(bucket ? [`${bucket.sql} as bucket`] : []),
    ...query.dimensions.map((name) => `${columnOf(name, mart)} as ${name}`),
  ];
  const values = metrics.flatMap((metric) => valueColumns(metric, metric.mart === mart, query.counts));
  const groupBy = keys.length ? `\ngroup by ${keys.map((_, index) => index + 1).join(', ')}` : '';
  return {
    sql: `select\n  ${[...keys, ...values].join(',\n  ')}\nfrom mart.${mart}\nwhere ${filters.where}${groupBy}`,
    parameters: {
      ...filters.parameters,
      ...bucket?.parameters,
      ...Object.assign({}, ...metrics.filter((metric) => metric.mart === mart).map((metric) => metric.parameters)),
    },
  };
}

function valueColumns(metric: MetricInForce, isHere: boolean, counts: boolean): string[] {
  const value = isHere ? metric.valueSql : 'cast(null as double)';
  const count = isHere ? `cast(coalesce(count_if(${metric.drillSql}), 0) as bigint)` : 'cast(null as bigint)';
  return [`${value} as ${metric.name}`, ...(counts ? [`${count} as ${metric.name}_count`] : [])];
}

function joinParts(parts: readonly { sql: string }[], query: Query, columns: readonly QueryColumn[]): string {
  const isKey = ({ kind }: QueryColumn) => kind === 'bucket' || kind === 'dimension';
  const lines = columns.map((column) => (isKey(column) ? column.name : `max(${column.name}) as ${column.name}`));
  const keys = columns.filter(isKey).map(({ name }) => name);
  const stacked = parts.map((part) => part.sql).join('\nunion all\n');
  return `select\n  ${lines.join(',\n  ')}\nfrom (\n${stacked}\n) as part${keys.length ? `\ngroup by ${keys.join(', ')}` : ''}`;
}

function columnsOf(query: Query, metrics: readonly MetricInForce[]): QueryColumn[] {
  return [
    ...(query.grain ? [{ name: 'bucket', title: 'Time', kind: 'bucket' as const }] : []),
    ...query.dimensions.map((name) => ({ name, title: titleOf(name), kind: 'dimension' as const })),
    ...metrics.flatMap(({ name, title, unit }) => [
      { name, title, kind: 'metric' as const, unit },
      ...(query.counts
        ? [{ name: `${name}_count`, title: `${title}: number`, kind: 'count' as const, unit: 'count' as const }]
        : []),
    ]),
  ];
}

function orderSql(query: Query, columns: readonly QueryColumn[]): string {
  const names = columns.map(({ name }) => name);
  const asked = query.orderBy.map(({ column, descending }) => {
    if (!names.includes(column))
      throw new QueryError(`invalid orderBy: ${column}; expected one of ${names.join(', ')}`);
    return `${column} ${descending ? 'desc' : 'asc'} nulls last`;
  });
  const keys = columns.filter(({ kind }) => kind === 'bucket' || kind === 'dimension').map(({ name }) => name);
  const standard = keys.filter((name) => !query.orderBy.some(({ column }) => column === name));
  const terms = [...asked, ...standard.map((name) => `${name} asc nulls last`)];
  return terms.length ? `order by ${terms.join(', ')}` : '';
}
