import type { MetricInForce } from '../../transforms/metric-sql.ts';
import type { Metric as MetricDefinition, MetricSwitch as SwitchDefinition } from '../../transforms/metric.ts';
import type { Metric, MetricSwitch } from './schemas/metrics.ts';
import type { Definition } from './schemas/query.ts';

/** A metric as the API shows it: its meaning, without its SQL. */
export const presentMetric = (metric: MetricDefinition): Metric => ({
  name: metric.name,
  title: metric.title,
  unit: metric.unit,
  isHigherBetter: metric.higherIsBetter ?? null,
  description: metric.description,
  formula: metric.formula,
  edgeCases: [...metric.edgeCases],
  switches: metric.switches.map(presentSwitch),
  mart: metric.mart,
  sources: [...metric.sources],
});

export const presentDefinition = (metric: MetricInForce): Definition => ({
  ...presentMetric(metric),
  inForce: { ...metric.inForce },
});

const presentSwitch = (item: SwitchDefinition): MetricSwitch => ({
  name: item.name,
  title: item.title,
  type: item.type,
  default: item.default,
  minimum: item.type === 'number' ? item.minimum : null,
  maximum: item.type === 'number' ? item.maximum : null,
  choices: item.type === 'choice' ? Object.entries(item.choices).map(([value, { title }]) => ({ value, title })) : [],
});
