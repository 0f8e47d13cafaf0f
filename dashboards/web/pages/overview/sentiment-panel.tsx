import { useCallback, useMemo } from 'preact/hooks';
import type { QueryResult } from '../../../api/schemas/query.ts';
import { heightFor, sentimentByChannel, type ChannelSentiment } from '../../charts/sentiment-by-channel.ts';
import { ChartTable } from '../../components/chart-table.tsx';
import { Chart } from '../../components/chart.tsx';
import { Defined } from '../../components/definition.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { filters } from '../../live.ts';
import { valueIn } from '../../metric-value.ts';
import { useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

export function SentimentPanel() {
  const loaded = useQuery({ metrics: ['mean_sentiment'], dimensions: ['channel'], counts: true });
  const { data } = loaded;
  return (
    <Panel
      span={4}
      title={<Defined metric={data?.definitions[0]}>Sentiment by channel</Defined>}
      actions={data && <a href={sqlAddress(data.sql)}>Open SQL</a>}
    >
      <LoadedContent loaded={loaded} height={260}>
        {(result) => <ByChannel result={result} />}
      </LoadedContent>
    </Panel>
  );
}

/** Too few contacts to say how a channel sounds. */
const leastContacts = 5;

function rowsOf(result: QueryResult): ChannelSentiment[] {
  const before = new Map((result.comparison?.rows ?? []).map((row) => [row.channel, row]));
  return result.rows.flatMap((row) => {
    const now = valueIn(row, 'mean_sentiment');
    if (now === null || (valueIn(row, 'mean_sentiment_count') ?? leastContacts) < leastContacts) return [];
    return [{ channel: String(row.channel), now, before: valueIn(before.get(row.channel ?? null), 'mean_sentiment') }];
  });
}

function ByChannel({ result }: { result: QueryResult }) {
  const rows = useMemo(() => rowsOf(result), [result]);
  const draw = useCallback((width: number) => sentimentByChannel(rows, { width }), [rows]);
  if (rows.length === 0)
    return <Empty title="Too few scored conversations">A channel appears from {leastContacts} on.</Empty>;
  return (
    <>
      <Chart draw={draw} height={heightFor(rows.length)} />
      {filters.value.compare && (
        <p class="legend">
          <span class="item">
            <span class="swatch ring" aria-hidden="true" />
            period before
          </span>
          <span class="item">
            <span class="swatch" aria-hidden="true" style={{ borderRadius: '50%' }} />
            now
          </span>
        </p>
      )}
      <ChartTable result={result} name="Sentiment by channel" />
    </>
  );
}
