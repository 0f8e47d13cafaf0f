/** What a metric's value counts: `score` is a value on a scale that the description names. */
export type MetricUnit = 'count' | 'seconds' | 'ratio' | 'score';

export type MartName = 'interaction_fact' | 'episode';

/** A number the reader may set; it is bound, never written into the SQL. */
export interface NumberSwitch {
  readonly name: string;
  readonly title: string;
  readonly type: 'number';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** One of several formulas; each choice brings its own piece of SQL, which may name other switches. */
export interface ChoiceSwitch {
  readonly name: string;
  readonly title: string;
  readonly type: 'choice';
  readonly default: string;
  readonly choices: Readonly<Record<string, { readonly title: string; readonly sql: string }>>;
}

export type MetricSwitch = NumberSwitch | ChoiceSwitch;

/**
 * One metric, as data. `sql` is an aggregate over `mart`; `{name}` in it stands for a switch, or for `drill`.
 * `drill` is the condition on one row of the mart that says whether the metric counts it: the conversations behind the
 * number. Ratios are from 0 to 1.
 */
export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly unit: MetricUnit;
  readonly description: string;
  /** The formula in words. */
  readonly formula: string;
  readonly mart: MartName;
  readonly sql: string;
  readonly drill: string;
  readonly edgeCases: readonly string[];
  readonly switches: readonly MetricSwitch[];
  /** Tables the value comes from. */
  readonly sources: readonly string[];
  /** Undefined where more is neither better nor worse. */
  readonly higherIsBetter?: boolean;
}

/** Freezes a metric's literal and checks its type. */
export const defineMetric = (metric: Metric): Metric => Object.freeze(metric);

/** The switch between mean and median of one expression, over the rows that count. */
export const averageOf = (expression: string, standard: 'mean' | 'median' = 'mean'): ChoiceSwitch => ({
  name: 'average',
  title: 'Average',
  type: 'choice',
  default: standard,
  choices: {
    mean: { title: 'mean', sql: `avg(case when {drill} then ${expression} end)` },
    median: { title: 'median', sql: `approx_percentile(case when {drill} then ${expression} end, 0.5)` },
  },
});

/** The switch between the whole span and the part of it within business hours. */
export const hoursOf = (elapsed: string, business: string): ChoiceSwitch => ({
  name: 'hours',
  title: 'Hours that count',
  type: 'choice',
  default: 'elapsed',
  choices: {
    elapsed: { title: 'all hours', sql: elapsed },
    business: { title: 'business hours only', sql: business },
  },
});

/** A share: rows that fulfil `part` among the rows that count; null where none counts. */
export const shareOf = (part: string): string =>
  `cast(count_if({drill} and (${part})) as double) / nullif(cast(count_if({drill}) as double), 0)`;
