import type { PullCursor, PullPaging, PullPlan, PullStream } from '../../pull/pull-plan.ts';

/** Exports that go by an opaque cursor, in which every change shows. */
const byToken: { cursor: PullCursor; paging: PullPaging; endMarker: string } = {
  cursor: { kind: 'token', at: 'page', path: 'after_cursor', parameter: 'cursor', first: { start_time: '0' } },
  paging: { kind: 'next-url', path: 'after_url' },
  endMarker: 'end_of_stream',
};

/** Exports that go by time repeat rows at the edges of pages, and name a next page even on the last one. */
const byTime: { cursor: PullCursor; paging: PullPaging; endMarker: string } = {
  cursor: {
    kind: 'time',
    at: 'page',
    path: 'end_time',
    read: 'epoch-seconds',
    parameter: 'start_time',
    write: 'epoch-seconds',
    overlapSeconds: 120,
    first: { start_time: '0' },
  },
  paging: { kind: 'next-url', path: 'next_page' },
  endMarker: 'end_of_stream',
};

const streams: readonly PullStream[] = [
  { name: 'users', path: '/api/v2/incremental/users/cursor.json', rows: 'users', ...byToken },
  { name: 'organizations', path: '/api/v2/incremental/organizations.json', rows: 'organizations', ...byTime },
  { name: 'tickets', path: '/api/v2/incremental/tickets/cursor.json', rows: 'tickets', ...byToken },
  {
    name: 'ticket_events',
    path: '/api/v2/incremental/ticket_events.json',
    // Without it the events name a comment and not what it says.
    query: { include: 'comment_events' },
    rows: 'ticket_events',
    ...byTime,
  },
  {
    name: 'ticket_metric_events',
    path: '/api/v2/incremental/ticket_metric_events.json',
    rows: 'ticket_metric_events',
    ...byTime,
  },
];

export const zendeskPull: PullPlan = {
  address: 'https://<company>.zendesk.com',
  auth: { kind: 'basic', secretForm: 'address/token:API token' },
  requestsPerMinute: 10,
  streams,
};
