import { parse as parseCsv } from 'csv-parse/sync';
import { SourceError } from '../errors.ts';
import type { Delivery } from './connector.ts';
import { decodeText, gunzipIfNeeded } from './formats/bytes.ts';
import { parseJson } from './formats/json.ts';
import { splitMbox } from './formats/mbox.ts';
import { multipartFields } from './formats/multipart.ts';

/** One document of a delivery, or why it could not be read. `row` counts from 1, within the delivery. */
export type Decoded = { row: number; document: unknown } | { row: number; error: string };

/**
 * Turns the bytes of a delivery into documents: a parsed JSON value, one per line of NDJSON, one record object per row
 * of CSV, the text of each line (records without a header row), an object of form parameters (repeated keys as arrays),
 * the bytes of one e-mail, or text. Gzip is undone. A row that cannot be read does not take its neighbours with it;
 * bytes that cannot be read at all throw SourceError.
 */
export function* decode(delivery: Pick<Delivery, 'format' | 'body'>): Generator<Decoded> {
  const bytes = gunzipIfNeeded(delivery.body);
  switch (delivery.format) {
    case 'json':
      yield { row: 1, document: parseJson(decodeText(bytes)) };
      return;
    case 'ndjson':
      yield* decodeLines(decodeText(bytes));
      return;
    case 'csv':
      yield* decodeCsv(decodeText(bytes));
      return;
    case 'lines':
      for (const [index, line] of decodeText(bytes).split(/\r?\n/).entries())
        if (line.trim() !== '') yield { row: index + 1, document: line };
      return;
    case 'form':
      yield { row: 1, document: decodeForm(decodeText(bytes)) };
      return;
    case 'eml':
      yield { row: 1, document: bytes };
      return;
    case 'mbox':
      yield* splitMbox(bytes).map((document, index) => ({ row: index + 1, document }));
      return;
    case 'vtt':
    case 'xml':
    case 'text':
      yield { row: 1, document: decodeText(bytes) };
  }
}

function* decodeLines(text: string): Generator<Decoded> {
  let row = 0;
  for (const line of text.split('\n')) {
    row++;
    if (line.trim() === '') continue;
    yield decodeLine(line, row);
  }
}

function decodeLine(line: string, row: number): Decoded {
  try {
    return { row, document: parseJson(line) };
  } catch (error) {
    return { row, error: (error as Error).message };
  }
}

function* decodeCsv(text: string): Generator<Decoded> {
  let records: Record<string, string>[];
  try {
    records = parseCsv(text, {
      delimiter: delimiterOf(text),
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (cause) {
    throw new SourceError(`invalid CSV: ${(cause as Error).message}; expected a header row and quoted fields`, {
      cause,
    });
  }
  yield* records.map((document, index) => ({ row: index + 2, document }));
}

/** Comma, semicolon or tab, whichever parts most columns in the header row. */
function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

function decodeForm(text: string): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of multipartFields(text) ?? new URLSearchParams(text)) {
    const earlier = form[name];
    form[name] = earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value];
  }
  return form;
}
