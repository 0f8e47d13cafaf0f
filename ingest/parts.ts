import type { Format } from './connector.ts';
import { isMboxSeparator } from './formats/mbox.ts';

export const PART_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const RETURN = 0x0d;
const MBOX_LINE = Buffer.from('\nFrom ');
/** The line of a separator and the header below it are shorter. */
const MBOX_HEAD_BYTES = 2_000;

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
  if (format === 'mbox') return findMboxCut(bytes, from);
  const found = bytes.indexOf(NEWLINE, from);
  return found === -1 ? undefined : found + 1;
}

function findMboxCut(bytes: Buffer, from: number): number | undefined {
  for (let end = bytes.indexOf(MBOX_LINE, from); end !== -1; end = bytes.indexOf(MBOX_LINE, end + 1)) {
    const before = bytes[end - 1] === RETURN ? bytes[end - 2] : bytes[end - 1];
    const head = bytes.toString('latin1', end + 1, end + 1 + MBOX_HEAD_BYTES);
    if (before === NEWLINE && isMboxSeparator(head)) return end + 1;
  }
  return undefined;
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
