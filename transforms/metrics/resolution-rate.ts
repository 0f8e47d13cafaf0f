import { defineMetric, shareOf } from '../metric.ts';

export const resolutionRate = defineMetric({
  name: 'resolution_rate',
  title: 'Resolution rate',
  unit: 'ratio',
  description: 'The share of contacts that ended with the matter solved.',
  formula: 'contacts resolved / contacts',
  mart: 'interaction_fact',
  sql: shareOf('{resolved}'),
  drill: 'is_customer_contact',
  edgeCases: [
    'Resolved means that the source says solved, or closed on a channel that is not live, or that the words say so. A call that is over is not resolved by that.',
    'The strict form asks too that no other contact followed in the same episode.',
    'Recent contacts look better in the strict form than they will: the customer has not had the time to come back.',
  ],
  switches: [
    {
      name: 'resolved',
      title: 'Resolved means',
      type: 'choice',
      default: 'stated',
      choices: {
        stated: { title: 'solved, closed or said so', sql: 'is_resolved' },
        strict: { title: 'and the customer did not come back', sql: 'is_resolved and not was_followed_up' },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.interaction', 'signal.interaction'],
  higherIsBetter: true,
});
