import { arrowStream } from '../data/arrow.ts';
import type { SandboxResult } from '../data/sandbox.ts';
import { cellRows, csvLines, type Cell } from '../data/sandbox-rows.ts';

export const outputFormats = ['table', 'json', 'csv', 'arrow'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The answer of a query in the pieces to write: an aligned table, one JSON object per row, CSV, or an Arrow stream. */
export async function* formatResult(result: SandboxResult, format: OutputFormat): AsyncGenerator<string | Uint8Array> {
  if (format === 'arrow') yield* arrowStream(result);
  else if (format === 'csv') yield* csvLines(result);
  else yield* formatRows(result.names, [...cellRows(result)], format);
}

export function* formatRows(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  format: 'table' | 'json',
): Generator<string> {
  if (format === 'json') {
    for (const row of rows)
      yield `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index]])))}\n`;
    return;
  }
  const cells = [names, ...rows.map((row) => row.map(textOf))];
  const widths = names.map((_, column) => Math.min(60, Math.max(...cells.map((row) => String(row[column]).length))));
  for (const row of cells)
    yield `${row
      .map((cell, column) => String(cell).slice(0, 60).padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}\n`;
}

const textOf = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
