import type { QueryResult, QueryRow } from '../../api/schemas/query.ts';
import { channelTitle } from '../channel-titles.ts';
import { formatMoment, formatDayYear, formatReason } from '../format.ts';
import { formatMetric, textOf, valueIn } from '../metric-value.ts';
import { DataTable, type TableColumn } from './data-table.tsx';

const words: Record<string, (value: string) => string> = { channel: channelTitle, intent: formatReason };

const showTime = (text: string): string => (text.endsWith('T00:00:00.000Z') ? formatDayYear(text) : formatMoment(text));

/** The numbers of a chart as a table, for readers who do not see it and for those who want it exact. */
export function ChartTable({ result, name }: { result: QueryResult; name: string }) {
  return (
    <details class="chart-table">
      <summary>As a table</summary>
      <DataTable
        caption={name}
        columns={result.columns.filter((column) => column.kind !== 'count').map(columnOf)}
        rows={result.rows}
        keyOf={(row) => JSON.stringify(row)}
        pageSize={50}
        exportName={name.toLowerCase().replaceAll(' ', '-')}
      />
    </details>
  );
}

function columnOf({ name, title, kind, unit }: QueryResult['columns'][number]): TableColumn<QueryRow> {
  if (kind === 'metric')
    return {
      name,
      title,
      value: (row) => valueIn(row, name),
      cell: (row) => formatMetric(name, valueIn(row, name), unit ?? 'count'),
      isNumber: true,
    };
  const show = kind === 'bucket' ? showTime : words[name];
  return {
    name,
    title,
    value: (row) => textOf(row[name]),
    cell: (row) => (show ? show(textOf(row[name]) ?? '') : textOf(row[name])),
  };
}
