import type { QueryParameters } from './api.ts';
import type { Bounds, Filters } from './filters.ts';

/** What the list of conversations adds to the filters, in its own part of the address. */
export interface ListState {
  readonly text: string;
  readonly metric: string | undefined;
  /** The id of a topic that came up. */
  readonly topic: string | undefined;
  readonly tone: 'negative' | 'positive' | undefined;
  readonly isFrustrated: boolean;
  readonly isOpen: boolean;
  readonly sort: 'newest' | 'oldest' | 'sentiment' | 'longest';
}

export const listOrders = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  sentiment: 'Most negative first',
  longest: 'Longest first',
} as const;

const isOrder = (value: string | null): value is ListState['sort'] =>
  value !== null && Object.hasOwn(listOrders, value);

export function readListState(search: string): ListState {
  const query = new URLSearchParams(search);
  const [tone, sort] = [query.get('tone'), query.get('sort')];
  return {
    text: query.get('text') ?? '',
    metric: query.get('metric') ?? undefined,
    topic: query.get('topic') ?? undefined,
    tone: tone === 'negative' || tone === 'positive' ? tone : undefined,
    isFrustrated: query.get('frustrated') === 'yes',
    isOpen: query.get('open') === 'yes',
    sort: isOrder(sort) ? sort : 'newest',
  };
}

/** The list's part of the address; what is at its default is left out. */
export const writeListState = (state: ListState): Record<string, string | undefined> => ({
  text: state.text || undefined,
  metric: state.metric,
  topic: state.topic,
  tone: state.tone,
  frustrated: state.isFrustrated ? 'yes' : undefined,
  open: state.isOpen ? 'yes' : undefined,
  sort: state.sort === 'newest' ? undefined : state.sort,
});

const toneBound = 0.15;

/** As the API takes them for the one metric it drills into: `threshold_seconds:30`. */
const switchValues = (given: Filters['switches'][string] = {}): string[] =>
  Object.entries(given).map(([name, value]) => `${name}:${value}`);

/** The question to the API. */
export function listParameters(filters: Filters, bounds: Bounds, state: ListState): QueryParameters {
  return {
    ...filters.only,
    from: bounds.from.toISOString(),
    to: bounds.to.toISOString(),
    text: state.text || undefined,
    metric: state.metric,
    topic: state.topic,
    switch: state.metric && switchValues(filters.switches[state.metric]),
    sentimentBelow: state.tone === 'negative' ? -toneBound : undefined,
    sentimentAbove: state.tone === 'positive' ? toneBound : undefined,
    isFrustrated: state.isFrustrated ? true : undefined,
    isResolved: state.isOpen ? false : undefined,
    sort: state.sort,
  };
}
