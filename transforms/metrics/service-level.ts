import { defineMetric } from '../metric.ts';
import { SERVICE_LEVEL_SECONDS, SHORT_ABANDON_SECONDS } from '../thresholds.ts';

const within = 'coalesce(wait_seconds, 0) <= {threshold_seconds}';
const short = '(is_abandoned and coalesce(wait_seconds, 0) < {short_abandon_seconds})';
const share = (part: string, whole: string) =>
  `cast(count_if({drill} and (${part})) as double) / nullif(cast(count_if({drill} and (${whole})) as double), 0)`;

export const serviceLevel = defineMetric({
  name: 'service_level',
  title: 'Service level',
  unit: 'ratio',
  description: 'The share of live contacts that were taken from the queue within the target time.',
  formula: 'contacts within the threshold / contacts offered; the formula switch says which are counted',
  mart: 'interaction_fact',
  sql: '{formula}',
  drill:
    "is_sync and direction is distinct from 'outbound' and (was_queued or is_abandoned or (was_answered and wait_seconds is not null))",
  edgeCases: [
    'In the formula of Amazon Connect a customer who gives up within the threshold counts as a success.',
    'In the formula of Genesys every abandon counts against it; the third formula leaves short abandons out.',
    'Calls that we placed are left out, and so are answered contacts of which the source tells no wait.',
    'A changed threshold changes past dates too.',
    'Contacts still waiting are offered, but not yet within the threshold.',
  ],
  switches: [
    {
      name: 'threshold_seconds',
      title: 'Target (seconds)',
      type: 'number',
      default: SERVICE_LEVEL_SECONDS,
      minimum: 1,
      maximum: 604_800,
    },
    {
      name: 'short_abandon_seconds',
      title: 'Short abandon (seconds)',
      type: 'number',
      default: SHORT_ABANDON_SECONDS,
      minimum: 0,
      maximum: 600,
    },
    {
      name: 'formula',
      title: 'Formula',
      type: 'choice',
      default: 'genesys',
      choices: {
        genesys: {
          title: 'answered in time / (answered + abandoned), as Genesys',
          sql: share(`was_answered and ${within}`, 'was_answered or is_abandoned'),
        },
        connect: {
          title: 'answered or abandoned in time / queued, as Amazon Connect',
          sql: share(`(was_answered or is_abandoned) and ${within}`, 'true'),
        },
        exclude_short_abandons: {
          title: 'as Genesys, without short abandons',
          sql: share(`was_answered and ${within}`, `(was_answered or is_abandoned) and not ${short}`),
        },
      },
    },
  ],
  sources: ['mart.interaction_fact', 'core.event', 'core.measure'],
  higherIsBetter: true,
});
