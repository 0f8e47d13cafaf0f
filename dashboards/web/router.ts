import { signal } from '@preact/signals';

export interface Place {
  readonly path: string;
  readonly search: string;
}

const here = (): Place => ({ path: window.location.pathname, search: window.location.search });

/** Where the reader is; every page derives from it, so that an address is a view. */
export const place = signal<Place>({ path: '/', search: '' });

export type Route =
  | {
      page:
        | 'overview'
        | 'conversations'
        | 'customers'
        | 'accounts'
        | 'reasons'
        | 'topics'
        | 'ownIntents'
        | 'reExplaining'
        | 'sql'
        | 'sources'
        | 'definitions'
        | 'missing';
    }
  | { page: 'conversation' | 'customer' | 'account'; id: string };

const single = { conversations: 'conversation', customers: 'customer', accounts: 'account' } as const;

const plain = {
  '/': 'overview',
  '/conversations': 'conversations',
  '/customers': 'customers',
  '/accounts': 'accounts',
  '/reasons': 'reasons',
  '/reasons/topics': 'topics',
  '/reasons/own-intents': 'ownIntents',
  '/reasons/re-explaining': 'reExplaining',
  '/sql': 'sql',
  '/sources': 'sources',
  '/definitions': 'definitions',
} as const;

/** Which page a path shows; an unknown path is a page of its own. */
export function matchRoute(path: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (Object.hasOwn(plain, trimmed)) return { page: plain[trimmed as keyof typeof plain] };
  const match = /^\/(conversations|customers|accounts)\/([^/]+)$/.exec(trimmed);
  if (!match) return { page: 'missing' };
  return { page: single[match[1] as keyof typeof single], id: decodeURIComponent(match[2]!) };
}

export const conversationPath = (id: string): string => `/conversations/${encodeURIComponent(id)}`;
/** The place in a conversation where something was said. */
export const turnPath = (id: string, utteranceId: string): string => `${conversationPath(id)}#turn-${utteranceId}`;
export const customerPath = (id: string): string => `/customers/${encodeURIComponent(id)}`;
export const accountPath = (id: string): string => `/accounts/${encodeURIComponent(id)}`;

/** Goes to an address inside the page. `replace` keeps the back button useful while a view is being adjusted. */
export function navigate(address: string, options: { replace?: boolean } = {}): void {
  const isNewPage = new URL(address, window.location.href).pathname !== window.location.pathname;
  window.history[options.replace ? 'replaceState' : 'pushState'](null, '', address);
  place.value = here();
  if (isNewPage) window.scrollTo(0, 0);
}

/** Follows the back button and clicks on ordinary links, so that pages need nothing but `<a href>`. */
export function startRouter(): void {
  place.value = here();
  window.addEventListener('popstate', () => (place.value = here()));
  document.addEventListener('click', followLink);
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) return;
  if (/^\/(v1|docs)(\/|$)/.test(link.pathname) || link.getAttribute('href')?.startsWith('#')) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}
