import * as Plot from '@observablehq/plot';
import { channelTitle, sortChannels } from '../channel-titles.ts';
import { formatCount, formatRatio, formatReason } from '../format.ts';
import { chartClass, type ChartSize } from './shared.ts';

export interface ReasonChannel {
  readonly intent: string;
  readonly channel: string;
  readonly volume: number;
}

export interface ReasonChannelOptions extends ChartSize {
  /** Reasons from top to bottom. */
  readonly order: readonly string[];
}

/** Which channel carries which reason: each row is one reason, shaded by the share of its contacts. */
export function reasonByChannel(data: readonly ReasonChannel[], { width, order }: ReasonChannelOptions) {
  const totals = new Map(order.map((intent) => [intent, sumOf(data.filter((row) => row.intent === intent))]));
  const rows = data.map((row) => ({ ...row, share: row.volume / (totals.get(row.intent) || 1) }));
  const most = Math.max(0.01, ...rows.map((row) => row.share));
  const marginLeft = width < 520 ? 132 : 184;
  return Plot.plot({
    width,
    height: order.length * 26 + 34,
    className: chartClass,
    ariaLabel: 'Share of each reason by channel',
    marginLeft,
    marginTop: 28,
    marginBottom: 4,
    marginRight: 4,
    x: {
      axis: 'top',
      label: null,
      tickSize: 0,
      domain: sortChannels([...new Set(data.map((row) => row.channel))]),
      tickFormat: shortTitle(width),
    },
    y: { label: null, tickSize: 0, domain: [...order], tickFormat: (intent: string) => formatReason(intent) },
    marks: [
      Plot.cell(rows, {
        x: 'channel',
        y: 'intent',
        fill: 'var(--accent)',
        fillOpacity: (row) => 0.06 + 0.44 * (row.share / most),
        inset: 1,
        rx: 3,
      }),
      Plot.text(rows, {
        x: 'channel',
        y: 'intent',
        text: ({ share }) => (share >= 0.01 ? formatRatio(Math.round(share * 100) / 100) : '<1 %'),
        fill: 'var(--ink)',
      }),
      Plot.tip(rows, Plot.pointer({ x: 'channel', y: 'intent', title: describe })),
    ],
  });
}

const sumOf = (rows: readonly ReasonChannel[]): number => rows.reduce((sum, row) => sum + row.volume, 0);
const shortTitle = (width: number) => (name: string) =>
  width < 640 ? channelTitle(name).slice(0, 5) : channelTitle(name);

const describe = (row: ReasonChannel & { share: number }): string =>
  `${formatReason(row.intent)}\n${channelTitle(row.channel)}: ${formatCount(row.volume)} (${formatRatio(row.share)})`;
