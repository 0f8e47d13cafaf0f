import { readSwitches, writeSwitches, type Switches } from './switches.ts';

/**
 * What a view shows, as its address says it: `?period=28d&channel=voice&channel=email&compare=off`, and by which
 * definitions. Reading and writing are pure and inverse to each other; defaults are left out, so that addresses stay short.
 */

export const filterDimensions = [
  'channel',
  'queue',
  'agent',
  'brand',
  'language',
  'intent',
  'own_intent',
  'mention',
] as const;
export type FilterDimension = (typeof filterDimensions)[number];

export const periods = {
  '1d': { days: 1, title: 'Last day' },
  '7d': { days: 7, title: 'Last 7 days' },
  '28d': { days: 28, title: 'Last 28 days' },
  '56d': { days: 56, title: 'Last 8 weeks' },
  '91d': { days: 91, title: 'Last 13 weeks' },
  '364d': { days: 364, title: 'Last 52 weeks' },
} as const;
export type PeriodName = keyof typeof periods;

/** First and last day, both included, as `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export interface Filters {
  readonly period: PeriodName | DayRange;
  readonly compare: boolean;
  readonly only: Readonly<Partial<Record<FilterDimension, readonly string[]>>>;
  /** Definitions of metrics that are not the standard ones. */
  readonly switches: Switches;
}

/** Half-open: `from` is in it, `to` is not. */
export interface Bounds {
  readonly from: Date;
  readonly to: Date;
}

const dayMilliseconds = 86_400_000;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const defaultPeriod: PeriodName = '28d';

export const noFilters: Filters = { period: defaultPeriod, compare: true, only: {}, switches: {} };

const isPeriodName = (value: string | null): value is PeriodName => value !== null && Object.hasOwn(periods, value);
const isDay = (value: string | null): value is string =>
  value !== null && dayPattern.test(value) && !Number.isNaN(Date.parse(value));

export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const only: Partial<Record<FilterDimension, string[]>> = {};
  for (const dimension of filterDimensions) {
    const values = query.getAll(dimension).filter((value) => value !== '');
    if (values.length > 0) only[dimension] = values;
  }
  return {
    period: readPeriod(query),
    compare: query.get('compare') !== 'off',
    only,
    switches: readSwitches(query),
  };
}

function readPeriod(query: URLSearchParams): Filters['period'] {
  const [from, to, name] = [query.get('from'), query.get('to'), query.get('period')];
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  return isPeriodName(name) ? name : defaultPeriod;
}

/** The query string without its question mark, other parameters of the page first. */
export function writeFilters(filters: Filters, others: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(others)) if (value) query.set(name, value);
  if (typeof filters.period !== 'string') {
    query.set('from', filters.period.from);
    query.set('to', filters.period.to);
  } else if (filters.period !== defaultPeriod) query.set('period', filters.period);
  if (!filters.compare) query.set('compare', 'off');
  for (const dimension of filterDimensions)
    for (const value of filters.only[dimension] ?? []) query.append(dimension, value);
  for (const [parameter, value] of writeSwitches(filters.switches)) query.set(parameter, value);
  return query.toString();
}

/** A path with the filters of this view, so that going to another page keeps what is being looked at. */
export function withFilters(path: string, filters: Filters, others: Readonly<Record<string, string | undefined>> = {}) {
  const query = writeFilters(filters, others);
  return query ? `${path}?${query}` : path;
}

/** Replaces the chosen values of one dimension; an empty list chooses everything. */
export function withOnly(filters: Filters, dimension: FilterDimension, values: readonly string[]): Filters {
  const { [dimension]: _removed, ...others } = filters.only;
  return { ...filters, only: values.length > 0 ? { ...others, [dimension]: values } : others };
}

export const countChosen = (filters: Filters): number =>
  filterDimensions.filter((dimension) => (filters.only[dimension]?.length ?? 0) > 0).length;

const startOfDay = (date: Date): number => Math.floor(date.getTime() / dayMilliseconds) * dayMilliseconds;

/** The days a view covers. `latest` is the newest instant in the data, so that a period never ends in silence. */
export function periodBounds(filters: Filters, latest: Date): Bounds {
  if (typeof filters.period !== 'string') {
    const to = Date.parse(filters.period.to) + dayMilliseconds;
    return { from: new Date(filters.period.from), to: new Date(to) };
  }
  const to = startOfDay(latest) + dayMilliseconds;
  return { from: new Date(to - periods[filters.period].days * dayMilliseconds), to: new Date(to) };
}

/** The period of the same length that ends where this one starts. */
export function boundsBefore({ from, to }: Bounds): Bounds {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

export const boundsDays = ({ from, to }: Bounds): number =>
  Math.round((to.getTime() - from.getTime()) / dayMilliseconds);

/** Steps that give a spark line 20 to 60 points. */
export function grainOf(bounds: Bounds): 'hour' | 'day' | 'week' {
  const days = boundsDays(bounds);
  if (days <= 2) return 'hour';
  return days <= 120 ? 'day' : 'week';
}
