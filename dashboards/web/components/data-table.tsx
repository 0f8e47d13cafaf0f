import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Metric } from '../../api/schemas/metrics.ts';
import { downloadFile } from '../download.ts';
import { toCsv } from '../to-csv.ts';
import { Defined } from './definition.tsx';

export interface TableColumn<T> {
  readonly name: string;
  readonly title: string;
  /** The definition behind the column, where it is a metric. */
  readonly about?: Metric | undefined;
  /** What sorting and export use. */
  readonly value: (row: T) => string | number | boolean | null;
  /** What is shown; the value where it is left out. */
  readonly cell?: (row: T) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Narrow screens leave it out. */
  readonly isMinor?: boolean;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly pageSize?: number;
  /** Name of the exported file, without its ending; no export where it is left out. */
  readonly exportName?: string;
  readonly startSort?: Sort;
}

interface Sort {
  readonly name: string;
  readonly isDescending: boolean;
}

/** Rows that sort, page and export. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, keyOf, pageSize = 25, exportName, startSort } = props;
  const [sort, setSort] = useState<Sort | undefined>(startSort);
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const last = Math.max(0, Math.ceil(sorted.length / pageSize) - 1);
  const start = Math.min(page, last) * pageSize;
  const shown = sorted.slice(start, start + pageSize);
  const save = () => downloadFile(`${exportName}.csv`, csvOf(columns, sorted));
  return (
    <div class="table-frame">
      <div class="table-scroll">
        <table class="table">
          <caption class="visually-hidden">{caption}</caption>
          <Head columns={columns} sort={sort} onSort={(name) => setSort(nextSort(sort, name))} />
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.name} class={cellClass(column)}>
                    {column.cell ? column.cell(row) : column.value(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(last > 0 || exportName) && (
        <div class="table-foot">
          <span class="faint figures">
            {sorted.length === 0 ? 'No rows' : `${start + 1} to ${start + shown.length} of ${sorted.length}`}
          </span>
          <span class="table-actions">
            {last > 0 && <Pages page={Math.min(page, last)} last={last} onPage={setPage} />}
            {exportName && (
              <button type="button" class="button quiet small" onClick={save}>
                Export CSV
              </button>
            )}
          </span>
        </div>
      )}
    </div>
  );
}

interface HeadProps<T> {
  readonly columns: readonly TableColumn<T>[];
  readonly sort: Sort | undefined;
  readonly onSort: (name: string) => void;
}

function Head<T>({ columns, sort, onSort }: HeadProps<T>) {
  const order = (name: string) => {
    if (sort?.name !== name) return 'none';
    return sort.isDescending ? 'descending' : 'ascending';
  };
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.name} scope="col" class={cellClass(column)} aria-sort={order(column.name)}>
            <span class="head">
              <button type="button" class="sort" onClick={() => onSort(column.name)}>
                {column.title}
              </button>
              {column.about && (
                <Defined metric={column.about}>
                  <span aria-hidden="true">?</span>
                  <span class="visually-hidden">What is {column.about.title}</span>
                </Defined>
              )}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Pages({ page, last, onPage }: { page: number; last: number; onPage: (page: number) => void }) {
  return (
    <>
      <button type="button" class="button quiet small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <button type="button" class="button quiet small" disabled={page === last} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </>
  );
}

const cellClass = <T,>(column: TableColumn<T>): string =>
  [column.isNumber ? 'number' : '', column.isMinor ? 'minor' : ''].filter(Boolean).join(' ');

const nextSort = (sort: Sort | undefined, name: string): Sort =>
  sort?.name === name ? { name, isDescending: !sort.isDescending } : { name, isDescending: true };

/** Sorted by one column; rows without a value stand last, whichever the direction. */
export function sortRows<T>(rows: readonly T[], columns: readonly TableColumn<T>[], sort: Sort | undefined): T[] {
  const column = columns.find(({ name }) => name === sort?.name);
  if (!column || !sort) return [...rows];
  const sign = sort.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => compareValues(column.value(a), column.value(b), sign));
}

function compareValues(a: string | number | boolean | null, b: typeof a, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return sign * a.localeCompare(b);
  return sign * (Number(a) - Number(b));
}

const csvOf = <T,>(columns: readonly TableColumn<T>[], rows: readonly T[]): string =>
  toCsv(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map((column) => column.value(row))),
  );
