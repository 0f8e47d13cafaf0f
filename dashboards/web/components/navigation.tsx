import { filters } from '../live.ts';
import { withFilters } from '../filters.ts';
import { matchRoute, place } from '../router.ts';
import { Icon, type IconName } from './icon.tsx';

interface Entry {
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  /** Pages that stand under this entry. */
  readonly pages: readonly string[];
  readonly question: string;
}

export const navigation: readonly { title: string; entries: readonly Entry[] }[] = [
  {
    title: 'Look',
    entries: [
      {
        path: '/',
        title: 'Overview',
        icon: 'overview',
        pages: ['overview'],
        question: 'How are we doing, and what changed?',
      },
      {
        path: '/conversations',
        title: 'Conversations',
        icon: 'conversations',
        pages: ['conversations', 'conversation'],
        question: 'Show me them',
      },
      {
        path: '/customers',
        title: 'Customers',
        icon: 'customers',
        pages: ['customers', 'customer', 'accounts', 'account'],
        question: 'Who is about to leave, and why?',
      },
      {
        path: '/reasons',
        title: 'Reasons',
        icon: 'reasons',
        pages: ['reasons', 'topics', 'ownIntents', 'reExplaining'],
        question: 'Why do people contact us?',
      },
    ],
  },
  {
    title: 'Work with the data',
    entries: [
      { path: '/sql', title: 'SQL', icon: 'sql', pages: ['sql'], question: 'I want my own answer' },
      { path: '/sources', title: 'Sources', icon: 'sources', pages: ['sources'], question: 'Is everything coming in?' },
      {
        path: '/definitions',
        title: 'Definitions',
        icon: 'definitions',
        pages: ['definitions'],
        question: 'What does this number mean?',
      },
    ],
  },
];

export function Navigation() {
  const { page } = matchRoute(place.value.path);
  return (
    <nav aria-label="Pages">
      {navigation.map((group) => (
        <div class="nav-group" key={group.title}>
          <p class="nav-title">{group.title}</p>
          {group.entries.map((entry) => (
            <a
              key={entry.path}
              class="nav-link"
              href={withFilters(entry.path, filters.value)}
              aria-current={entry.pages.includes(page) ? 'page' : undefined}
            >
              <Icon name={entry.icon} />
              {entry.title}
            </a>
          ))}
        </div>
      ))}
    </nav>
  );
}
