import type { Bindable } from '../../data/values.ts';
import { QueryError } from '../../errors.ts';
import { dimensionNames } from '../../transforms/dimensions.ts';
import { compileFilters } from '../../transforms/filters.ts';
import { compileMetric, type MetricInForce } from '../../transforms/metric-sql.ts';
import type { MartName } from '../../transforms/metric.ts';
import { getMetric } from '../../transforms/metrics.ts';
import type { InteractionFilters } from './schemas/interactions.ts';

export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Bindable>>;
}

const beginning = new Date('1970-01-01T00:00:00Z');
const end = new Date('9999-01-01T00:00:00Z');

/** The condition that a row of mart.interaction_fact passes the filters: those of a query, and those of a reader. */
export function compileInteractionFilters(filters: InteractionFilters): Condition {
  const metric = metricOf(filters);
  const conditions = [metric ? countedBy(metric, filters) : shared(filters, 'interaction_fact'), ...own(filters)];
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join('\n  and '),
    parameters: Object.assign({}, ...conditions.map(({ parameters }) => parameters)),
  };
}

function metricOf({ metric, switch: given = [] }: InteractionFilters): MetricInForce | undefined {
  if (metric !== undefined) return compileMetric(getMetric(metric), Object.fromEntries(given.map(readSwitch)));
  if (given.length > 0) throw new QueryError(`invalid switch: ${given[0]}; expected a metric whose switch it is`);
  return undefined;
}

function readSwitch(text: string): [string, string] {
  const [, name, value] = /^(\w+):(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new QueryError(`invalid switch: ${text}; expected name:value, such as threshold_seconds:30`);
  return [name, value];
}

/** The filters of a query, over the rows of one mart. A value that is empty stands for rows that have none. */
function shared(filters: InteractionFilters, mart: MartName): Condition {
  const named = dimensionNames.map((name) => [name, filters[name]?.map((value) => value || null)]);
  const period = { from: toDate(filters.from) ?? beginning, to: toDate(filters.to) ?? end };
  const given = { ...Object.fromEntries(named), customerSegment: filters.customerSegment };
  const { where, parameters } = compileFilters({ filters: given }, period, mart);
  return { sql: where, parameters };
}

/** The condition that a row of mart.episode passes the filters of a query; those of a reader are of conversations. */
export const compileEpisodeFilters = (filters: InteractionFilters): Condition => shared(filters, 'episode');

/** The conversations a metric counts; one of episodes counts all conversations of its episodes. */
function countedBy(metric: MetricInForce, filters: InteractionFilters): Condition {
  const { sql, parameters } = shared(filters, metric.mart);
  const counted = `${sql}\n  and (${metric.drillSql})`;
  const bound = { ...parameters, ...metric.drillParameters };
  if (metric.mart === 'interaction_fact') return { sql: counted, parameters: bound };
  return { sql: `episode_id in (select episode_id from mart.${metric.mart} where ${counted})`, parameters: bound };
}

const toDate = (moment: string | undefined): Date | undefined => (moment === undefined ? undefined : new Date(moment));

function own(filters: InteractionFilters): Condition[] {
  const compare = (sql: string, value: Bindable, name: string): Condition[] =>
    value === undefined ? [] : [{ sql: `${sql} $${name}`, parameters: { [name]: value } }];
  return [
    ...compare('episode_id =', filters.episode, 'episode'),
    ...compare('sentiment <', filters.sentimentBelow, 'sentiment_below'),
    ...compare('sentiment >', filters.sentimentAbove, 'sentiment_above'),
    ...compare('is_frustrated =', filters.isFrustrated, 'is_frustrated'),
    ...compare('is_resolved =', filters.isResolved, 'is_resolved'),
    ...about(filters.topic),
    ...said(wordsOf(filters.text), filters.from),
  ];
}

/** Something a customer said in it belongs to the topic. */
const about = (topic: string | undefined): Condition[] =>
  topic === undefined
    ? []
    : [
        {
          sql: `interaction_id in (
    select cast(interaction_id as varchar)
    from signal.topic_utterance
    where topic_id = cast($topic as uuid)
  )`,
          parameters: { topic },
        },
      ];

export const wordsOf = (text: string | undefined): string[] =>
  (text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);

/** All words said somewhere in a conversation, in one pass over the texts; those before the period are not looked at. */
function said(words: readonly string[], from: string | undefined): Condition[] {
  if (words.length === 0) return [];
  const has = words.map((_, index) => `contains(lower(text), $word_${index})`);
  return [
    {
      sql: `interaction_id in (
    select cast(interaction_id as varchar)
    from core.utterance
    where (${has.join(' or ')})${from === undefined ? '' : '\n      and (occurred_at >= $from or occurred_at is null)'}
    group by interaction_id
    having ${has.map((test) => `bool_or(${test})`).join(' and ')}
  )`,
      parameters: Object.fromEntries(words.map((word, index) => [`word_${index}`, word])),
    },
  ];
}
