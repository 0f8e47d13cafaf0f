import { defineMetric, shareOf } from '../metric.ts';

const position = '(csat_score - csat_scale_min) / nullif(csat_scale_max - csat_scale_min, 0)';

export const csat = defineMetric({
  name: 'csat',
  title: 'Customer satisfaction',
  unit: 'ratio',
  description: 'How satisfied customers said they were: the share of good answers, or their mean place on the scale.',
  formula: 'answers of 4 and 5 on a scale of 1 to 5 / answers',
  mart: 'interaction_fact',
  sql: '{formula}',
  drill: 'csat_score is not null and csat_scale_max > csat_scale_min',
  edgeCases: [
    'On other scales an answer is good from three quarters of the scale on: 8 of 0 to 10, 1 of 0 and 1.',
    'The mean is the place on the scale from 0 to 1: 4 on 1 to 5 is 0.75.',
    'Of several answers about one contact the last one counts; scales where low is good are turned round.',
    'Answers that belong to no contact are not in it.',
  ],
  switches: [
    {
      name: 'formula',
      title: 'Formula',
      type: 'choice',
      default: 'top_two',
      choices: {
        top_two: { title: 'share of good answers (top two of five)', sql: shareOf(`${position} >= 0.75`) },
        mean: { title: 'mean place on the scale', sql: `avg(case when {drill} then ${position} end)` },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.survey'],
  higherIsBetter: true,
});
