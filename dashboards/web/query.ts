import type { QueryInput } from '../../transforms/query-schema.ts';
import type { QueryResult } from '../api/schemas/query.ts';
import { api, type QueryParameters } from './api.ts';
import { periodBounds, grainOf, type Bounds, type Filters } from './filters.ts';
import { areSwitchesKnown, filters, freshness, latest } from './live.ts';
import { switchesOf } from './switches.ts';
import { useData, type Loaded } from './use-data.ts';

/** The question in the words of the API; what the reader filtered, and each definition that was changed, holds. */
export function queryFor(
  shown: Filters,
  bounds: Bounds,
  question: Omit<QueryInput, 'filters' | 'compare' | 'switches'>,
): QueryInput {
  const { grain: _grain, ...rest } = question;
  const switches = switchesOf(shown.switches, question.metrics);
  return {
    ...rest,
    ...(question.grain && { grain: question.grain }),
    ...(shown.compare && question.grain === undefined && { compare: 'previous_period' as const }),
    ...(Object.keys(switches).length > 0 && { switches }),
    filters: {
      from: bounds.from.toISOString(),
      to: bounds.to.toISOString(),
      ...Object.fromEntries(Object.entries(shown.only).map(([name, values]) => [name, [...values]])),
    },
  } as QueryInput;
}

/**
 * The bounds of the view on screen, or undefined until it is known where the data ends and what the address may ask.
 */
export function currentBounds(): Bounds | undefined {
  const end = areSwitchesKnown.value ? latest.value : undefined;
  return end && periodBounds(filters.value, end);
}

/**
 * The filters of the address as the resources that list things take them; undefined until it is known where the data
 * ends.
 */
export function currentParameters(): QueryParameters | undefined {
  const bounds = currentBounds();
  return bounds && { ...filters.value.only, from: bounds.from.toISOString(), to: bounds.to.toISOString() };
}

export const currentGrain = (): 'hour' | 'day' | 'week' => {
  const bounds = currentBounds();
  return bounds ? grainOf(bounds) : 'day';
};

/** Asks one question under the filters of the address; asks again when they, or the data, change. */
export function useQuery(question: Omit<QueryInput, 'filters' | 'compare' | 'switches'>): Loaded<QueryResult> {
  const bounds = currentBounds();
  const body = bounds && queryFor(filters.value, bounds, question);
  const key = body && JSON.stringify([body, freshness.value]);
  return useData(key, (signal) => api.query(body!, { signal }));
}
