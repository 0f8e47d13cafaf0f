import { useEffect } from 'preact/hooks';
import type { Metric } from '../../api/schemas/metrics.ts';
import { Page } from '../components/page.tsx';
import { Skeleton } from '../components/states.tsx';
import { isChanged, ResetMetric, SwitchChoices } from '../components/switch-fields.tsx';
import { withFilters } from '../filters.ts';
import { filters, metricList } from '../live.ts';

const units: Record<string, string> = { count: 'number', seconds: 'time', ratio: 'share', score: 'score' };

/** What does this number mean? */
export function Definitions() {
  const metrics = metricList.value?.metrics;
  useEffect(() => {
    if (metrics && window.location.hash) document.querySelector(window.location.hash)?.scrollIntoView();
  }, [metrics !== undefined, window.location.hash]);
  return (
    <Page title="Definitions">
      {metrics ? (
        <div class="definitions">
          <nav class="definition-index" aria-label="Metrics">
            {metrics.map((metric) => (
              <a key={metric.name} href={`#${metric.name}`}>
                {metric.title}
              </a>
            ))}
          </nav>
          <div class="definition-list">
            {metrics.map((metric) => (
              <DefinitionEntry key={metric.name} metric={metric} />
            ))}
          </div>
        </div>
      ) : (
        <Skeleton height={480} />
      )}
    </Page>
  );
}

function DefinitionEntry({ metric }: { metric: Metric }) {
  return (
    <article class="panel definition" id={metric.name}>
      <h2>
        {metric.title} <span class="tag">{units[metric.unit] ?? metric.unit}</span>
        {metric.isHigherBetter !== null && (
          <span class="tag">{metric.isHigherBetter ? 'more is better' : 'less is better'}</span>
        )}
        {isChanged(metric) && <span class="tag accent">changed in this view</span>}
      </h2>
      <p>{metric.description}</p>
      <p class="formula">{metric.formula}</p>
      {metric.switches.length > 0 && (
        <div class="switch-list">
          {metric.switches.map((item) => (
            <SwitchChoices key={item.name} metric={metric} item={item} />
          ))}
          {isChanged(metric) && <ResetMetric metric={metric} />}
        </div>
      )}
      {metric.edgeCases.length > 0 && (
        <ul class="edge-cases">
          {metric.edgeCases.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <p class="small faint">
        From <span class="code">{metric.sources.join(', ')}</span>. In queries it is called{' '}
        <span class="code">{metric.name}</span>.{' '}
        <a class="text-link" href={withFilters('/conversations', filters.value, { metric: metric.name })}>
          The conversations it counts
        </a>
      </p>
    </article>
  );
}
