import { CrosstalkError } from '../../../errors.ts';
import { dimensions } from '../../../transforms/dimensions.ts';
import { metrics } from '../../../transforms/metrics.ts';
import type { App } from '../dependencies.ts';
import { presentMetric } from '../present-metric.ts';
import { Metric, MetricList, MetricParams } from '../schemas/metrics.ts';

const list = {
  metrics: metrics.map(presentMetric),
  dimensions: dimensions.map(({ name, title }) => ({ name, title })),
};

export function metricRoutes(app: App): void {
  app.get(
    '/v1/metrics',
    {
      config: { permission: 'metrics' },
      schema: { summary: 'What every number means', response: { 200: MetricList } },
    },
    async () => list,
  );
  app.get(
    '/v1/metrics/:name',
    {
      config: { permission: 'metrics' },
      schema: { summary: 'What one number means', params: MetricParams, response: { 200: Metric } },
    },
    async ({ params }) => getDefinition(params.name),
  );
}

function getDefinition(name: string) {
  const found = list.metrics.find((metric) => metric.name === name);
  if (found) return found;
  const names = metrics.map((metric) => metric.name).join(', ');
  throw new CrosstalkError('not_found', `invalid metric: ${name}; expected one of ${names}`);
}
