import type { Format } from './connector.ts';

export const PART_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const MBOX_SEPARATOR = Buffer.from('\n\nFrom ');

/**
 * Cuts a stream of records into parts of about `partBytes`, between records: at line ends for NDJSON and lines, at line ends
 * outside quotes for CSV (each part repeats the header row), at `From ` lines for mbox. The cuts depend on the bytes
 * alone, so that the same file always gives the same parts.
 */
export async function* cutRecords(
  chunks: AsyncIterable<Uint8Array>,
  format: Format,
  partBytes: number,
): AsyncGenerator<Uint8Array> {
  let header: Uint8Array | undefined;
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 * partBytes) {
      const end = findCut(pending, format, partBytes);
      if (end === undefined) break;
      yield withHeader(header, pending.subarray(0, end));
      if (format === 'csv') header ??= pending.subarray(0, findRowEnd(pending, 0) ?? 0);
      pending = pending.subarray(end);
    }
  }
  if (pending.length > 0) yield withHeader(header, pending);
}

const withHeader = (header: Uint8Array | undefined, part: Buffer): Uint8Array =>
  header ? Buffer.concat([header, part]) : Buffer.from(part);

function findCut(bytes: Buffer, format: Format, from: number): number | undefined {
  if (format === 'csv') return findCsvCut(bytes, from);
  if (format === 'mbox') {
    const found = bytes.indexOf(MBOX_SEPARATOR, from);
    return found === -1 ? undefined : found + 2;
  }
  const found = bytes.indexOf(NEWLINE, from);
  return found === -1 ? undefined : found + 1;
}

function findCsvCut(bytes: Buffer, from: number): number | undefined {
  for (let end = findRowEnd(bytes, 0); end !== undefined; end = findRowEnd(bytes, end)) if (end >= from) return end;
  return undefined;
}

/** The offset after the row that starts at `start`: the next line end that is not inside quotes. */
function findRowEnd(bytes: Buffer, start: number): number | undefined {
  let isQuoted = false;
  for (let index = start; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === NEWLINE && !isQuoted) return index + 1;
  }
  return undefined;
}
