import { computed, signal } from '@preact/signals';
import type { Filters as FilterOptions } from '../api/schemas/filters.ts';
import type { MetricList } from '../api/schemas/metrics.ts';
import type { Status } from '../api/schemas/status.ts';
import { api } from './api.ts';
import { readFilters } from './filters.ts';
import { place } from './router.ts';
import { settleSwitches } from './switches.ts';

/** What every page shares: how far the pipeline is, what can be filtered, what the numbers mean. */
export const status = signal<Status | undefined>(undefined);
export const filterOptions = signal<FilterOptions | undefined>(undefined);
export const metricList = signal<MetricList | undefined>(undefined);

/** Whether the first question about the status was answered, or failed: pages wait for it, so that they load once. */
const hasAsked = signal(false);

/** What the address asks for; switches that cannot be are left out as soon as it is known which can. */
export const filters = computed(() => {
  const read = readFilters(place.value.search);
  const metrics = metricList.value?.metrics;
  return metrics ? { ...read, switches: settleSwitches(read.switches, metrics) } : read;
});

/** Whether it is known which of the address's switches can be: nothing is asked with others. */
export const areSwitchesKnown = computed(
  () => metricList.value !== undefined || Object.keys(filters.value.switches).length === 0,
);

/** The newest conversation, or this moment where there is none; periods end with its day. Undefined until it is known. */
export const latest = computed(() => {
  if (!hasAsked.value) return undefined;
  const last = status.value?.lastInteractionAt;
  return last ? new Date(last) : new Date();
});

/** Whether the models have not read everything yet, so that what they find is a part. */
export const isPartial = computed(() => {
  const { done, total } = status.value?.enrichment ?? { done: 0, total: 0 };
  return done < total;
});

/** Rises when there is more to see, so that open pages load again while the pipeline works. */
export const freshness = computed(() => {
  if (!hasAsked.value) return undefined;
  const { counts, enrichment } = status.value ?? {};
  return `${counts?.interactions ?? 0}/${counts?.episodes ?? 0}/${enrichment?.done ?? 0}`;
});

/** The stream tells of every step of the pipeline; this catches what it misses while it reconnects. */
const askAgainMilliseconds = 15_000;

/** Follows the pipeline: asks once, listens to the stream of server-sent events, and asks again now and then. */
export function startLive(): void {
  const ask = async () => {
    const answer = await api.status().catch(() => undefined);
    if (answer) await take(answer);
    else hasAsked.value = true;
    window.setTimeout(ask, askAgainMilliseconds);
  };
  void ask();
  const stream = new EventSource('/v1/live');
  stream.addEventListener('status', (event) => void take(JSON.parse(event.data) as Status));
}

async function take(answer: Status): Promise<void> {
  const before = status.value?.counts.interactions;
  const isEnriched = status.value?.enrichment.done === answer.enrichment.done;
  status.value = answer;
  hasAsked.value = true;
  if (answer.counts.interactions !== before || !isEnriched) await loadShared();
}

async function loadShared(): Promise<void> {
  const [options, definitions] = await Promise.all([api.filters(), api.metrics()]).catch(() => [undefined, undefined]);
  if (options) filterOptions.value = options;
  if (definitions) metricList.value = definitions;
}
