import { parse as parseCsv } from 'csv-parse/sync';
import { parse, stringify } from 'lossless-json';
import type { Delivery } from './connector.ts';
import { decode } from './decode.ts';
import { decodeText, gunzipIfNeeded } from './formats/bytes.ts';

/** Names and indexes that lead from a document to one of its strings. */
export type Path = readonly (string | number)[];

/** One document of a body, as connectors see it, and the ways to change what is stored of it. */
export interface EditableDocument {
  readonly row: number;
  readonly document: unknown;
  /** Replaces the string at a path. */
  set(path: Path, value: string): void;
  /** Takes the whole document out. */
  clear(): void;
}

/** The body of a delivery, to be changed in places; all else keeps its value, numbers of any length their digits. */
export interface EditableBody {
  readonly documents: readonly EditableDocument[];
  write(): Uint8Array;
}

const encoder = new TextEncoder();

/**
 * Opens a body to erase strings in it. JSON, NDJSON, CSV and forms are changed string by string; an e-mail, a transcript
 * or a text can only be cleared. Rows that cannot be read are kept as they are. Throws as `decode` does.
 */
export function openBody(delivery: Pick<Delivery, 'format' | 'body'>): EditableBody {
  const documents = [...decode(delivery)].flatMap((one) => ('document' in one ? [one] : []));
  const bytes = gunzipIfNeeded(delivery.body);
  switch (delivery.format) {
    case 'json':
      return openRows(
        documents,
        [decodeText(bytes)],
        () => 0,
        editJson,
        (rows) => rows.join(''),
      );
    case 'ndjson':
      return openRows(
        documents,
        decodeText(bytes).split('\n'),
        (row) => row - 1,
        editJson,
        (rows) => rows.join('\n'),
      );
    case 'lines':
      return openRows(
        documents,
        decodeText(bytes).split('\n'),
        (row) => row - 1,
        clearOnly,
        (rows) => rows.join('\n'),
      );
    case 'csv':
      return openCsv(documents, decodeText(bytes));
    case 'form':
      return openRows(
        documents,
        [decodeText(bytes)],
        () => 0,
        editForm,
        (rows) => rows.join(''),
      );
    case 'mbox':
      return openMessages(documents);
    default:
      return openRows(
        documents,
        [''],
        () => 0,
        clearOnly,
        (rows) => rows.join(''),
        delivery.body,
      );
  }
}

type Document = Pick<EditableDocument, 'row' | 'document'>;
/** A row of a body as an object that can be changed and written again. */
type Edit = (row: string) => { set(path: Path, value: string): void; write(): string };

/** Bodies that are rows of text; a row that nobody changes is written as it came. */
function openRows(
  documents: readonly Document[],
  rows: string[],
  placeOf: (row: number) => number,
  edit: Edit,
  join: (rows: readonly string[]) => string,
  unchanged?: Uint8Array,
): EditableBody {
  const edits = new Map<number, ReturnType<Edit>>();
  let isCleared = false;
  const editAt = (place: number): ReturnType<Edit> => {
    const known = edits.get(place) ?? edit(rows[place]!);
    edits.set(place, known);
    return known;
  };
  return {
    documents: documents.map(({ row, document }) => ({
      row,
      document,
      set: (path, value) => editAt(placeOf(row)).set(path, value),
      clear: () => {
        isCleared = true;
        edits.delete(placeOf(row));
        rows[placeOf(row)] = '';
      },
    })),
    write: () =>
      unchanged && !isCleared
        ? unchanged
        : encoder.encode(join(rows.map((text, place) => edits.get(place)?.write() ?? text))),
  };
}

const onDuplicateKey = ({ newValue }: { newValue: unknown }): unknown => newValue;

/** Numbers stay the digits they were. */
const editJson: Edit = (text) => {
  const tree = { value: parse(text, undefined, { onDuplicateKey }) };
  return {
    set: (path, value) => setAt(tree, ['value', ...path], value),
    write: () => stringify(tree.value) ?? '',
  };
};

const editForm: Edit = (text) => {
  const pairs = [...new URLSearchParams(text)] as [string, string][];
  return {
    set: ([name, index = 0], value) => {
      const pair = pairs.filter(([other]) => other === name)[Number(index)];
      if (pair) pair[1] = value;
    },
    write: () => new URLSearchParams(pairs).toString(),
  };
};

const clearOnly: Edit = (text) => ({ set: () => undefined, write: () => text });

function setAt(parent: unknown, path: Path, value: string): void {
  const place = path.slice(0, -1).reduce<any>((inner, name) => inner?.[name], parent);
  if (place !== null && typeof place === 'object') place[path.at(-1)!] = value;
}

function openCsv(documents: readonly Document[], text: string): EditableBody {
  const rows = parseCsv(text, { bom: true, skip_empty_lines: true, relax_column_count: true }) as string[][];
  const [header = []] = rows;
  const cleared = new Set<number>();
  return {
    documents: documents.map(({ row, document }) => ({
      row,
      document,
      set: ([name], value) => void (rows[row - 1]![header.lastIndexOf(String(name))] = value),
      clear: () => void cleared.add(row - 1),
    })),
    write: () =>
      encoder.encode(
        rows
          .filter((_, place) => !cleared.has(place))
          .map((cells) => `${cells.map(quoteCell).join(',')}\n`)
          .join(''),
      ),
  };
}

const quoteCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** An mbox is written from its messages, quoted as mboxrd. */
function openMessages(documents: readonly Document[]): EditableBody {
  const kept = new Map(documents.map(({ row, document }) => [row, document as Uint8Array]));
  return {
    documents: documents.map(({ row, document }) => ({
      row,
      document,
      set: () => undefined,
      clear: () => void kept.delete(row),
    })),
    write: () => Buffer.concat([...kept.values()].map(toMbox)),
  };
}

function toMbox(message: Uint8Array): Buffer {
  const text = Buffer.from(message).toString('latin1').replace(/\s*$/, '\n\n');
  return Buffer.from(`From - Thu Jan  1 00:00:00 1970\n${text.replace(/^(>*From )/gm, '>$1')}`, 'latin1');
}
