import type { PullPlan } from '../../pull/pull-plan.ts';

export const chatwootPull: PullPlan = {
  address: 'https://app.chatwoot.com/api/v1/accounts/<account>',
  auth: { kind: 'header', header: 'api_access_token' },
  requestsPerMinute: 60,
  streams: [
    {
      name: 'conversations',
      path: '/conversations',
      query: { status: 'all', assignee_type: 'all', sort_by: 'last_activity_at_desc' },
      rows: 'data.payload',
      // Newest activity first: reading stops behind the cursor.
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'last_activity_at',
        read: 'epoch-seconds',
        write: 'epoch-seconds',
        overlapSeconds: 3600,
      },
      paging: { kind: 'number', parameter: 'page', size: 25 },
      details: [
        {
          path: '/conversations/{id}/messages',
          rows: 'payload',
          // The oldest stands first on a page, and the one before it is asked for.
          paging: { kind: 'first-row', path: 'id', parameter: 'before' },
        },
      ],
    },
  ],
};
