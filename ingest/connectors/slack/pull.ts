import type { PullPaging, PullPlan } from '../../pull/pull-plan.ts';

const paging: PullPaging = { kind: 'token', path: 'response_metadata.next_cursor', parameter: 'cursor' };
const query = { limit: '200' };

/** Reads the channels that the app is a member of. Who deletes a message takes it out of the history without a trace. */
export const slackPull: PullPlan = {
  address: 'https://slack.com/api',
  auth: { kind: 'bearer' },
  requestsPerMinute: 45,
  streams: [
    { name: 'users', path: '/users.list', query, rows: 'members', cursor: { kind: 'whole' }, paging },
    {
      name: 'messages',
      each: {
        list: {
          path: '/users.conversations',
          query: { ...query, types: 'public_channel,private_channel,mpim,im' },
          rows: 'channels',
          paging,
        },
        key: 'id',
        as: 'channel',
      },
      path: '/conversations.history',
      query: { ...query, channel: '{channel}' },
      // A page does not name its channel.
      context: { channel: '{channel}' },
      rows: 'messages',
      cursor: {
        kind: 'time',
        at: 'row',
        path: 'ts',
        read: 'epoch-seconds',
        parameter: 'oldest',
        write: 'epoch-seconds',
        // Edits and answers come to messages that stand where they were said.
        overlapSeconds: 3 * 86_400,
      },
      paging,
      details: [
        {
          when: 'reply_count',
          path: '/conversations.replies',
          query: { ...query, channel: '{channel}', ts: '{ts}' },
          rows: 'messages',
          paging,
        },
      ],
    },
  ],
};
