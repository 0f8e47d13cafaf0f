import { defineMetric, shareOf } from '../metric.ts';

export const channelSwitchRate = defineMetric({
  name: 'channel_switch_rate',
  title: 'Channel-switch rate',
  unit: 'ratio',
  description: 'The share of episodes in which the customer had to change the channel to get on.',
  formula: 'episodes with contacts on more than one group of channels / episodes',
  mart: 'episode',
  sql: shareOf('switch_count > 0'),
  drill: '{counted}',
  edgeCases: [
    'WhatsApp to SMS is no switch: both are messaging. Chat to phone is one.',
    'An episode belongs to the period, channel, queue and agent of its first contact.',
    'Whether the customer or the agent asked for the other channel is not told apart.',
  ],
  switches: [
    {
      name: 'counted',
      title: 'Episodes that count',
      type: 'choice',
      default: 'all',
      choices: {
        all: { title: 'all', sql: 'true' },
        several_contacts: { title: 'with at least two contacts', sql: 'interaction_count > 1' },
      },
    },
  ],
  sources: ['mart.episode'],
  higherIsBetter: false,
});
