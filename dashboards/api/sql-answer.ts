import { DuckDBTypeId, JSDuckDBValueConverter, type DuckDBType, type JS } from '@duckdb/node-api';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { arrowStream } from '../../data/arrow.ts';
import type { SandboxResult } from '../../data/sandbox.ts';
import type { SqlBody, SqlCell } from './schemas/sql.ts';

/** Sends rows in the format asked for; the header `x-truncated` says whether a limit left rows out. */
export function answerSql(
  reply: FastifyReply,
  format: SqlBody['format'],
  result: SandboxResult,
  seconds: number,
): unknown {
  reply.header('x-truncated', String(result.isTruncated));
  if (format === 'arrow') return send(reply, 'application/vnd.apache.arrow.stream', arrowStream(result));
  if (format === 'csv') return send(reply, 'text/csv; charset=utf-8', csvLines(result));
  return {
    columns: result.names.map((name, index) => ({ name, type: String(result.types[index]) })),
    rows: [...cellRows(result)],
    rowCount: result.rowCount,
    isTruncated: result.isTruncated,
    seconds,
  };
}

const send = (reply: FastifyReply, type: string, pieces: Iterable<string> | AsyncIterable<Uint8Array>): FastifyReply =>
  reply.type(type).send(Readable.from(pieces));

function* cellRows({ chunks, types, rowCount }: SandboxResult): Generator<SqlCell[]> {
  let left = rowCount;
  for (const chunk of chunks) {
    for (const row of chunk.convertRows(JSDuckDBValueConverter).slice(0, left))
      yield row.map((value, index) => cellOf(value as JS, types[index]!));
    left -= chunk.rowCount;
    if (left <= 0) return;
  }
}

/** A value as JSON can hold it: days and instants as text, whole numbers over 2^53 as text, not-a-number as null. */
function cellOf(value: JS, type?: DuckDBType): SqlCell {
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

function* csvLines(result: SandboxResult): Generator<string> {
  yield csvLine(result.names);
  for (const row of cellRows(result)) yield csvLine(row);
}

const csvLine = (cells: readonly SqlCell[]): string => `${cells.map(csvField).join(',')}\r\n`;

function csvField(cell: SqlCell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
