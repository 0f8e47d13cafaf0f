import { averageOf, defineMetric } from '../metric.ts';

export const handleTime = defineMetric({
  name: 'handle_time',
  title: 'Handle time',
  unit: 'seconds',
  description: 'How long an agent is busy with one contact.',
  formula: '(talk + hold + wrap-up) of the contacts handled / contacts handled',
  mart: 'interaction_fact',
  sql: '{average}',
  drill: 'is_handled and handle_seconds is not null',
  edgeCases: [
    'Contacts without any known agent time are left out, not counted as zero.',
    'For e-mail, messages and tickets it is the time assigned and open until solved, where the source tells.',
    'Agents who serve several chats at once are not split: the sum of sessions is used, not the wall clock.',
    'Time with a bot is not handle time.',
  ],
  switches: [
    averageOf('{part}'),
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
