import type { PullPlan } from '../../pull/pull-plan.ts';

export const typeformPull: PullPlan = {
  address: 'https://api.typeform.com',
  auth: { kind: 'bearer' },
  requestsPerMinute: 100,
  streams: [
    {
      name: 'responses',
      each: {
        list: {
          path: '/forms',
          query: { page_size: '200' },
          rows: 'items',
          paging: { kind: 'number', parameter: 'page', size: 200 },
        },
        key: 'id',
        as: 'form',
      },
      path: '/forms/{form}/responses',
      query: { page_size: '1000' },
      rows: 'items',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'submitted_at',
        read: 'iso',
        parameter: 'since',
        write: 'iso',
        overlapSeconds: 3600,
      },
      // Newest first; a page goes on before the last response of the one before.
      paging: { kind: 'last-row', path: 'token', parameter: 'before' },
    },
  ],
};
