import { useCallback } from 'preact/hooks';
import type { Metric } from '../../../api/schemas/metrics.ts';
import type { QueryResult } from '../../../api/schemas/query.ts';
import { rateLine, type RatePoint } from '../../charts/rate-line.ts';
import { ChartTable } from '../../components/chart-table.tsx';
import { Chart } from '../../components/chart.tsx';
import { Kpi } from '../../components/kpi.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { plural } from '../../format.ts';
import { metricByName, valueIn } from '../../metric-value.ts';
import { currentGrain, useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

const name = 're_explain_rate';

/** How often, what that means, and how it went over the period. */
export function Rate() {
  const total = useQuery({ metrics: [name], counts: true });
  const course = useQuery({ metrics: [name], grain: currentGrain(), counts: true });
  return (
    <div class="grid">
      <Panel title="How often" span={5} actions={total.data && <a href={sqlAddress(total.data.sql)}>Open SQL</a>}>
        <LoadedContent loaded={total} height={176}>
          {(result) => <Now result={result} />}
        </LoadedContent>
      </Panel>
      <Panel title="Over time" note="larger dots rest on more" span={7}>
        <LoadedContent loaded={course} height={176}>
          {(result) => <Course result={result} />}
        </LoadedContent>
      </Panel>
    </div>
  );
}

function Now({ result }: { result: QueryResult }) {
  const metric = metricByName(result.definitions, name);
  if (!metric) return null;
  const counted = valueIn(result.rows[0], `${name}_count`) ?? 0;
  return (
    <div class="rate-now">
      <Kpi
        metric={metric}
        value={valueIn(result.rows[0], name)}
        before={valueIn(result.comparison?.rows[0], name)}
        course={[]}
        sql={result.sql}
      />
      <Definition metric={metric} counted={counted} />
    </div>
  );
}

/** The definition in full, because the number is new to most readers. */
function Definition({ metric, counted }: { metric: Metric; counted: number }) {
  return (
    <div class="rate-definition small soft">
      <p>
        {metric.description} {plural(counted, 'episode')} counted.
      </p>
      <p class="formula">{metric.formula}</p>
      <details>
        <summary>What counts and what does not</summary>
        <ul class="edge-cases">
          {metric.edgeCases.map((edge) => (
            <li key={edge}>{edge}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const pointsOf = (result: QueryResult): RatePoint[] =>
  result.rows.map((row) => ({
    bucket: new Date(String(row.bucket)),
    rate: valueIn(row, name),
    count: valueIn(row, `${name}_count`) ?? 0,
  }));

function Course({ result }: { result: QueryResult }) {
  const grain = currentGrain();
  const draw = useCallback(
    (width: number) =>
      rateLine(pointsOf(result), { width, grain, title: 'Re-explaining rate over time', of: 'episodes passed on' }),
    [result, grain],
  );
  if (result.rows.every((row) => valueIn(row, name) === null))
    return (
      <Empty title="Nothing was passed on in this view">
        The rate needs episodes with a second contact, a transfer or a second agent. Choose a longer period.
      </Empty>
    );
  return (
    <>
      <Chart draw={draw} height={176} />
      <ChartTable result={result} name="Re-explaining rate over time" />
    </>
  );
}
