import { defineMetric, shareOf } from '../metric.ts';
import { SHORT_ABANDON_SECONDS } from '../thresholds.ts';

export const abandonRate = defineMetric({
  name: 'abandon_rate',
  title: 'Abandon rate',
  unit: 'ratio',
  description: 'The share of live contacts in which the customer gave up before a person answered.',
  formula: 'contacts abandoned / contacts offered (answered or abandoned)',
  mart: 'interaction_fact',
  sql: shareOf('is_abandoned'),
  drill: "is_sync and direction is distinct from 'outbound' and (was_answered or is_abandoned) and ({short_abandons})",
  edgeCases: [
    'Customers who hang up in a menu, before they reach a queue, are not abandoned.',
    'Short abandons count unless the switch leaves them out, of both parts of the ratio.',
    'Calls that we placed are left out.',
    'Contacts that a bot finished were neither answered nor abandoned.',
  ],
  switches: [
    {
      name: 'short_abandons',
      title: 'Short abandons',
      type: 'choice',
      default: 'counted',
      choices: {
        counted: { title: 'counted', sql: 'true' },
        left_out: {
          title: 'left out',
          sql: 'not (is_abandoned and coalesce(wait_seconds, 0) < {short_abandon_seconds})',
        },
      },
    },
    {
      name: 'short_abandon_seconds',
      title: 'Short abandon (seconds)',
      type: 'number',
      default: SHORT_ABANDON_SECONDS,
      minimum: 0,
      maximum: 600,
    },
  ],
  sources: ['mart.interaction_fact', 'core.event'],
  higherIsBetter: false,
});
