import type { PullPlan, PullStream } from '../../pull/pull-plan.ts';

/** Lists are not narrowed down by time: they come newest first, and reading stops behind the cursor. */
const newestFirst = (name: string, field: string, overlapSeconds: number): PullStream => ({
  name,
  path: `/api/${name}`,
  query: { limit: '100', order_by: `${field}:desc` },
  rows: 'data',
  cursor: { kind: 'time', at: 'row', path: field, read: 'plain', write: 'iso', overlapSeconds },
  paging: { kind: 'token', path: 'meta.next_cursor', parameter: 'cursor' },
});

export const gorgiasPull: PullPlan = {
  address: 'https://<company>.gorgias.com',
  auth: { kind: 'basic', secretForm: 'address:API key' },
  requestsPerMinute: 100,
  streams: [
    newestFirst('customers', 'updated_datetime', 3600),
    newestFirst('tickets', 'updated_datetime', 3600),
    // A message that was sent or failed later changes without a time of change.
    newestFirst('messages', 'created_datetime', 86_400),
    newestFirst('satisfaction-surveys', 'created_datetime', 30 * 86_400),
  ],
};
