import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { MediaFailure } from './media-failure.ts';
import { fetchMedia, type MediaContent, type MediaEffects } from './media-fetch.ts';

export interface MediaRecord {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly address: string | null;
  readonly mime_type: string | null;
  readonly file_sha256: string | null;
}

/** Fetched files stand here under their SHA-256; nothing but the store says whose they are. */
const folderOf = ({ dataDirectory }: Pick<Config, 'dataDirectory'>): string => join(dataDirectory, 'media');
const pathOf = (config: Pick<Config, 'dataDirectory'>, sha256: string): string =>
  join(folderOf(config), sha256.slice(0, 2), sha256);

const mediaQuery = `
  select media.id, media.source, media.kind, media.address, coalesce(file.mime_type, media.mime_type) as mime_type,
    file.sha256 as file_sha256
  from raw.media
  left join ops.media_file as file on file.media_id = media.id
  where media.id = ?`;

export const findMedia = async (store: Store, id: string): Promise<MediaRecord | undefined> =>
  (await store.all<MediaRecord>(mediaQuery, [id]))[0];

/** The bytes of a recording or file: those fetched before, else they are fetched and kept. Throws MediaFailure. */
export async function openMedia(
  store: Store,
  config: Config,
  media: MediaRecord,
  effects: MediaEffects,
): Promise<MediaContent> {
  const kept = media.file_sha256 === null ? undefined : await readKept(config, media.file_sha256);
  if (kept) return { bytes: kept, ...(media.mime_type && { mimeType: media.mime_type }) };
  const { source, address } = media;
  if (address === null) throw new MediaFailure('the source says of no place to fetch it from', false, { source });
  const content = await fetchMedia({ source, address }, config, effects);
  if (content.bytes.length === 0) throw new MediaFailure('the file is empty', true, { source });
  const mimeType = typeOf(content, media);
  await keep(store, config, media.id, { bytes: content.bytes, mimeType }, effects);
  return { bytes: content.bytes, mimeType };
}

/** The bytes of a file that was fetched before; undefined where it was not. */
export async function readKeptMedia(
  store: Store,
  config: Pick<Config, 'dataDirectory'>,
  id: string,
): Promise<Required<MediaContent> | undefined> {
  const [file] = await store.all<{ sha256: string; mime_type: string }>(
    'select sha256, mime_type from ops.media_file where media_id = ?',
    [id],
  );
  const bytes = file && (await readKept(config, file.sha256));
  return bytes && { bytes, mimeType: file.mime_type };
}

/** What the server calls it, unless it says nothing; then what the source calls it. */
const typeOf = ({ mimeType }: MediaContent, media: MediaRecord): string =>
  (mimeType === 'application/octet-stream' ? undefined : mimeType) ?? media.mime_type ?? 'application/octet-stream';

const readKept = (config: Pick<Config, 'dataDirectory'>, sha256: string): Promise<Uint8Array | undefined> =>
  readFile(pathOf(config, sha256)).catch(() => undefined);

async function keep(
  store: Store,
  config: Config,
  id: string,
  { bytes, mimeType }: Required<MediaContent>,
  { now }: MediaEffects,
): Promise<void> {
  if (config.dataDirectory === ':memory:') return;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = pathOf(config, sha256);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A crash leaves a file of another name, which the next sweep takes away.
  await writeFile(`${path}.part`, bytes, { mode: 0o600 });
  await rename(`${path}.part`, path);
  await store.transaction(async (session) => {
    await session.run('delete from ops.media_file where media_id = ?', [id]);
    await session.run('insert into ops.media_file values (?, ?, ?, ?, ?)', [id, sha256, mimeType, bytes.length, now()]);
  });
}

/**
 * Takes away what belongs to nobody any more: rows of media that are gone, those of deleted messages, and files that no
 * row names. Run after people or messages were erased, while nothing is being fetched.
 */
export async function sweepMedia(store: Store, config: Pick<Config, 'dataDirectory'>): Promise<number> {
  await store.transaction(async (session) => {
    await session.run(
      'delete from raw.media where utterance_id in (select id from core.utterance where deleted_at is not null)',
    );
    for (const table of ['ops.media_file', 'ops.transcription'])
      await session.run(`delete from ${table} where media_id not in (select id from raw.media)`);
  });
  const rows = await store.all<{ sha256: string }>('select distinct sha256 from ops.media_file');
  const named = new Set(rows.map(({ sha256 }) => sha256));
  let removed = 0;
  for (const path of await filesIn(folderOf(config)))
    if (!named.has(path.split(/[\\/]/).at(-1)!)) {
      await rm(path, { force: true });
      removed++;
    }
  return removed;
}

/** As `sweepMedia`, where the message that a file belongs to was deleted since. */
export async function sweepDeletedMedia(store: Store, config: Pick<Config, 'dataDirectory'>): Promise<void> {
  const deleted = await store.all(
    `select media.id from raw.media
     join core.utterance on utterance.id = media.utterance_id
     where utterance.deleted_at is not null limit 1`,
  );
  if (deleted.length > 0) await sweepMedia(store, config);
}

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};
