import { useCallback, useMemo } from 'preact/hooks';
import type { QueryResult } from '../../api/schemas/query.ts';
import { reasonByChannel, type ReasonChannel } from '../charts/reason-by-channel.ts';
import { coursesBy } from '../courses-by.ts';
import { ChartTable } from '../components/chart-table.tsx';
import { Chart } from '../components/chart.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { ReasonTabs } from '../components/reason-tabs.tsx';
import { ReasonTable } from '../components/reason-table.tsx';
import { Empty } from '../components/states.tsx';
import { withFilters, withOnly } from '../filters.ts';
import { groupBy } from '../../../group-by.ts';
import { filters } from '../live.ts';
import { textOf, valueIn } from '../metric-value.ts';
import { currentGrain, useQuery } from '../query.ts';
import { navigate } from '../router.ts';
import { sqlAddress } from '../saved-sql.ts';

import { Leaving } from './reasons/leaving.tsx';

/** Why do people contact us? */
export function Reasons() {
  const totals = useQuery({
    metrics: ['volume', 'mean_sentiment', 'frustration_rate', 'repeat_contact_rate', 'csat', 'full_resolution_time'],
    dimensions: ['intent'],
    orderBy: [{ column: 'volume', descending: true }],
  });
  const courses = useQuery({ metrics: ['volume'], dimensions: ['intent'], grain: currentGrain(), limit: 10_000 });
  const byReason = useMemo(() => courses.data && coursesBy('intent', courses.data, currentGrain()), [courses.data]);
  return (
    <Page title="Reasons" isFiltered>
      <ReasonTabs here="/reasons" />
      <Panel
        title="Reasons for contact"
        actions={totals.data && <a href={sqlAddress(totals.data.sql)}>Open SQL</a>}
        isFlush
      >
        <LoadedContent loaded={totals} height={480}>
          {(result) => (
            <ReasonTable result={result} pageSize={20} exportName="reasons" {...(byReason && { courses: byReason })} />
          )}
        </LoadedContent>
      </Panel>
      <ChannelPanel />
      <Leaving />
    </Page>
  );
}

const mostReasons = 18;

function ChannelPanel() {
  const loaded = useQuery({ metrics: ['volume'], dimensions: ['intent', 'channel'], limit: 10_000 });
  return (
    <Panel
      title="Which channel carries which reason"
      note="share of each reason’s contacts"
      actions={loaded.data && <a href={sqlAddress(loaded.data.sql)}>Open SQL</a>}
    >
      <LoadedContent loaded={loaded} height={420}>
        {(result) => <Heat result={result} />}
      </LoadedContent>
    </Panel>
  );
}

function cellsOf(result: QueryResult): { cells: ReasonChannel[]; order: string[] } {
  const cells = result.rows.flatMap((row) => {
    const [intent, channel] = [textOf(row.intent), textOf(row.channel)];
    const volume = valueIn(row, 'volume') ?? 0;
    return intent === null || channel === null || volume === 0 ? [] : [{ intent, channel, volume }];
  });
  const totals = [...groupBy(cells, (cell) => cell.intent)].map(
    ([intent, group]) => [intent, group.reduce((sum, cell) => sum + cell.volume, 0)] as const,
  );
  const order = totals
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, mostReasons)
    .map(([intent]) => intent);
  return { cells: cells.filter((cell) => order.includes(cell.intent)), order };
}

function Heat({ result }: { result: QueryResult }) {
  const { cells, order } = useMemo(() => cellsOf(result), [result]);
  const draw = useCallback((width: number) => reasonByChannel(cells, { width, order }), [cells, order]);
  if (cells.length === 0) return <Empty title="No reasons in this period">Reasons appear as enrichment goes on.</Empty>;
  const open = ({ intent, channel }: ReasonChannel) => {
    const chosen = withOnly(withOnly(filters.value, 'intent', [intent]), 'channel', [channel]);
    navigate(withFilters('/conversations', chosen));
  };
  return (
    <>
      <Chart draw={draw} height={order.length * 26 + 34} leastWidth={640} onPick={open} />
      <ChartTable result={result} name="Reasons by channel" />
    </>
  );
}
