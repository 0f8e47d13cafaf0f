import type { PullPlan } from '../../pull/pull-plan.ts';

export const frontPull: PullPlan = {
  address: 'https://<company>.api.frontapp.com',
  auth: { kind: 'bearer' },
  requestsPerMinute: 50,
  streams: [
    {
      name: 'events',
      path: '/events',
      // Events come by 15 at most.
      query: { limit: '15', sort_by: 'created_at', sort_order: 'asc' },
      rows: '_results',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'emitted_at',
        read: 'epoch-seconds',
        parameter: 'q[after]',
        write: 'epoch-seconds',
        overlapSeconds: 600,
      },
      paging: { kind: 'next-url', path: '_pagination.next' },
    },
  ],
};
