import { defineMetric } from '../metric.ts';

export const volume = defineMetric({
  name: 'volume',
  title: 'Contacts',
  unit: 'count',
  description: 'How many contacts began in the period.',
  formula: 'number of contacts',
  mart: 'interaction_fact',
  sql: 'cast(coalesce(count_if({drill}), 0) as bigint)',
  drill: '{counted}',
  edgeCases: [
    'Auto-replies, bounces, campaigns that no customer answered and bare surveys are not contacts.',
    'A contact belongs to the period in which it began, however long it lasted.',
    'Threads that were merged or linked are one contact; a thread without an end is cut at long silences.',
  ],
  switches: [
    {
      name: 'counted',
      title: 'What counts',
      type: 'choice',
      default: 'customer_contacts',
      choices: {
        customer_contacts: { title: 'contacts of customers', sql: 'is_customer_contact' },
        everything: { title: 'everything that was recorded', sql: 'true' },
      },
    },
  ],
  sources: ['mart.interaction_fact'],
});
