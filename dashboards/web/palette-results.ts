import type { Metric } from '../api/schemas/metrics.ts';
import type { CustomerRow, InteractionRow } from '../api/schemas/shared.ts';
import type { FilterOption } from '../api/schemas/filters.ts';
import { channelTitle } from './channel-titles.ts';
import type { IconName } from './components/icon.tsx';
import { formatDay, formatReason, plural } from './format.ts';
import { conversationPath, customerPath } from './router.ts';

export interface PaletteResult {
  readonly group: 'Pages' | 'Metrics' | 'Reasons' | 'Customers' | 'Conversations';
  readonly title: string;
  readonly detail: string;
  readonly address: string;
  readonly icon: IconName;
}

const isMatch = (words: string, ...texts: string[]): boolean => {
  const all = texts.join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
};

interface Known {
  readonly pages: readonly { path: string; title: string; icon: IconName; question: string }[];
  readonly metrics: readonly Metric[];
  readonly reasons: readonly FilterOption[];
}

const most = 5;

/** What can be found without asking the server. */
export function findKnown(words: string, { pages, metrics, reasons }: Known): PaletteResult[] {
  const pageResults = pages
    .filter((page) => isMatch(words, page.title, page.question))
    .map(({ path, title, icon, question }) => ({
      group: 'Pages' as const,
      title,
      detail: question,
      address: path,
      icon,
    }));
  if (words === '') return pageResults;
  const metricResults = metrics
    .filter((metric) => isMatch(words, metric.title, metric.name))
    .slice(0, most)
    .map((metric) => ({
      group: 'Metrics' as const,
      title: metric.title,
      detail: metric.formula,
      address: `/definitions#${metric.name}`,
      icon: 'definitions' as const,
    }));
  const reasonResults = reasons
    .filter((reason) => isMatch(words, formatReason(reason.value)))
    .slice(0, most)
    .map((reason) => ({
      group: 'Reasons' as const,
      title: formatReason(reason.value),
      detail: plural(reason.count, 'conversation'),
      address: `/conversations?${new URLSearchParams({ intent: reason.value }).toString()}`,
      icon: 'reasons' as const,
    }));
  return [...pageResults, ...metricResults, ...reasonResults];
}

export const customerResult = (row: CustomerRow): PaletteResult => ({
  group: 'Customers',
  title: row.displayName ?? `Customer ${row.id.slice(0, 8)}`,
  detail: `${plural(row.interactionCount, 'conversation')}${row.lastSeenAt ? `, last ${formatDay(row.lastSeenAt)}` : ''}`,
  address: customerPath(row.id),
  icon: 'customers',
});

export const conversationResult = (row: InteractionRow): PaletteResult => ({
  group: 'Conversations',
  title: row.summary ?? row.subject ?? formatReason(row.intent),
  detail: `${channelTitle(row.channel)}, ${formatDay(row.startedAt)}`,
  address: conversationPath(row.id),
  icon: 'conversations',
});
