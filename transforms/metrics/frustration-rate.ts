import { defineMetric, shareOf } from '../metric.ts';

export const frustrationRate = defineMetric({
  name: 'frustration_rate',
  title: 'Frustration rate',
  unit: 'ratio',
  description:
    'The share of contacts in which the effort itself was the complaint: waiting, repeating, being sent round.',
  formula: 'contacts with a frustrated customer / contacts scored',
  mart: 'interaction_fact',
  sql: shareOf('is_frustrated'),
  drill: 'is_customer_contact and is_scored and is_frustrated is not null',
  edgeCases: [
    'Being frustrated is more than being negative: a plain bad report is not frustration.',
    'Contacts in a language the model does not know are left out.',
  ],
  switches: [],
  sources: ['mart.interaction_fact', 'signal.interaction'],
  higherIsBetter: false,
});
