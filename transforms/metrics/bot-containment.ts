import { defineMetric, shareOf } from '../metric.ts';

export const botContainment = defineMetric({
  name: 'bot_containment',
  title: 'Bot containment',
  unit: 'ratio',
  description: 'The share of contacts with a bot that needed no person.',
  formula: 'contacts with a bot and no agent / contacts with a bot',
  mart: 'interaction_fact',
  sql: shareOf('{contained}'),
  drill: 'is_customer_contact and bot_utterance_count > 0',
  edgeCases: [
    'No person does not mean satisfied: people who gave up count too. The verified form leaves out those who came back.',
    'Contacts handed to a person are not contained, even where the person never wrote.',
  ],
  switches: [
    {
      name: 'contained',
      title: 'Contained means',
      type: 'choice',
      default: 'no_person',
      choices: {
        no_person: { title: 'no person took part', sql: 'is_bot_only' },
        verified: { title: 'and the customer did not come back', sql: 'is_bot_only and not was_followed_up' },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.utterance', 'core.event'],
  higherIsBetter: true,
});
