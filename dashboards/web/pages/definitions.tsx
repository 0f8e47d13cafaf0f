import { useEffect } from 'preact/hooks';
import type { Metric, MetricSwitch } from '../../api/schemas/metrics.ts';
import { Page } from '../components/page.tsx';
import { Skeleton } from '../components/states.tsx';
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
      </h2>
      <p>{metric.description}</p>
      <p class="formula">{metric.formula}</p>
      {metric.switches.length > 0 && (
        <dl class="switch-list">
          {metric.switches.map((item) => (
            <Switch key={item.name} item={item} />
          ))}
        </dl>
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

/** A choice with all it can be, the one in force first; or a number with its bounds. */
function Switch({ item }: { item: MetricSwitch }) {
  if (item.type === 'number')
    return (
      <div>
        <dt>{item.title}</dt>
        <dd class="figures">
          <strong>{item.default}</strong>{' '}
          <span class="faint">
            from {item.minimum} to {item.maximum}
          </span>
        </dd>
      </div>
    );
  return (
    <div>
      <dt>{item.title}</dt>
      <dd>
        {item.choices
          .toSorted((a, b) => Number(b.value === item.default) - Number(a.value === item.default))
          .map((choice) => (
            <span key={choice.value} class={choice.value === item.default ? 'choice chosen' : 'choice faint'}>
              {choice.title}
            </span>
          ))}
      </dd>
    </div>
  );
}
