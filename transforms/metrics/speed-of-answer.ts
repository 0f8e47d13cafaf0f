import { averageOf, defineMetric } from '../metric.ts';

export const speedOfAnswer = defineMetric({
  name: 'speed_of_answer',
  title: 'Speed of answer',
  unit: 'seconds',
  description: 'How long customers waited before a person answered, on calls, chats and other live channels.',
  formula: 'wait from queued to answered, over the contacts answered',
  mart: 'interaction_fact',
  sql: '{average}',
  drill: "is_sync and direction is distinct from 'outbound' and was_answered and wait_seconds is not null",
  edgeCases: [
    'Abandoned contacts are not in it: see the abandon rate.',
    'Where the source reports no queue, the wait begins when the contact begins.',
    'Calls that we placed are left out: nobody waited for us.',
    'Time in a menu or with a bot before the queue is not waiting.',
    'Negative waits (clocks of two systems) stay in and are marked on the conversation.',
  ],
  switches: [averageOf('wait_seconds')],
  sources: ['mart.interaction_fact', 'core.event', 'core.measure'],
  higherIsBetter: false,
});
