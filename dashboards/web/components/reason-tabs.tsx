import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';

const tabs = [
  { path: '/reasons', title: 'Reasons for contact' },
  { path: '/reasons/topics', title: 'Topics' },
  { path: '/reasons/own-intents', title: 'Own intents' },
  { path: '/reasons/re-explaining', title: 'Re-explaining' },
] as const;

/** The ways of looking at why people contact us; the filters go along. */
export function ReasonTabs({ here }: { here: (typeof tabs)[number]['path'] }) {
  return (
    <nav class="tabs" aria-label="Parts of Reasons">
      {tabs.map(({ path, title }) => (
        <a key={path} href={withFilters(path, filters.value)} aria-current={path === here ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
