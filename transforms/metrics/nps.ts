import { defineMetric } from '../metric.ts';

export const nps = defineMetric({
  name: 'nps',
  title: 'Net promoter score',
  unit: 'score',
  description: 'Would customers recommend us? From −100 to 100.',
  formula: '100 × (answers of 9 and 10 − answers of 0 to 6) / answers',
  mart: 'interaction_fact',
  sql: '100 * cast(count_if({drill} and nps_score >= 9) - count_if({drill} and nps_score <= 6) as double) / nullif(cast(count_if({drill}) as double), 0)',
  drill: 'nps_score is not null',
  edgeCases: [
    'Detractors are 0 to 6, not 1 to 6.',
    'Of several answers about one contact the last one counts.',
    'With few answers it jumps: look at the number of answers beside it.',
  ],
  switches: [],
  sources: ['mart.interaction_fact', 'core.survey'],
  higherIsBetter: true,
});
