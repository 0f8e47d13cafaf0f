import type { PullCursor, PullPaging, PullPlan } from '../../pull/pull-plan.ts';

const CHANGED = 'query.value';

/** Asks for everything that has changed since; the search wants whole seconds as a number. */
const changedSince = { field: 'updated_at', operator: '>', value: 0 };
const sort = { field: 'updated_at', order: 'ascending' };

const cursorWith = (overlapSeconds: number): PullCursor => ({
  kind: 'time',
  at: 'row',
  path: 'updated_at',
  read: 'epoch-seconds',
  parameter: CHANGED,
  write: 'epoch-seconds',
  overlapSeconds,
});
const paging: PullPaging = { kind: 'token', path: 'pages.next.starting_after', parameter: 'pagination.starting_after' };

export const intercomPull: PullPlan = {
  address: 'https://api.intercom.io',
  auth: { kind: 'bearer' },
  headers: { 'intercom-version': '2.14' },
  requestsPerMinute: 500,
  streams: [
    {
      name: 'conversations',
      path: '/conversations/search',
      body: { query: changedSince, sort, pagination: { per_page: 50 } },
      rows: 'conversations',
      cursor: cursorWith(300),
      paging,
      // The search leaves out what was said.
      isIndex: true,
      details: [{ path: '/conversations/{id}', rows: '', isSingle: true, paging: { kind: 'none' } }],
    },
    {
      name: 'contacts',
      path: '/contacts/search',
      body: { query: changedSince, sort, pagination: { per_page: 150 } },
      rows: 'data',
      // The times of contacts are searched by whole days.
      cursor: cursorWith(2 * 86_400),
      paging,
    },
  ],
};
