import { defineMetric, shareOf } from '../metric.ts';

export const reExplainRate = defineMetric({
  name: 're_explain_rate',
  title: 'Re-explaining rate',
  unit: 'ratio',
  description:
    'The share of episodes, passed on to somebody else, in which the customer had to say again what was said before.',
  formula: 'episodes with a repeated statement after a hand-over or in a later contact / episodes with one of these',
  mart: 'episode',
  sql: shareOf('coalesce(is_re_explained, false)'),
  drill: 'coalesce(was_passed_on, false)',
  edgeCases: [
    'Passed on means a second contact, a transfer, a second agent, or an agent after a bot; other episodes are not counted.',
    'Only the first four customer turns after each hand-over are compared with what the customer said before it.',
    'A question about progress is no repetition, nor is a new matter; short answers are not looked at.',
    'Words in a language that the model does not support cannot be compared and count as not repeated.',
  ],
  switches: [],
  sources: ['mart.episode', 'signal.re_explaining'],
  higherIsBetter: false,
});
