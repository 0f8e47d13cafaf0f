import { averageOf, defineMetric } from '../metric.ts';

export const firstResponseTime = defineMetric({
  name: 'first_response_time',
  title: 'First response time',
  unit: 'seconds',
  description: 'How long a customer waited for the first answer, on e-mail, messages, tickets and other slow channels.',
  formula: 'first public human answer − first words of the customer',
  mart: 'interaction_fact',
  sql: '{average}',
  drill: 'not is_sync and is_customer_contact and ({span}) is not null',
  edgeCases: [
    'Answers of bots, auto-replies, templates and internal notes are not answers, unless the switch counts bots.',
    'Where an agent wrote first, the clock starts at the first words of the customer after that.',
    'Contacts that were not answered yet are left out; they are not zero.',
    'Business hours use one calendar, the one in force now, for the whole span.',
  ],
  switches: [
    averageOf('({span})', 'median'),
    {
      name: 'span',
      title: 'Time that counts',
      type: 'choice',
      default: 'elapsed',
      choices: {
        elapsed: { title: 'all hours, answers of people', sql: 'first_response_seconds' },
        business: { title: 'business hours, answers of people', sql: 'first_response_business_seconds' },
        with_bot: { title: 'all hours, answers of bots count', sql: 'first_response_with_bot_seconds' },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.utterance'],
  higherIsBetter: false,
});
