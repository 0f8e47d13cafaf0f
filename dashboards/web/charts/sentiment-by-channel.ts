import * as Plot from '@observablehq/plot';
import { channelTitle, sortChannels } from '../channel-titles.ts';
import { formatSigned } from '../format.ts';
import { chartClass, ink, type ChartSize } from './shared.ts';

export interface ChannelSentiment {
  readonly channel: string;
  readonly now: number;
  readonly before: number | null;
}

const toneColour = (score: number): string => `var(--${score < 0 ? 'negative' : 'positive'})`;

/** Few channels get more room than many. */
export const heightFor = (count: number): number => count * Math.max(26, Math.min(38, Math.round(232 / count))) + 36;

/** Where customers sound how: one line per channel, from the period before (ring) to now (dot). */
export function sentimentByChannel(data: readonly ChannelSentiment[], { width, height }: ChartSize) {
  const domain = sortChannels(data.map((row) => row.channel));
  const moved = data.filter((row) => row.before !== null);
  const reach = Math.max(0.3, ...data.flatMap((row) => [Math.abs(row.now), Math.abs(row.before ?? 0)])) * 1.12;
  return Plot.plot({
    width,
    height: height ?? heightFor(domain.length),
    className: chartClass,
    ariaLabel: 'Sentiment by channel, from minus one to one',
    marginLeft: 96,
    marginRight: 48,
    marginTop: 8,
    marginBottom: 26,
    x: {
      label: null,
      domain: [-reach, reach],
      tickSize: 0,
      ticks: 3,
      grid: true,
      tickFormat: (score: number) => formatSigned(score, 1),
    },
    y: { type: 'point', domain, label: null, tickSize: 0, tickFormat: channelTitle },
    marks: [
      Plot.ruleX([0], { stroke: ink.faint }),
      Plot.link(moved, { x1: 'before', x2: 'now', y: 'channel', stroke: (row) => toneColour(row.now), strokeWidth: 2 }),
      Plot.dot(moved, { x: 'before', y: 'channel', r: 3, stroke: ink.faint, fill: 'var(--surface)' }),
      Plot.dot(data, { x: 'now', y: 'channel', r: 4.5, fill: (row) => toneColour(row.now) }),
      Plot.text(data, {
        text: (row) => formatSigned(row.now),
        y: 'channel',
        frameAnchor: 'right',
        dx: 44,
        textAnchor: 'end',
        fill: 'var(--ink)',
      }),
    ],
  });
}
