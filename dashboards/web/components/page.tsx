import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { countChosen } from '../filters.ts';
import { filters } from '../live.ts';
import { FilterBar } from './filter-bar.tsx';
import { Icon } from './icon.tsx';
import { PartialNote } from './states.tsx';
import { isMenuOpen } from './shell.tsx';

interface PageProps {
  readonly title: string;
  /** Where this page stands, before its title. */
  readonly trail?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Whether the filters of the address hold on this page. */
  readonly isFiltered?: boolean;
  readonly children: ComponentChildren;
}

/** Title bar with the filters, then the content. */
export function Page({ title, trail, actions, isFiltered = false, children }: PageProps) {
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  useEffect(() => {
    document.title = `${title} · Crosstalk`;
  }, [title]);
  return (
    <>
      <div class="topbar">
        <button
          type="button"
          class="icon-button menu-button"
          aria-label="Pages"
          aria-expanded={isMenuOpen.value}
          onClick={() => (isMenuOpen.value = true)}
        >
          <Icon name="menu" />
        </button>
        <h1>
          {trail && <span class="trail">{trail} / </span>}
          {title}
        </h1>
        <div class="topbar-end">
          {isFiltered && <FiltersToggle isOpen={areFiltersOpen} onToggle={() => setFiltersOpen(!areFiltersOpen)} />}
          {actions}
        </div>
        {isFiltered && <FilterBar isOpen={areFiltersOpen} />}
      </div>
      <div class="page">
        <PartialNote />
        {children}
      </div>
    </>
  );
}

function FiltersToggle({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  const count = countChosen(filters.value);
  return (
    <button type="button" class="button filters-toggle" aria-expanded={isOpen} onClick={onToggle}>
      <Icon name="filter" />
      Filters{count > 0 && ` (${count})`}
    </button>
  );
}
