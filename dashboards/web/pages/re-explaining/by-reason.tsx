import type { QueryResult, QueryRow } from '../../../api/schemas/query.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { Change } from '../../components/change.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { withFilters, withOnly } from '../../filters.ts';
import { formatRatio, formatReason, missing } from '../../format.ts';
import { filters } from '../../live.ts';
import { metricByName, textOf, valueIn } from '../../metric-value.ts';
import { useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

const name = 're_explain_rate';

/** About which matters customers have to say it again. */
export function ByReason() {
  const loaded = useQuery({
    metrics: [name],
    dimensions: ['intent'],
    counts: true,
    orderBy: [{ column: `${name}_count`, descending: true }],
  });
  return (
    <Panel
      title="By reason"
      span={6}
      actions={loaded.data && <a href={sqlAddress(loaded.data.sql)}>Open SQL</a>}
      isFlush
    >
      <LoadedContent loaded={loaded} height={280}>
        {(result) => <ReasonTable result={result} />}
      </LoadedContent>
    </Panel>
  );
}

function ReasonTable({ result }: { result: QueryResult }) {
  const rows = result.rows.filter((row) => (valueIn(row, `${name}_count`) ?? 0) > 0);
  if (rows.length === 0) return <Empty title="No reasons in this view">Reasons appear as enrichment goes on.</Empty>;
  return (
    <DataTable
      caption="Re-explaining by reason"
      columns={columnsOf(result, rows)}
      rows={rows}
      keyOf={(row) => textOf(row.intent) ?? ''}
      pageSize={8}
      startSort={{ name: 'episodes', isDescending: true }}
      exportName="re-explaining-by-reason"
    />
  );
}

function columnsOf(result: QueryResult, rows: readonly QueryRow[]): TableColumn<QueryRow>[] {
  const before = new Map((result.comparison?.rows ?? []).map((row) => [row.intent, valueIn(row, name)]));
  const most = Math.max(0.01, ...rows.map((row) => valueIn(row, name) ?? 0));
  const about = metricByName(result.definitions, name);
  return [
    {
      name: 'intent',
      title: 'Reason',
      value: (row) => formatReason(textOf(row.intent)),
      cell: (row) => <ReasonLink intent={textOf(row.intent)} />,
    },
    {
      name: 'episodes',
      title: 'Episodes',
      value: (row) => valueIn(row, `${name}_count`),
      isNumber: true,
      isMinor: true,
    },
    {
      name: 'rate',
      title: 'Rate',
      about,
      value: (row) => valueIn(row, name),
      cell: (row) => <BarCell value={valueIn(row, name)} most={most} format={formatRatio} />,
      isNumber: true,
    },
    ...(result.comparison ? [changeColumn(before)] : []),
  ];
}

const changeColumn = (before: ReadonlyMap<unknown, number | null>): TableColumn<QueryRow> => ({
  name: 'change',
  title: 'Change',
  value: (row) => {
    const [now, then] = [valueIn(row, name), before.get(row.intent) ?? null];
    return now === null || then === null ? null : now - then;
  },
  cell: (row) => (
    <Change
      now={valueIn(row, name)}
      before={before.get(row.intent) ?? null}
      unit="ratio"
      isHigherBetter={false}
      otherwise={missing}
    />
  ),
  isNumber: true,
  isMinor: true,
});

function ReasonLink({ intent }: { intent: string | null }) {
  if (intent === null) return <span class="faint">{formatReason(null)}</span>;
  const address = withFilters('/reasons/re-explaining', withOnly(filters.value, 'intent', [intent]));
  return <a href={address}>{formatReason(intent)}</a>;
}
