import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';

/** The ways of looking at why people contact us. */
export const reasonParts = [
  { path: '/reasons', title: 'Contact reasons', question: 'Why do people contact us?' },
  { path: '/reasons/topics', title: 'Topics', question: 'What do they talk about that nobody looked for?' },
  { path: '/reasons/own-intents', title: 'Own intents', question: 'Which matters does only our company know?' },
  { path: '/reasons/re-explaining', title: 'Re-explaining', question: 'Where do they have to say it again?' },
] as const;

/** Leads from one part of Reasons to the others; the filters go along. */
export function ReasonTabs({ here }: { here: (typeof reasonParts)[number]['path'] }) {
  return (
    <nav class="tabs" aria-label="Parts of Reasons">
      {reasonParts.map(({ path, title }) => (
        <a key={path} href={withFilters(path, filters.value)} aria-current={path === here ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
