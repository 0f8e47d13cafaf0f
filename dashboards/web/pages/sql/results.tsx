import { useCallback, useState } from 'preact/hooks';
import type { SqlCell, SqlResult } from '../../../api/schemas/sql.ts';
import { api } from '../../api.ts';
import { queryPlot, shapeOf } from '../../charts/query-plot.ts';
import { Chart } from '../../components/chart.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { Empty, Skeleton } from '../../components/states.tsx';
import { downloadFile } from '../../download.ts';
import { formatDecimal, missing, plural } from '../../format.ts';

interface ResultsProps {
  readonly outcome:
    { state: 'idle' | 'running' } | { state: 'failed'; message: string } | { state: 'done'; result: SqlResult };
  readonly sql: string;
}

export function SqlResults({ outcome, sql }: ResultsProps) {
  if (outcome.state === 'running')
    return (
      <section class="panel pad">
        <Skeleton lines={6} />
      </section>
    );
  if (outcome.state === 'failed')
    return (
      <section class="panel pad" role="alert">
        <p class="negative">The statement could not be run</p>
        <pre class="code sql-error">{outcome.message}</pre>
      </section>
    );
  if (outcome.state === 'idle')
    return (
      <section class="panel">
        <Empty title="No result yet" icon="sql">
          Run the statement, or take a table from the list.
        </Empty>
      </section>
    );
  return <Result result={(outcome as { result: SqlResult }).result} sql={sql} />;
}

const formats = { csv: 'csv', arrow: 'arrow', json: 'json' } as const;

function Result({ result, sql }: { result: SqlResult; sql: string }) {
  const [view, setView] = useState<'table' | 'plot'>('table');
  const shape = shapeOf(result.columns);
  const save = async (format: keyof typeof formats) =>
    downloadFile(`result.${format}`, await api.sqlFile({ sql, format }));
  return (
    <section class="panel" aria-label="Result">
      <div class="panel-head">
        <h2 class="figures">
          {plural(result.rowCount, 'row')}{' '}
          <span class="note">
            in {formatDecimal(result.seconds)} s{result.isTruncated && '; the limit left rows out'}
          </span>
        </h2>
        <div class="panel-actions">
          <button type="button" aria-pressed={view === 'table'} onClick={() => setView('table')}>
            Table
          </button>
          <button type="button" aria-pressed={view === 'plot'} disabled={!shape} onClick={() => setView('plot')}>
            Plot
          </button>
          {Object.keys(formats).map((format) => (
            <button key={format} type="button" onClick={() => void save(format as keyof typeof formats)}>
              {format === 'arrow' ? 'Arrow' : format.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
      {view === 'plot' && shape ? <ResultPlot result={result} shape={shape} /> : <ResultTable result={result} />}
    </section>
  );
}

function ResultPlot({ result, shape }: { result: SqlResult; shape: NonNullable<ReturnType<typeof shapeOf>> }) {
  const draw = useCallback((width: number) => queryPlot({ ...result, shape }, { width }), [result, shape]);
  return (
    <div class="panel-body">
      <Chart draw={draw} height={320} />
    </div>
  );
}

type IndexedRow = readonly SqlCell[];

function ResultTable({ result }: { result: SqlResult }) {
  if (result.rowCount === 0) return <Empty title="No rows">The statement ran and found nothing.</Empty>;
  const keys = new Map(result.rows.map((row, index) => [row as IndexedRow, String(index)]));
  return (
    <DataTable
      key={JSON.stringify(result.columns)}
      caption="Result of the statement"
      columns={result.columns.map(columnOf)}
      rows={result.rows as IndexedRow[]}
      keyOf={(row) => keys.get(row) ?? ''}
      pageSize={50}
    />
  );
}

const isNumeric = (type: string): boolean => /int|double|float|decimal/i.test(type);

const columnOf = ({ name, type }: { name: string; type: string }, index: number): TableColumn<IndexedRow> => ({
  name: `${index}-${name}`,
  title: name,
  value: (row) => plainCell(row[index]),
  cell: (row) => shownCell(row[index]),
  isNumber: isNumeric(type),
});

const plainCell = (cell: SqlCell | undefined): string | number | boolean | null =>
  typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : (cell ?? null);

function shownCell(cell: SqlCell | undefined) {
  if (cell === null || cell === undefined) return <span class="faint">{missing}</span>;
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(6)));
  if (typeof cell === 'object') return <span class="code">{JSON.stringify(cell)}</span>;
  return <span class="sql-cell">{String(cell)}</span>;
}
