import { useCallback } from 'preact/hooks';
import type { QueryResult, QueryRow } from '../../api/schemas/query.ts';
import { sparkLine, type SparkPoint } from '../charts/spark-line.ts';
import { withFilters, withOnly } from '../filters.ts';
import { formatCount, formatReason, missing } from '../format.ts';
import { filters } from '../live.ts';
import { formatMetric, textOf, valueIn } from '../metric-value.ts';
import { BarCell } from './bar-cell.tsx';
import { Change } from './change.tsx';
import { Chart } from './chart.tsx';
import { DataTable, type TableColumn } from './data-table.tsx';
import { Sentiment } from './sentiment.tsx';
import { Empty } from './states.tsx';

interface ReasonTableProps {
  readonly result: QueryResult;
  readonly pageSize: number;
  /** The course of each reason's contacts, where it is known. */
  readonly courses?: ReadonlyMap<string, readonly SparkPoint[]>;
  readonly exportName?: string;
}

/** One row per reason with whatever metrics the result has. */
export function ReasonTable({ result, pageSize, courses, exportName }: ReasonTableProps) {
  if (result.rows.length === 0)
    return <Empty title="No reasons in this period">Reasons appear as enrichment goes on.</Empty>;
  return (
    <DataTable
      caption="Reasons for contact"
      columns={columnsOf(result, courses)}
      rows={result.rows}
      keyOf={(row) => textOf(row.intent) ?? ''}
      pageSize={pageSize}
      startSort={{ name: 'volume', isDescending: true }}
      {...(exportName && { exportName })}
    />
  );
}

function columnsOf(result: QueryResult, courses: ReasonTableProps['courses']): TableColumn<QueryRow>[] {
  const before = new Map((result.comparison?.rows ?? []).map((row) => [row.intent, valueIn(row, 'volume')]));
  const most = Math.max(1, ...result.rows.map((row) => valueIn(row, 'volume') ?? 0));
  const others = result.definitions.filter((metric) => metric.name !== 'volume');
  return [
    {
      name: 'intent',
      title: 'Reason',
      value: (row) => formatReason(textOf(row.intent)),
      cell: (row) => <ReasonLink row={row} />,
    },
    {
      name: 'volume',
      title: 'Contacts',
      value: (row) => valueIn(row, 'volume'),
      cell: (row) => <BarCell value={valueIn(row, 'volume')} most={most} format={formatCount} />,
      isNumber: true,
    },
    ...(result.comparison ? [changeColumn(before)] : []),
    ...(courses ? [courseColumn(courses)] : []),
    ...others.map((metric) => ({
      name: metric.name,
      title: metric.title,
      about: metric,
      value: (row: QueryRow) => valueIn(row, metric.name),
      cell: (row: QueryRow) =>
        metric.name === 'mean_sentiment' ? (
          <Sentiment score={valueIn(row, metric.name)} />
        ) : (
          formatMetric(metric.name, valueIn(row, metric.name), metric.unit)
        ),
      isNumber: true,
      isMinor: metric.name !== 'mean_sentiment',
    })),
  ];
}

const changeColumn = (before: ReadonlyMap<unknown, number | null>): TableColumn<QueryRow> => ({
  name: 'change',
  title: 'Change',
  value: (row) => {
    const then = before.get(row.intent);
    return then ? ((valueIn(row, 'volume') ?? 0) - then) / then : null;
  },
  cell: (row) => (
    <Change
      now={valueIn(row, 'volume')}
      before={before.get(row.intent) ?? null}
      unit="count"
      isHigherBetter={null}
      otherwise={missing}
    />
  ),
  isNumber: true,
  isMinor: true,
});

const courseColumn = (courses: ReadonlyMap<string, readonly SparkPoint[]>): TableColumn<QueryRow> => ({
  name: 'trend',
  title: 'Course',
  value: () => null,
  cell: (row) => <Course points={courses.get(textOf(row.intent) ?? '') ?? []} />,
  isMinor: true,
});

const noPoints = 2;

function Course({ points }: { points: readonly SparkPoint[] }) {
  const draw = useCallback((width: number) => sparkLine(points, { width, height: 24 }), [points]);
  return points.length < noPoints ? null : <Chart draw={draw} width={88} />;
}

function ReasonLink({ row }: { row: QueryRow }) {
  const intent = textOf(row.intent);
  if (intent === null) return <span class="faint">{formatReason(null)}</span>;
  return (
    <a href={withFilters('/conversations', withOnly(filters.value, 'intent', [intent]))}>{formatReason(intent)}</a>
  );
}
