import { channelColour, channelTitle, sortChannels } from '../channel-titles.ts';

/** The class that `styles/charts.css` dresses; Plot's own style element is not used, because the page's policy bars it. */
export const chartClass = 'chart';

export const ink = { line: 'var(--line)', soft: 'var(--ink-soft)', faint: 'var(--ink-faint)' } as const;

export interface ChartSize {
  readonly width: number;
  readonly height?: number;
}

/** Domain, colours and titles of the channels that occur, in the one order of channels. */
export function channelScale(names: Iterable<string>) {
  const domain = sortChannels([...new Set(names)]);
  return { domain, range: domain.map(channelColour), tickFormat: channelTitle };
}
