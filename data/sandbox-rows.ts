import { DuckDBTypeId, JSDuckDBValueConverter, type DuckDBType, type JS } from '@duckdb/node-api';
import type { SandboxResult } from './sandbox.ts';

/** One value as JSON can hold it. */
export type Cell = string | number | boolean | null | unknown[] | Record<string, unknown>;

/** The rows of an answer, as values that JSON can hold. */
export function* cellRows({ chunks, types, rowCount }: SandboxResult): Generator<Cell[]> {
  let left = rowCount;
  for (const chunk of chunks) {
    for (const row of chunk.convertRows(JSDuckDBValueConverter).slice(0, left))
      yield row.map((value, index) => cellOf(value as JS, types[index]!));
    left -= chunk.rowCount;
    if (left <= 0) return;
  }
}

/** A value as JSON can hold it: days and instants as text, whole numbers over 2^53 as text, not-a-number as null. */
function cellOf(value: JS, type?: DuckDBType): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((item) => cellOf(item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cellOf(item as JS)]));
}

function dateText(value: Date, type: DuckDBType | undefined): string | null {
  if (Number.isNaN(value.getTime())) return null;
  return type?.typeId === DuckDBTypeId.DATE ? value.toISOString().slice(0, 10) : value.toISOString();
}

/** The answer as CSV, header first, one line at a time. */
export function* csvLines(result: SandboxResult): Generator<string> {
  yield csvLine(result.names);
  for (const row of cellRows(result)) yield csvLine(row);
}

const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvField).join(',')}\r\n`;

function csvField(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
