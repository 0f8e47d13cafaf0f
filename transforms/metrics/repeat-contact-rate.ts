import { defineMetric, shareOf } from '../metric.ts';

export const repeatContactRate = defineMetric({
  name: 'repeat_contact_rate',
  title: 'Repeat contact rate',
  unit: 'ratio',
  description: 'The share of contacts in which a customer came back about the same matter, on any channel.',
  formula: 'contacts with an earlier contact in the same episode / contacts',
  mart: 'interaction_fact',
  sql: shareOf('is_repeat_contact'),
  drill: 'is_customer_contact and is_repeat_contact is not null',
  edgeCases: [
    'The same matter means the same reason (or group of reasons), or the same thread, within the days that the configuration sets; contacts without a known reason join the episode they follow.',
    'It rests on who is who: people merged by mistake raise it, people not recognised lower it.',
    'Anonymous contacts cannot be repeats; they are counted as contacts.',
  ],
  switches: [],
  sources: ['mart.interaction_fact', 'mart.episode'],
  higherIsBetter: false,
});
