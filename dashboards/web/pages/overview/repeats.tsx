import type { QueryResult, QueryRow } from '../../../api/schemas/query.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { withFilters, withOnly } from '../../filters.ts';
import { formatReason, formatRatio } from '../../format.ts';
import { filters } from '../../live.ts';
import { metricByName, textOf, valueIn } from '../../metric-value.ts';
import { useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

const leastContacts = 10;

/** Where customers had to come back, or to change the channel, about one matter. */
export function Repeats() {
  const loaded = useQuery({
    metrics: ['repeat_contact_rate', 'channel_switch_rate', 'volume'],
    dimensions: ['intent'],
    orderBy: [{ column: 'repeat_contact_rate', descending: true }],
  });
  return (
    <Panel
      span={8}
      title="Where customers had to repeat themselves"
      actions={loaded.data && <a href={sqlAddress(loaded.data.sql)}>Open SQL</a>}
      isFlush
    >
      <LoadedContent loaded={loaded}>{(result) => <RepeatTable result={result} />}</LoadedContent>
    </Panel>
  );
}

function RepeatTable({ result }: { result: QueryResult }) {
  const rows = result.rows.filter((row) => row.intent !== null && (valueIn(row, 'volume') ?? 0) >= leastContacts);
  if (rows.length === 0)
    return <Empty title="No repeats to show">Reasons with at least {leastContacts} contacts appear here.</Empty>;
  return (
    <DataTable
      caption="Repeat contacts and channel switches by reason"
      columns={columnsOf(result, rows)}
      rows={rows}
      keyOf={(row) => String(row.intent)}
      pageSize={7}
      startSort={{ name: 'repeat_contact_rate', isDescending: true }}
    />
  );
}

const reasonAddress = (row: QueryRow, metric: string): string =>
  withFilters('/conversations', withOnly(filters.value, 'intent', [String(row.intent)]), { metric });

function columnsOf(result: QueryResult, rows: readonly QueryRow[]): TableColumn<QueryRow>[] {
  const ratio = (name: string, title: string): TableColumn<QueryRow> => ({
    name,
    title,
    about: metricByName(result.definitions, name),
    value: (row) => valueIn(row, name),
    cell: (row) => (
      <a href={reasonAddress(row, name)}>
        <BarCell value={valueIn(row, name)} most={mostOf(rows, name)} format={formatRatio} />
      </a>
    ),
    isNumber: true,
  });
  return [
    {
      name: 'intent',
      title: 'Reason',
      value: (row) => formatReason(textOf(row.intent)),
      cell: (row) => <a href={reasonAddress(row, 'volume')}>{formatReason(textOf(row.intent))}</a>,
    },
    ratio('repeat_contact_rate', 'Came back'),
    ratio('channel_switch_rate', 'Changed channel'),
    { name: 'volume', title: 'Contacts', value: (row) => valueIn(row, 'volume'), isNumber: true, isMinor: true },
  ];
}

const mostOf = (rows: readonly QueryRow[], name: string): number =>
  Math.max(0.001, ...rows.map((row) => valueIn(row, name) ?? 0));
