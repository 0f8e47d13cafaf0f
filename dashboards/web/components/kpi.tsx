import { useCallback } from 'preact/hooks';
import type { Metric } from '../../api/schemas/metrics.ts';
import { sparkLine, type SparkPoint } from '../charts/spark-line.ts';
import { withFilters } from '../filters.ts';
import { formatMetric, changeUnit } from '../metric-value.ts';
import { filters } from '../live.ts';
import { describeSwitches } from '../switches.ts';
import { Change } from './change.tsx';
import { Chart } from './chart.tsx';
import { Figure } from './figure.tsx';
import { Defined } from './definition.tsx';
import { Icon } from './icon.tsx';
import { changedSwitches, isChanged, resetMetric } from './switch-fields.tsx';

interface KpiProps {
  readonly metric: Metric;
  readonly value: number | null;
  readonly before: number | null;
  readonly course: readonly SparkPoint[];
  readonly sql: string | undefined;
}

const sparkWidth = 76;
/** Fewer points are no course. */
const leastPoints = 4;

/** One number: name with definition, value that leads to its conversations, change, course. */
export function Kpi({ metric, value, before, course, sql }: KpiProps) {
  const draw = useCallback((width: number) => sparkLine(course, { width, height: 30 }), [course]);
  const shown = formatMetric(metric.name, value, metric.unit);
  const hasCourse = course.filter((point) => point.value !== null).length >= leastPoints;
  return (
    <div class="kpi">
      <Defined metric={metric} sql={sql}>
        {metric.title}
      </Defined>
      <div class="kpi-row">
        <a
          class="kpi-value figures"
          href={withFilters('/conversations', filters.value, { metric: metric.name })}
          aria-label={`${metric.title}: ${shown}. Show the conversations`}
        >
          <Figure text={shown} />
        </a>
        <div class="kpi-spark" aria-hidden="true">
          {hasCourse && <Chart draw={draw} width={sparkWidth} />}
        </div>
      </div>
      {isChanged(metric) && <Switched metric={metric} />}
      <div class="kpi-change">
        {filters.value.compare && (
          <Change
            now={value}
            before={before}
            unit={changeUnit(metric.name, metric.unit)}
            isHigherBetter={metric.isHigherBetter}
            otherwise={value === null ? 'nothing to count' : 'no value before'}
          />
        )}
        {filters.value.compare && value !== null && before !== null && (
          <span class="faint figures"> from {formatMetric(metric.name, before, metric.unit)}</span>
        )}
      </div>
    </div>
  );
}

/** That this is not the standard definition, in what, and the way back. */
function Switched({ metric }: { metric: Metric }) {
  const words = describeSwitches(metric, changedSwitches(metric)).join('; ');
  const reset = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    event.currentTarget.closest('.kpi')?.querySelector<HTMLElement>('.kpi-value')?.focus();
    resetMetric(metric);
  };
  return (
    <p class="kpi-switched">
      <span title={words}>{words}</span>
      <button type="button" aria-label={`Standard definition of ${metric.title}`} onClick={reset}>
        <Icon name="close" />
      </button>
    </p>
  );
}
