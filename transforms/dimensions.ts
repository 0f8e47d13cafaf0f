import { QueryError } from '../errors.ts';
import type { MartName } from './metric.ts';

export const dimensionNames = [
  'channel',
  'channel_group',
  'source',
  'account',
  'brand',
  'queue',
  'team',
  'agent',
  'direction',
  'language',
  'intent',
  'intent_group',
  'own_intent',
  'emotion',
  'outcome',
  'status',
  'priority',
  'mention',
  'customer',
  'customer_account',
] as const;

export type DimensionName = (typeof dimensionNames)[number];

/** Something to group and filter by: the column of each mart that holds it. An episode has those of its first contact. */
export interface Dimension {
  readonly name: DimensionName;
  readonly title: string;
  readonly columns: Readonly<Partial<Record<MartName, string>>>;
}

const inBoth = (name: DimensionName, title: string, column: string = name): Dimension => ({
  name,
  title,
  columns: { interaction_fact: column, episode: column },
});

/** Every dimension, in the order in which a list shows them. */
export const dimensions: readonly Dimension[] = [
  { name: 'channel', title: 'Channel', columns: { interaction_fact: 'channel', episode: 'first_channel' } },
  {
    name: 'channel_group',
    title: 'Channel group',
    columns: { interaction_fact: 'channel_group', episode: 'first_channel_group' },
  },
  inBoth('source', 'Source'),
  inBoth('account', 'Account'),
  inBoth('brand', 'Brand'),
  inBoth('queue', 'Queue'),
  inBoth('team', 'Team'),
  inBoth('agent', 'Agent'),
  inBoth('direction', 'Direction'),
  inBoth('language', 'Language'),
  inBoth('intent', 'Reason'),
  inBoth('intent_group', 'Group of reasons'),
  { name: 'own_intent', title: 'Own intent', columns: { interaction_fact: 'own_intent' } },
  inBoth('emotion', 'Emotion'),
  { name: 'outcome', title: 'Outcome', columns: { interaction_fact: 'outcome' } },
  { name: 'status', title: 'Status', columns: { interaction_fact: 'status' } },
  { name: 'priority', title: 'Priority', columns: { interaction_fact: 'priority' } },
  // Of public posts: addressed, reply, mention or chatter.
  { name: 'mention', title: 'Concerns us', columns: { interaction_fact: 'mention' } },
  inBoth('customer', 'Customer', 'customer_id'),
  inBoth('customer_account', 'Account of the customer', 'customer_account_id'),
];

const byName = new Map<string, Dimension>(dimensions.map((dimension) => [dimension.name, dimension]));

/** The column of `mart` that holds a dimension, where it has one. */
export const findColumn = (name: string, mart: MartName): string | undefined => byName.get(name)?.columns[mart];

/** The same; where there is none, an error names the dimensions that mart has. */
export function columnOf(name: string, mart: MartName): string {
  const column = findColumn(name, mart);
  if (column) return column;
  const names = dimensions.filter((dimension) => dimension.columns[mart]).map((dimension) => dimension.name);
  throw new QueryError(`invalid dimension: ${name}; expected one of ${names.join(', ')} (columns of mart.${mart})`);
}

export const titleOf = (name: string): string => byName.get(name)?.title ?? name;

/** Kinds of customers to filter by: a condition on one row of mart.customer. */
export const customerSegments = {
  known: { title: 'Known customers', sql: 'not is_anonymous' },
  anonymous: { title: 'Anonymous', sql: 'is_anonymous' },
  returning: { title: 'More than one episode', sql: 'episode_count > 1' },
  several_channels: { title: 'Several channels', sql: 'channel_count > 1' },
  open: { title: 'With an open matter', sql: 'open_episode_count > 0' },
  churn_high: { title: 'High churn risk', sql: "churn_band = 'high'" },
  churn_medium: { title: 'Medium churn risk', sql: "churn_band = 'medium'" },
  churn_low: { title: 'Low churn risk', sql: "churn_band = 'low'" },
  left: { title: 'Customers who left', sql: 'has_left' },
} as const;

export type CustomerSegment = keyof typeof customerSegments;
