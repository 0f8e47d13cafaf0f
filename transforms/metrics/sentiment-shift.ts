import { defineMetric } from '../metric.ts';

export const sentimentShift = defineMetric({
  name: 'sentiment_shift',
  title: 'Sentiment shift',
  unit: 'score',
  description: 'How much better or worse customers sounded at the end of a contact than at its start, from −2 to 2.',
  formula: 'mean over contacts of (sentiment at the end − sentiment at the start)',
  mart: 'interaction_fact',
  sql: 'avg(case when {drill} then sentiment_shift end)',
  drill: 'is_customer_contact and is_scored and sentiment_shift is not null',
  edgeCases: [
    'Contacts in which the customer spoke too little to have a start and an end are left out.',
    'A matter that goes on in another contact is followed by the episode, not here.',
  ],
  switches: [],
  sources: ['mart.interaction_fact', 'signal.interaction'],
  higherIsBetter: true,
});
