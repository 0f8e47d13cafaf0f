import { channelTitle } from '../channel-titles.ts';
import { filterDimensions, withFilters, withOnly, type FilterDimension, type Filters } from '../filters.ts';
import { formatLanguage, formatReason, plural } from '../format.ts';
import { filterOptions, filters } from '../live.ts';
import { navigate, place } from '../router.ts';
import { isSwitchParameter } from '../switches.ts';
import { Icon } from './icon.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { PeriodMenu } from './period-menu.tsx';

const titles: Record<FilterDimension, string> = {
  channel: 'Channel',
  queue: 'Queue',
  agent: 'Agent',
  brand: 'Brand',
  language: 'Language',
  intent: 'Reason',
  own_intent: 'Own intent',
  mention: 'Public posts',
};

/** How public posts concern the company. */
const mentionTitles: Readonly<Record<string, string>> = {
  addressed: 'Turns to us',
  reply: 'In our thread',
  mention: 'Speaks of us',
  chatter: 'Chatter',
};

const labels: Partial<Record<FilterDimension, (value: string) => string>> = {
  channel: channelTitle,
  language: formatLanguage,
  intent: formatReason,
  mention: (value) => mentionTitles[value] ?? value,
};

export const filterLabel = (dimension: FilterDimension, value: string): string => labels[dimension]?.(value) ?? value;

/** Parameters of the address that belong to the page, not to the filters. A page number would make no sense any more. */
function ownParameters(): Record<string, string> {
  const kept = new URLSearchParams(place.value.search);
  for (const name of ['period', 'from', 'to', 'compare', 'cursor', ...filterDimensions]) kept.delete(name);
  return Object.fromEntries([...kept].filter(([name]) => !isSwitchParameter(name)));
}

export const applyFilters = (next: Filters): void =>
  navigate(withFilters(place.value.path, next, ownParameters()), { replace: false });

/** Period, comparison and one menu for each dimension that has something to choose. */
export function FilterBar({ isOpen }: { isOpen: boolean }) {
  const now = filters.value;
  const isAnyChosen = Object.keys(now.only).length > 0;
  const changed = Object.keys(now.switches).length;
  return (
    <div class="filter-bar" data-open={isOpen} role="group" aria-label="Filters">
      <PeriodMenu filters={now} onChange={applyFilters} />
      <button
        type="button"
        class="filter-button compare"
        aria-pressed={now.compare}
        onClick={() => applyFilters({ ...now, compare: !now.compare })}
      >
        <Icon name="check" />
        <span>Compare with before</span>
      </button>
      {filterDimensions.map((dimension) => (
        <DimensionMenu key={dimension} dimension={dimension} now={now} />
      ))}
      {isAnyChosen && (
        <button type="button" class="button quiet" onClick={() => applyFilters({ ...now, only: {} })}>
          Clear
        </button>
      )}
      {changed > 0 && (
        <button type="button" class="button quiet" onClick={() => applyFilters({ ...now, switches: {} })}>
          Reset {plural(changed, 'definition')}
        </button>
      )}
    </div>
  );
}

function DimensionMenu({ dimension, now }: { dimension: FilterDimension; now: Filters }) {
  const options = filterOptions.value?.[dimension] ?? [];
  const chosen = now.only[dimension] ?? [];
  if (options.length < 2 && chosen.length === 0) return null;
  return (
    <FilterMenu
      title={titles[dimension]}
      options={options.map(({ value, count }) => ({ value, count, title: filterLabel(dimension, value) }))}
      chosen={chosen}
      label={(value) => filterLabel(dimension, value)}
      onChange={(values) => applyFilters(withOnly(now, dimension, values))}
    />
  );
}
