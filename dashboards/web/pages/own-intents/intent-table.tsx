import { useCallback, useMemo, useState } from 'preact/hooks';
import type { OwnIntents } from '../../../api/schemas/intents.ts';
import type { QueryResult } from '../../../api/schemas/query.ts';
import { sparkLine, type SparkPoint } from '../../charts/spark-line.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { Change } from '../../components/change.tsx';
import { Chart } from '../../components/chart.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { coursesBy } from '../../courses-by.ts';
import { withFilters, withOnly } from '../../filters.ts';
import { formatCount, formatRatio, missing } from '../../format.ts';
import { filters } from '../../live.ts';
import { textOf, valueIn } from '../../metric-value.ts';
import { wantedExamples } from '../../own-intent-draft.ts';
import { currentGrain, useQuery } from '../../query.ts';
import { sqlAddress } from '../../saved-sql.ts';

interface IntentTableProps {
  readonly intents: OwnIntents;
  readonly isBusy: boolean;
  readonly onEdit: (intent: string) => void;
  readonly onRemove: (intent: string) => void;
}

/** One intent of the company with what was taught of it and what was found. */
interface IntentRow {
  readonly intent: string;
  readonly examples: number;
  readonly accuracy: number;
  readonly advice: string | undefined;
  /** Contacts of the view that were about it more than about any other; null until they are counted. */
  readonly contacts: number | null;
  readonly before: number | null;
  readonly course: readonly SparkPoint[];
}

/** The intents in force: what was taught, how well it is recognised, how often it comes up. */
export function IntentTable({ intents, isBusy, onEdit, onRemove }: IntentTableProps) {
  const totals = useQuery({ metrics: ['volume'], dimensions: ['own_intent'] });
  const courses = useQuery({ metrics: ['volume'], dimensions: ['own_intent'], grain: currentGrain(), limit: 10_000 });
  const rows = useMemo(() => rowsOf(intents, totals.data, courses.data), [intents, totals.data, courses.data]);
  const columns = columnsOf(rows, { count: rows.length, isBusy, onEdit, onRemove });
  return (
    <Panel
      title="Your intents"
      note="contacts of this view"
      actions={totals.data && <a href={sqlAddress(totals.data.sql)}>Open SQL</a>}
      isFlush
    >
      <DataTable
        caption="Own intents"
        columns={totals.data?.comparison ? columns : columns.filter((column) => column !== changeColumn)}
        rows={rows}
        keyOf={(row) => row.intent}
        pageSize={20}
        startSort={{ name: 'contacts', isDescending: true }}
        exportName="own-intents"
      />
    </Panel>
  );
}

function rowsOf(
  { report }: OwnIntents,
  totals: QueryResult | undefined,
  courses: QueryResult | undefined,
): IntentRow[] {
  const now = countsIn(totals?.rows);
  const then = countsIn(totals?.comparison?.rows);
  const byIntent = courses && coursesBy('own_intent', courses, currentGrain());
  return (report?.intents ?? []).map(({ intent, examples, accuracy, needsExamples }) => ({
    intent,
    examples,
    accuracy,
    advice: needsExamples ? adviceFor(examples) : undefined,
    contacts: totals ? (now.get(intent) ?? 0) : null,
    before: then.get(intent) ?? null,
    course: byIntent?.get(intent) ?? [],
  }));
}

const countsIn = (rows: QueryResult['rows'] = []) =>
  new Map(rows.map((row) => [textOf(row.own_intent), valueIn(row, 'volume') ?? 0]));

const adviceFor = (examples: number): string =>
  examples < wantedExamples ? `Add ${wantedExamples - examples} more` : 'Add examples in other words';

const changeColumn: TableColumn<IntentRow> = {
  name: 'change',
  title: 'Change',
  value: ({ contacts, before }) => (contacts !== null && before ? (contacts - before) / before : null),
  cell: ({ contacts, before }) => (
    <Change now={contacts} before={before} unit="count" isHigherBetter={null} otherwise={missing} />
  ),
  isNumber: true,
  isMinor: true,
};

const columnsOf = (rows: readonly IntentRow[], actions: Actions): TableColumn<IntentRow>[] => [
  {
    name: 'intent',
    title: 'Intent',
    value: ({ intent }) => intent,
    cell: ({ intent, advice }) => (
      <div class="own-intent">
        <IntentLink intent={intent} />
        {advice && <span class="tag warning">{advice}</span>}
        <RowActions intent={intent} {...actions} />
      </div>
    ),
  },
  {
    name: 'contacts',
    title: 'Contacts',
    value: ({ contacts }) => contacts,
    cell: ({ contacts }) => (
      <BarCell value={contacts} most={Math.max(1, ...rows.map((row) => row.contacts ?? 0))} format={formatCount} />
    ),
    isNumber: true,
  },
  changeColumn,
  {
    name: 'course',
    title: 'Course',
    value: () => null,
    cell: ({ course }) => <Course points={course} />,
    isMinor: true,
  },
  { name: 'examples', title: 'Examples', value: ({ examples }) => examples, isNumber: true, isMinor: true },
  {
    name: 'recognised',
    title: 'Recognised',
    value: ({ accuracy }) => accuracy,
    cell: ({ accuracy }) => formatRatio(accuracy),
    isNumber: true,
  },
];

function IntentLink({ intent }: { intent: string }) {
  return <a href={withFilters('/conversations', withOnly(filters.value, 'own_intent', [intent]))}>{intent}</a>;
}

const noPoints = 2;

function Course({ points }: { points: readonly SparkPoint[] }) {
  const draw = useCallback((width: number) => sparkLine(points, { width, height: 24 }), [points]);
  return points.length < noPoints ? null : <Chart draw={draw} width={88} />;
}

interface Actions extends Omit<IntentTableProps, 'intents'> {
  /** How many intents there are. */
  readonly count: number;
}

function RowActions({ intent, count, isBusy, onEdit, onRemove }: Actions & { intent: string }) {
  const [isAsking, setAsking] = useState(false);
  if (isAsking)
    return (
      <span class="row-actions">
        <span class="small">{count > 2 ? 'Remove it?' : 'Remove both? One alone cannot be told apart.'}</span>
        <button type="button" class="button small" disabled={isBusy} onClick={() => onRemove(intent)}>
          Remove <span class="visually-hidden">{intent}</span>
        </button>
        <button type="button" class="button quiet small" onClick={() => setAsking(false)}>
          Leave it
        </button>
      </span>
    );
  return (
    <span class="row-actions">
      <button type="button" class="button quiet small" onClick={() => onEdit(intent)}>
        Examples <span class="visually-hidden">of {intent}</span>
      </button>
      <button type="button" class="button quiet small" onClick={() => setAsking(true)}>
        Remove <span class="visually-hidden">{intent}</span>
      </button>
    </span>
  );
}
