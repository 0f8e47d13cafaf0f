import { averageOf, defineMetric } from '../metric.ts';

export const handleTime = defineMetric({
  name: 'handle_time',
  title: 'Handle time',
  unit: 'seconds',
  description: 'How long an agent is busy with one contact.',
  formula: '(talk + hold + wrap-up) of the contacts handled / contacts handled',
  mart: 'interaction_fact',
  sql: '{average}',
  drill: 'is_handled and handle_seconds is not null and ({channels})',
  edgeCases: [
    'Contacts without any known agent time are left out, not counted as zero.',
    'E-mail, messages and tickets are left out unless the switch takes them in: theirs is the time from the first assignment until solved, hours or days.',
    'Agents who serve several chats at once are not split: the sum of sessions is used, not the wall clock.',
    'Time with a bot is not handle time.',
  ],
  switches: [
    averageOf('{part}'),
    {
      name: 'channels',
      title: 'Channels that count',
      type: 'choice',
      default: 'live',
      choices: {
        live: { title: 'calls, chats and other live channels', sql: 'is_sync' },
        slow: { title: 'e-mail, messages and tickets', sql: 'not is_sync' },
        all: { title: 'all', sql: 'true' },
      },
    },
    {
      name: 'part',
      title: 'Time that counts',
      type: 'choice',
      default: 'all',
      choices: {
        all: { title: 'talk, hold and wrap-up', sql: 'handle_seconds' },
        without_wrap_up: {
          title: 'talk and hold only',
          sql: 'handle_seconds - coalesce(wrap_up_seconds, 0)',
        },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.event', 'core.measure'],
  higherIsBetter: false,
});
