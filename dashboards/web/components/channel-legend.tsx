import { channelColour, channelTitle, sortChannels } from '../channel-titles.ts';
import { withFilters, withOnly } from '../filters.ts';
import { filters } from '../live.ts';

/** What the colours mean; each entry narrows the view to its channel. */
export function ChannelLegend({ names, path = '/' }: { names: readonly string[]; path?: string }) {
  return (
    <div class="legend">
      {sortChannels(names).map((name) => (
        <a
          key={name}
          href={withFilters(path, withOnly(filters.value, 'channel', [name]))}
          title={`Only ${channelTitle(name)}`}
        >
          <span class="swatch" style={{ color: channelColour(name) }} aria-hidden="true" />
          {channelTitle(name)}
        </a>
      ))}
    </div>
  );
}
