import type { PullPlan } from '../../pull/pull-plan.ts';

const DAY_SECONDS = 86_400;

export const genesysPull: PullPlan = {
  address: 'https://api.<region>',
  auth: {
    kind: 'oauth',
    grant: 'client_credentials',
    client: 'basic',
    tokenAddress: 'https://login.<region>/oauth/token',
  },
  requestsPerMinute: 200,
  streams: [
    {
      name: 'conversations',
      path: '/api/v2/analytics/conversations/details/query',
      body: { interval: '', order: 'asc', orderBy: 'conversationStart', paging: { pageSize: 100, pageNumber: 1 } },
      rows: 'conversations',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'conversationStart',
        read: 'iso',
        parameter: 'interval',
        template: '{from}/{until}',
        write: 'iso',
        // An interval has every conversation in which something happened meanwhile, also those that began before it.
        overlapSeconds: 2 * DAY_SECONDS,
        // Longer intervals are refused.
        windowSeconds: 7 * DAY_SECONDS,
        firstSeconds: 30 * DAY_SECONDS,
      },
      paging: { kind: 'number', parameter: 'paging.pageNumber', size: 100 },
    },
  ],
};
