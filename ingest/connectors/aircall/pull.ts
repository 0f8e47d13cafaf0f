import type { PullPlan } from '../../pull/pull-plan.ts';

export const aircallPull: PullPlan = {
  address: 'https://api.aircall.io',
  auth: { kind: 'basic', secretForm: 'API id:API token' },
  requestsPerMinute: 60,
  streams: [
    {
      name: 'users',
      path: '/v1/users',
      query: { per_page: '50' },
      rows: 'users',
      cursor: { kind: 'whole' },
      paging: { kind: 'next-url', path: 'meta.next_page_link' },
    },
    {
      name: 'calls',
      path: '/v1/calls',
      query: { per_page: '50', order: 'asc' },
      rows: 'calls',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'started_at',
        read: 'epoch-seconds',
        parameter: 'from',
        write: 'epoch-seconds',
        // Notes, tags and the recording come to a call after it.
        overlapSeconds: 86_400,
      },
      // Numbered pages end at the 10 000th call.
      paging: { kind: 'newest', size: 50, within: { kind: 'number', parameter: 'page', size: 50 } },
      details: [
        {
          path: '/v1/calls/{id}/transcription',
          rows: '',
          isSingle: true,
          when: 'answered_at',
          // Transcriptions are an option of the contract.
          mayBeMissing: true,
          paging: { kind: 'none' },
        },
      ],
    },
  ],
};
