import { averageOf, defineMetric, hoursOf } from '../metric.ts';

export const fullResolutionTime = defineMetric({
  name: 'full_resolution_time',
  title: 'Full resolution time',
  unit: 'seconds',
  description: 'How long it took until a matter was solved for good.',
  formula: 'last time it was solved − its beginning',
  mart: 'interaction_fact',
  sql: '{average}',
  drill: 'is_customer_contact and ({hours}) is not null',
  edgeCases: [
    'A reopened contact counts up to the last time it was solved, not the first.',
    'Contacts that are open, or open again, are left out.',
    'Business hours use one calendar, the one in force now, for the whole span.',
  ],
  switches: [averageOf('({hours})', 'median'), hoursOf('full_resolution_seconds', 'full_resolution_business_seconds')],
  sources: ['mart.interaction_fact', 'core.event'],
  higherIsBetter: false,
});
