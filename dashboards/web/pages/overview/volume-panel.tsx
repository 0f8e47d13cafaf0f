import { useCallback, useMemo } from 'preact/hooks';
import type { QueryResult } from '../../../api/schemas/query.ts';
import { volumeByChannel, type ChannelVolume } from '../../charts/volume-by-channel.ts';
import { ChannelLegend } from '../../components/channel-legend.tsx';
import { ChartTable } from '../../components/chart-table.tsx';
import { Chart } from '../../components/chart.tsx';
import { Defined } from '../../components/definition.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { withFilters } from '../../filters.ts';
import { filters } from '../../live.ts';
import { valueIn } from '../../metric-value.ts';
import { currentGrain, useQuery } from '../../query.ts';
import { navigate } from '../../router.ts';
import { sqlAddress } from '../../saved-sql.ts';

const chartHeight = 264;
const stepNames = { hour: 'by hour', day: 'by day', week: 'by week' } as const;

export function VolumePanel() {
  const grain = currentGrain();
  const loaded = useQuery({ metrics: ['volume'], dimensions: ['channel'], grain, limit: 10_000 });
  const { data } = loaded;
  return (
    <Panel
      span={8}
      title={<Defined metric={data?.definitions[0]}>Contacts by channel</Defined>}
      note={stepNames[grain]}
      actions={data && <a href={sqlAddress(data.sql)}>Open SQL</a>}
    >
      <LoadedContent loaded={loaded} height={chartHeight + 28}>
        {(result) => <Volume result={result} grain={grain} />}
      </LoadedContent>
    </Panel>
  );
}

/** Channels on which nothing recorded is a contact (bare surveys) have nothing to show. */
const withContacts = (result: QueryResult): QueryResult => ({
  ...result,
  rows: result.rows.filter((row) => (valueIn(row, 'volume') ?? 0) > 0),
});

const pointsOf = (result: QueryResult): ChannelVolume[] =>
  result.rows.map((row) => ({
    bucket: new Date(String(row.bucket)),
    channel: String(row.channel),
    volume: valueIn(row, 'volume') ?? 0,
  }));

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function Volume({ result: whole, grain }: { result: QueryResult; grain: 'hour' | 'day' | 'week' }) {
  const result = useMemo(() => withContacts(whole), [whole]);
  const points = useMemo(() => pointsOf(result), [result]);
  const draw = useCallback(
    (width: number) => volumeByChannel(points, { width, height: chartHeight, grain }),
    [points, grain],
  );
  if (points.length === 0) return <Empty title="No contacts in this period" />;
  const openDay = ({ bucket }: { bucket: Date }) => {
    const last = new Date(bucket.getTime() + (grain === 'week' ? 6 : 0) * 86_400_000);
    navigate(withFilters('/conversations', { ...filters.value, period: { from: dayOf(bucket), to: dayOf(last) } }));
  };
  return (
    <>
      <ChannelLegend names={[...new Set(points.map((point) => point.channel))]} />
      <Chart draw={draw} height={chartHeight} onPick={openDay} />
      <ChartTable result={result} name="Contacts by channel" />
    </>
  );
}
