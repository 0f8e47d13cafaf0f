import * as Plot from '@observablehq/plot';
import { channelTitle } from '../channel-titles.ts';
import { formatDay, formatMoment, formatReason } from '../format.ts';
import { channelScale, chartClass, ink, type ChartSize } from './shared.ts';

export interface Contact {
  readonly id: string;
  readonly channel: string;
  readonly startedAt: Date;
  readonly sentiment: number | null;
  readonly intent: string | null;
  readonly episodeId: string | null;
}

/** A customer's contacts on one line per channel; a thread joins those about one matter. */
export function customerLanes(contacts: readonly Contact[], { width, height }: ChartSize) {
  const color = channelScale(contacts.map((contact) => contact.channel));
  const position = { x: 'startedAt', y: 'channel' };
  const inEpisodes = contacts.filter((contact) => contact.episodeId !== null);
  return Plot.plot({
    width,
    height: height ?? color.domain.length * 30 + 34,
    className: chartClass,
    ariaLabel: 'Contacts of this customer over time, one line per channel',
    marginLeft: 92,
    marginRight: 14,
    marginTop: 8,
    marginBottom: 24,
    x: {
      type: 'utc',
      label: null,
      tickSize: 0,
      nice: true,
      ticks: Math.max(2, Math.floor(width / 110)),
      tickFormat: formatDay,
    },
    y: { type: 'point', domain: color.domain, label: null, tickSize: 0, tickFormat: channelTitle, grid: true },
    marks: [
      Plot.line(sortByTime(inEpisodes), {
        ...position,
        z: 'episodeId',
        stroke: ink.faint,
        strokeWidth: 1.25,
        curve: 'bump-x',
      }),
      Plot.dot(contacts, { ...position, r: 5, fill: (contact) => color.range[color.domain.indexOf(contact.channel)]! }),
      Plot.dot(
        contacts.filter((contact) => (contact.sentiment ?? 0) <= -0.3),
        { ...position, r: 8, stroke: 'var(--negative)' },
      ),
      Plot.tip(contacts, Plot.pointer({ ...position, title: describe })),
    ],
  });
}

const sortByTime = (contacts: readonly Contact[]): Contact[] =>
  contacts.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());

const describe = (contact: Contact): string =>
  `${formatMoment(contact.startedAt)}\n${channelTitle(contact.channel)}: ${formatReason(contact.intent)}`;
