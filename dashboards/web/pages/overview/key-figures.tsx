import type { QueryResult } from '../../../api/schemas/query.ts';
import { Kpi } from '../../components/kpi.tsx';
import { Failed, Skeleton } from '../../components/states.tsx';
import { metricList } from '../../live.ts';
import { metricByName, valueIn } from '../../metric-value.ts';
import { currentGrain, useQuery } from '../../query.ts';
import { shownMetrics } from './shown-metrics.ts';

export function KeyFigures() {
  const totals = useQuery({ metrics: shownMetrics });
  const courses = useQuery({ metrics: shownMetrics, grain: currentGrain() });
  if (totals.error !== undefined && !totals.data)
    return (
      <section class="panel">
        <Failed message={totals.error} onRetry={totals.reload} />
      </section>
    );
  const metrics = metricList.value?.metrics;
  const { data } = totals;
  if (!data || !metrics) return <FiguresSkeleton />;
  return (
    <section class="kpis loaded" aria-label="Key figures" aria-busy={totals.isLoading}>
      {shownMetrics.map((name) => {
        const metric = metricByName(data.definitions, name) ?? metricByName(metrics, name);
        if (!metric) return null;
        return (
          <Kpi
            key={name}
            metric={metric}
            value={valueIn(data.rows[0], name)}
            before={valueIn(data.comparison?.rows[0], name)}
            course={courseOf(courses.data, name)}
            sql={data.sql}
          />
        );
      })}
    </section>
  );
}

const courseOf = (result: QueryResult | undefined, name: string) =>
  (result?.rows ?? []).map((row) => ({ bucket: new Date(String(row.bucket)), value: valueIn(row, name) }));

function FiguresSkeleton() {
  return (
    <section class="kpis" aria-label="Key figures" aria-busy="true">
      {shownMetrics.map((name) => (
        <div class="kpi" key={name}>
          <Skeleton lines={3} />
        </div>
      ))}
    </section>
  );
}
