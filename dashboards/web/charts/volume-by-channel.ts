import * as Plot from '@observablehq/plot';
import { channelTitle } from '../channel-titles.ts';
import { formatClock, formatCompact, formatCount, formatDay, formatWeekday, formatMoment } from '../format.ts';
import { groupBy } from '../../../group-by.ts';
import { channelScale, chartClass, ink, type ChartSize } from './shared.ts';

export interface ChannelVolume {
  readonly bucket: Date;
  readonly channel: string;
  readonly volume: number;
}

export interface VolumeOptions extends ChartSize {
  readonly grain: 'hour' | 'day' | 'week';
}

const intervals = { hour: 'hour', day: 'day', week: 'monday' } as const;

/** Contacts per step of time, one colour per channel, largest question first: how many, and through what. */
export function volumeByChannel(data: readonly ChannelVolume[], { width, height = 264, grain }: VolumeOptions) {
  const color = channelScale(data.map((point) => point.channel));
  const interval = intervals[grain];
  const totals = totalsOf(data, color.domain, grain);
  const highest = Math.max(1, ...totals.map(({ total }) => total));
  const stack = { x: 'bucket', y: 'volume', interval, order: color.domain };
  return Plot.plot({
    width,
    height,
    className: chartClass,
    ariaLabel: 'Contacts over time, stacked by channel',
    marginLeft: 40,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 24,
    x: {
      type: 'utc',
      label: null,
      tickSize: 0,
      ticks: Math.max(3, Math.floor(width / 96)),
      tickFormat: axisFormat(grain),
    },
    y: { label: null, grid: true, tickSize: 0, ticks: Math.min(4, highest), tickFormat: formatCompact },
    color: { domain: color.domain, range: color.range },
    marks: [
      Plot.rectY(data, { ...stack, fill: 'channel', insetLeft: 0.5, insetRight: 0.5, insetTop: 0.5 }),
      Plot.ruleY([0], { stroke: ink.faint }),
      Plot.tip(
        totalsOf(data, color.domain, grain),
        Plot.pointerX({ x: 'middle', y: 'total', title: 'text', lineHeight: 1.4 }),
      ),
    ],
  });
}

const axisFormat = (grain: VolumeOptions['grain']) => (grain === 'hour' ? formatClock : formatDay);

const stepMilliseconds = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;

function totalsOf(data: readonly ChannelVolume[], order: readonly string[], grain: VolumeOptions['grain']) {
  const buckets = groupBy(data, (point) => point.bucket.getTime());
  return [...buckets].map(([time, points]) => {
    const total = points.reduce((sum, point) => sum + point.volume, 0);
    const sorted = points.toSorted((a, b) => order.indexOf(b.channel) - order.indexOf(a.channel));
    const lines = sorted.map((point) => `${channelTitle(point.channel)}  ${formatCount(point.volume)}`);
    const when = grain === 'hour' ? formatMoment(time) : `${grain === 'week' ? 'Week of ' : ''}${formatWeekday(time)}`;
    const middle = new Date(time + stepMilliseconds[grain] / 2);
    return { bucket: new Date(time), middle, total, text: [`${when}: ${formatCount(total)}`, ...lines].join('\n') };
  });
}
