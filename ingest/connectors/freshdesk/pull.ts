import type { PullPlan, PullStream } from '../../pull/pull-plan.ts';

/** Tickets in the order of change. */
const tickets = (name: string, query: Readonly<Record<string, string>>): PullStream => ({
  name,
  path: '/api/v2/tickets',
  query: { ...query, order_by: 'updated_at', order_type: 'asc', per_page: '100' },
  rows: '',
  cursor: {
    kind: 'time',
    at: 'row',
    path: 'updated_at',
    read: 'iso',
    parameter: 'updated_since',
    write: 'iso',
    overlapSeconds: 300,
    // Without it only the last month is listed.
    first: { updated_since: '2000-01-01T00:00:00Z' },
  },
  // Numbered pages end at the 300th.
  paging: { kind: 'newest', size: 100, within: { kind: 'number', parameter: 'page', size: 100 } },
});

export const freshdeskPull: PullPlan = {
  address: 'https://<company>.freshdesk.com',
  auth: { kind: 'basic', secretForm: 'the API key and :X' },
  streams: [
    {
      ...tickets('tickets', { include: 'requester,stats,description' }),
      details: [
        {
          path: '/api/v2/tickets/{id}/conversations',
          query: { per_page: '100' },
          rows: '',
          paging: { kind: 'number', parameter: 'page', size: 100 },
        },
      ],
    },
    // Without their words, which go.
    { ...tickets('deleted_tickets', { filter: 'deleted' }), context: { list: 'deleted' } },
  ],
};
