import { defineMetric } from '../metric.ts';

export const meanSentiment = defineMetric({
  name: 'mean_sentiment',
  title: 'Sentiment',
  unit: 'score',
  description: 'How customers sounded, from −1 to 1, in their own words only.',
  formula: 'mean over contacts of the sentiment of the customer’s words',
  mart: 'interaction_fact',
  sql: 'avg(case when {drill} then sentiment end)',
  drill: 'is_customer_contact and is_scored and sentiment is not null',
  edgeCases: [
    'Contacts in a language the model does not know have no value and are left out.',
    'Each contact counts once, whether it is long or short.',
    'What agents and bots say does not count.',
  ],
  switches: [],
  sources: ['mart.interaction_fact', 'signal.interaction'],
  higherIsBetter: true,
});
