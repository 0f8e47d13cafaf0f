import { LoadedContent, Panel } from '../../components/panel.tsx';
import { ReasonTable } from '../../components/reason-table.tsx';
import { withFilters } from '../../filters.ts';
import { filters } from '../../live.ts';
import { useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

/** Why people contact us, most frequent first. */
export function TopReasons() {
  const loaded = useQuery({
    metrics: ['volume', 'mean_sentiment', 'frustration_rate', 'csat', 'full_resolution_time'],
    dimensions: ['intent'],
    orderBy: [{ column: 'volume', descending: true }],
  });
  return (
    <Panel
      title="Reasons for contact"
      actions={
        <>
          <a href={withFilters('/reasons', filters.value)}>All reasons</a>
          {loaded.data && <a href={sqlAddress(loaded.data.sql)}>Open SQL</a>}
        </>
      }
      isFlush
    >
      <LoadedContent loaded={loaded} height={320}>
        {(result) => <ReasonTable result={result} pageSize={8} />}
      </LoadedContent>
    </Panel>
  );
}
