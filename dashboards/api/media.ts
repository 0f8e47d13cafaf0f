import type { Store } from '../../data/store.ts';
import { CrosstalkError } from '../../errors.ts';
import { presentAll } from './present.ts';
import type { MediaItem } from './schemas/media.ts';
import { readSql } from './sql.ts';

const mediaSql = readSql('media')();

interface MediaFilter {
  /** A conversation; without it, what somebody tried to transcribe. */
  readonly id?: string;
  readonly mediaId?: string;
  readonly status?: string | undefined;
  readonly limit?: number;
}

export const listMedia = async (
  store: Store,
  { id, mediaId, status, limit = 1000 }: MediaFilter,
): Promise<MediaItem[]> =>
  presentAll<MediaItem>(
    await store.all(mediaSql, { id: id ?? null, media_id: mediaId ?? null, status: status ?? null, limit }),
  );

/** Takes recordings that were set aside (of some conversations, or all) back in; returns how many. */
export const retryQuarantined = (store: Store, interactions: readonly string[] | undefined): Promise<number> =>
  store.run(
    `delete from ops.transcription
     where status in ('quarantined', 'failed')
       and ($interactions is null or media_id in (
         select media.id from raw.media
         join core.thread_root on thread_root.thread_id = media.thread_id
         join core.interaction on interaction.root_id = thread_root.root_id
         where interaction.id::varchar in (select unnest($interactions))
       ))`,
    { interactions: interactions ? [...interactions] : null },
  );

/** Types that a browser only plays or shows; everything else is a file to be kept. */
const shown = /^(audio\/[\w.+-]+|video\/(mp4|webm|ogg)|image\/(png|jpeg|gif|webp))$/;
export const servedType = (mimeType: string): string => (shown.test(mimeType) ? mimeType : 'application/octet-stream');

export const missingMedia = (id: string): CrosstalkError =>
  new CrosstalkError('not_found', `invalid media: ${id}; expected the id of a recording or file that was fetched`);
