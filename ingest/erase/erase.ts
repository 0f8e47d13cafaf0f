import type { Config } from '../../config.ts';
import type { Session } from '../../data/store.ts';
import { deliveryColumns, fromDeliveryRow, type DeliveryRow, type StoredDelivery } from '../deliveries.ts';
import { openBody, type EditableBody } from '../editable-body.ts';
import { collectWords, eraseWords, type ErasedRecord, type Reading } from './erase-document.ts';
import { contextFor, findConnector } from '../registry.ts';
import { transcriptSource } from '../transcripts.ts';

const TOKENS_PER_SCAN = 300;
const DELIVERIES_AT_ONCE = 100;

export interface DeletedRecord {
  readonly id: string;
  readonly source: string;
  readonly native_id: string;
  readonly is_new: boolean;
}

/** What a landed batch says of one utterance or survey answer. */
export interface LandedRecord {
  readonly id: string;
  readonly nativeId: string;
  readonly hasWords: boolean;
}

/**
 * Deleted words leave the stored deliveries too, inside the transaction that lands a batch: those of records that the
 * batch deletes, and those that it brings of records deleted before. Returns the number of bodies that changed. The
 * stored deliveries of these sources are searched once for a batch, and only where there is something to erase.
 */
export async function eraseDeleted(
  session: Session,
  { sources, records }: { sources: readonly string[]; records: Iterable<LandedRecord> },
  config: Config,
): Promise<number> {
  const known = await readDeleted(session, sources);
  if (known.size === 0) return 0;
  const deleted = new Map<string, DeletedRecord>();
  for (const { id, nativeId, hasWords } of records) {
    const record = known.get(id);
    if (record && (hasWords || record.is_new)) deleted.set(id, { ...record, native_id: nativeId });
  }
  return eraseFrom(session, await findDeliveries(session, [...deleted.values()]), deleted, config);
}

/** The deleted records of some sources; `is_new` where the transaction under way has changed them. */
async function readDeleted(session: Session, sources: readonly string[]): Promise<Map<string, DeletedRecord>> {
  const select = (table: string): string =>
    `select id, source, native_id, revision >= currval('core.revision') as is_new
     from ${table} where deleted_at is not null and source in (select unnest($sources))`;
  const isAny = await session.all(
    `(select 1 as found from core.utterance where deleted_at is not null limit 1)
     union all (select 1 as found from core.survey where deleted_at is not null limit 1)`,
  );
  if (isAny.length === 0) return new Map();
  const rows = await session.all<DeletedRecord>(`${select('core.utterance')} union all ${select('core.survey')}`, {
    sources,
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The part of a native id that stands in a payload: the longest piece with a digit, since connectors put words such as
 * `comment/` before ids that are unique within a kind only.
 */
export function tokenOf(nativeId: string): string {
  const pieces = nativeId.match(/[A-Za-z0-9_.-]+/g) ?? [nativeId];
  const numbered = pieces.filter((piece) => /\d/.test(piece));
  return (numbered.length > 0 ? numbered : pieces).reduce((best, piece) => (piece.length > best.length ? piece : best));
}

/** Deliveries in which the id of one of these records stands; zipped and UTF-16 bodies are always among them. */
export async function findDeliveries(session: Session, records: readonly DeletedRecord[]): Promise<string[]> {
  const tokens = new Map<string, Set<string>>();
  // What was spoken in a voice note stands in its transcript.
  for (const { source, native_id: nativeId } of records)
    for (const place of [source, transcriptSource])
      tokens.set(place, (tokens.get(place) ?? new Set()).add(tokenOf(nativeId)));
  const found = new Set<string>();
  for (const [source, own] of tokens)
    for (const some of slices([...own], TOKENS_PER_SCAN))
      for (const id of await findMentions(session, some.map(literal), source)) found.add(id);
  return [...found];
}

export function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

export const literal = (text: string): string => text.replaceAll(/[^A-Za-z0-9_]/g, String.raw`\$&`);

/** Deliveries (of one source, or of all) whose body matches a pattern. A blob as text shows ASCII as it is. */
export async function findMentions(
  session: Session,
  patterns: readonly string[],
  source: string | null = null,
): Promise<string[]> {
  const rows = await session.all<{ id: string }>(
    `select id from raw.delivery
     where ($source is null or source = $source) and regexp_matches(body::varchar, $pattern)`,
    { source, pattern: [...unreadable, ...patterns].join('|') },
  );
  return rows.map(({ id }) => id);
}

/** How gzip and UTF-16 begin, as a blob is shown as text. */
const unreadable = [String.raw`^\\x1F\\x8B`, String.raw`^\\xFF\\xFE`, String.raw`^\\xFE\\xFF`];

export interface Opened {
  readonly delivery: StoredDelivery;
  readonly body: EditableBody;
  readonly reading: Reading;
}

/** Erases the words of deleted records from some stored deliveries; ids of deliveries stay what they are. */
export async function eraseFrom(
  session: Session,
  deliveryIds: readonly string[],
  deleted: ReadonlyMap<string, DeletedRecord>,
  config: Config,
): Promise<number> {
  const records = new Map<string, ErasedRecord>(
    [...deleted.values()].map(({ id, native_id: nativeId }) => [id, { id, token: tokenOf(nativeId) }]),
  );
  const words = new Map<string, Set<string>>();
  for await (const { body, reading } of readDeliveries(session, deliveryIds, config))
    for (const document of body.documents) collectWords(document, reading, records, words);
  const changed: [string, Uint8Array][] = [];
  for await (const { delivery, body, reading } of readDeliveries(session, deliveryIds, config)) {
    const changes = body.documents.map((document) => eraseWords(document, reading, records, words));
    if (!changes.includes(true)) continue;
    changed.push([delivery.id, body.write()]);
  }
  await replaceBodies(session, changed);
  await blankExcerpts(
    session,
    deliveryIds,
    [...words.keys()].map((id) => records.get(id)!.token),
  );
  return changed.length;
}

/** All at once: DuckDB takes milliseconds for each update, however small. */
async function replaceBodies(session: Session, bodies: readonly [string, Uint8Array][]): Promise<void> {
  if (bodies.length === 0) return;
  await session.run('create or replace temp table erased_body (id uuid not null, body blob not null)');
  await session.append(
    'erased_body',
    [
      { name: 'id', type: 'uuid' },
      { name: 'body', type: 'blob' },
    ],
    bodies,
  );
  await session.run(
    'update raw.delivery set body = erased_body.body from erased_body where delivery.id = erased_body.id',
  );
  await session.run('drop table erased_body');
}

/** The stored deliveries of these ids that can be read, opened to be changed. */
export async function* readDeliveries(
  session: Session,
  ids: readonly string[],
  config: Config,
): AsyncGenerator<Opened> {
  for (const some of slices(ids, DELIVERIES_AT_ONCE)) {
    const rows = await session.all<DeliveryRow>(
      `select ${deliveryColumns} from raw.delivery where id in (select unnest($some)::uuid) order by sequence`,
      { some },
    );
    for (const delivery of rows.map(fromDeliveryRow)) {
      const opened = open(delivery, config);
      if (opened) yield opened;
    }
  }
}

/** Undefined where nothing can be read: such a delivery never gave a record. */
function open(delivery: StoredDelivery, config: Config): Opened | undefined {
  const connector = findConnector(delivery.source, config);
  if (!connector || delivery.body.length === 0) return undefined;
  try {
    return {
      delivery,
      body: openBody(delivery),
      reading: { connector, context: contextFor(delivery, connector, config) },
    };
  } catch {
    return undefined;
  }
}

/** What is shown of refused units may hold the words too. */
async function blankExcerpts(
  session: Session,
  deliveryIds: readonly string[],
  tokens: readonly string[],
): Promise<void> {
  if (tokens.length === 0) return;
  await session.run(
    `update ops.reject set excerpt = ''
     where delivery_id in (select unnest($ids)::uuid) and regexp_matches(excerpt, $pattern)`,
    { ids: deliveryIds, pattern: tokens.map(literal).join('|') },
  );
}
