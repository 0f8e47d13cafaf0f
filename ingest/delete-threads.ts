import type { Session } from '../data/store.ts';
import type { LandedRecord } from './erase/erase.ts';

/**
 * A thread that its source deleted takes the words of everything in it along, whichever of the two came first: its
 * utterances and survey answers become deleted ones. Looks only at what the transaction under way has changed. Returns the
 * records that were deleted so.
 */
export async function deleteOfThreads(session: Session): Promise<LandedRecord[]> {
  const [deleted] = await session.all('select 1 as found from core.thread where deleted_at is not null limit 1');
  if (!deleted) return [];
  const utterances = await session.all<{ id: string; native_id: string }>(statement('core.utterance', utteranceWords));
  const surveys = await session.all<{ id: string; native_id: string }>(statement('core.survey', surveyWords));
  return [...utterances, ...surveys].map(({ id, native_id }) => ({ id, nativeId: native_id, hasWords: true }));
}

const utteranceWords = [
  'text',
  'text_version',
  'text_parts',
  'source_text',
  'source_text_version',
  'text_spans',
  'text_spans_version',
  'media',
  'media_version',
];
const surveyWords = ['comment', 'comment_version'];

const statement = (table: string, words: readonly string[]): string => `
  update ${table} as record
  set ${words.map((name) => `${name} = null`).join(', ')},
    deleted_at = thread.deleted_at,
    revision = currval('core.revision')
  from core.thread as thread
  where thread.id = record.thread_id
    and thread.deleted_at is not null
    and record.deleted_at is null
    and (thread.revision >= currval('core.revision') or record.revision >= currval('core.revision'))
  returning record.id, record.native_id`;
