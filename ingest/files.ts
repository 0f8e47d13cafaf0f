import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline as pipeStreams, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../errors.ts';
import type { Connector, Delivery, Format } from './connector.ts';
import { createDelivery } from './deliveries.ts';
import { cutRecords, PART_BYTES } from './parts.ts';

/** Formats whose files hold many records and are stored in parts; the others are stored whole. */
const CUT_FORMATS = new Set<Format>(['ndjson', 'csv', 'lines', 'mbox']);
const WHOLE_FILE_BYTES = 256 * 1024 * 1024;

const formatsByExtension: Record<string, readonly Format[]> = {
  json: ['json', 'ndjson'],
  ndjson: ['ndjson'],
  jsonl: ['ndjson'],
  csv: ['csv', 'lines'],
  log: ['lines'],
  // Asterisk's log of queues has no extension.
  queue_log: ['lines'],
  eml: ['eml'],
  mbox: ['mbox'],
  vtt: ['vtt'],
  form: ['form'],
  xml: ['xml'],
  txt: ['text', 'vtt', 'eml'],
};

export interface FileEffects {
  readonly now: () => Date;
  /** Read where the path is `-`. */
  readonly stdin?: Readable;
}

/**
 * Reads a file, a folder (all its files, in order of name) or `-` (standard input) as deliveries of one source. Large
 * files of records come in parts of about a megabyte, cut between records, so that memory stays flat and a part that
 * came before is recognised. Gzip is undone on the way. Throws SourceError, with the file's name, for what cannot be read.
 */
export async function* readDeliveries(
  path: string,
  source: string,
  connector: Pick<Connector, 'formats' | 'name'>,
  effects: FileEffects,
): AsyncGenerator<Delivery> {
  if (path === '-') return yield* readStream(requireStdin(effects), '-', defaultFormat(connector), source, effects);
  const stats = await stat(path).catch((cause) => {
    throw new SourceError('invalid path: no such file or folder; expected one that exists', {
      cause,
      code: 'not_found',
      source,
      file: path,
    });
  });
  if (stats.isDirectory()) {
    for (const name of (await readdir(path)).sort())
      yield* readDeliveries(join(path, name), source, connector, effects);
    return;
  }
  yield* readStream(
    createReadStream(path, { highWaterMark: PART_BYTES }),
    path,
    formatOf(path, connector, source),
    source,
    effects,
  );
}

function requireStdin({ stdin }: FileEffects): Readable {
  if (!stdin)
    throw new SourceError('invalid path: -; expected standard input to be open', { code: 'invalid_argument' });
  return stdin;
}

const defaultFormat = (connector: Pick<Connector, 'formats'>): Format =>
  connector.formats.find((format) => CUT_FORMATS.has(format)) ?? connector.formats[0]!;

/** The formats that a file may have by its extension, the likeliest first. */
export function formatsOf(path: string): readonly Format[] {
  const extension = basename(path).replace(/\.gz$/i, '').split('.').pop()?.toLowerCase() ?? '';
  return formatsByExtension[extension] ?? [];
}

/** The format of a file by its extension, among those the connector reads. */
export function formatOf(path: string, connector: Pick<Connector, 'formats' | 'name'>, source: string): Format {
  const format = formatsOf(path).find((candidate) => connector.formats.includes(candidate));
  if (format) return format;
  const expected = connector.formats.join(', ');
  throw new SourceError(
    `invalid file: ${basename(path)}; expected a file of format ${expected} for ${connector.name}`,
    {
      source,
      file: path,
    },
  );
}

async function* readStream(
  input: Readable,
  path: string,
  format: Format,
  source: string,
  effects: FileEffects,
): AsyncGenerator<Delivery> {
  const name = basename(path);
  const bytes = await maybeGunzip(input);
  const parts = CUT_FORMATS.has(format) ? cutRecords(bytes, format, PART_BYTES) : wholeFile(bytes);
  let bytesRead = 0;
  try {
    for await (const body of parts) {
      bytesRead += body.byteLength;
      if (bytesRead > 0)
        yield createDelivery({ source, via: 'file', format, receivedAt: effects.now(), headers: {}, name, body });
    }
  } catch (cause) {
    throw new SourceError(
      `invalid file: could not be read to its end (${(cause as Error).message}); expected a whole one`,
      { cause, source, file: path },
    );
  }
  if (bytesRead === 0)
    throw new SourceError('invalid file: 0 bytes; expected at least one record', { source, file: path });
}

async function* wholeFile(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const collected: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > WHOLE_FILE_BYTES)
      throw new Error(`it is larger than ${WHOLE_FILE_BYTES} bytes; expected records in NDJSON or CSV`);
    collected.push(chunk);
  }
  yield Buffer.concat(collected);
}

/** Looks at the first bytes of a stream: gzip is unzipped, whatever the file is called. */
async function maybeGunzip(input: Readable): Promise<AsyncIterable<Uint8Array>> {
  const iterator = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  const rest = prepend(head, iterator);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return rest;
  const gunzip = createGunzip();
  pipeStreams(rest, gunzip, () => undefined);
  return gunzip;
}

async function* prepend(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield Buffer.from(next.value);
}
