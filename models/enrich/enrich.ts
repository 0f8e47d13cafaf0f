import type { Config } from '../../config.ts';
import type { Session, Store } from '../../data/store.ts';
import type { StepEffects, StepResult } from '../../step.ts';
import { readProgress } from '../../step.ts';
import { enrichInteractions } from './enrich-interactions.ts';
import { SliceReader, type PendingUtterance, type ReadSlice, type StartedSlice } from './slice-reader.ts';
import { readModelId } from '../encoder/model-id.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { embeddingColumns, utteranceColumns } from './signal-rows.ts';
import { modelSql } from '../sql.ts';
import { appendYielding } from '../yielding.ts';

const step = 'enrich';
/**
 * Utterances committed together: about a second of one worker. More rows at once would hold the thread that answers
 * requests.
 */
const sliceSize = 300;
/** Slices of one call: after it, pages are brought up to date. */
const mostSlices = 6;

export interface EnrichEffects extends StepEffects {
  readonly pool: EncoderPool;
}

/**
 * Reads some slices of the utterances that have no current signal, newest interactions first, and sums up the
 * interactions they belong to. Call again until it reports 0 rows. Each slice is committed on its own; each distinct
 * text is computed once.
 */
export async function enrich(store: Store, config: Config, effects: EnrichEffects): Promise<StepResult> {
  const model = readModelId(config.model.folder);
  const [newest] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from core.utterance',
  );
  const since = (await isOtherModel(store, model)) ? 0 : await readProgress(store, step);
  const removed = await forgetRemoved(store, since);
  const limit = sliceSize * mostSlices;
  const pending = await store.all<PendingUtterance>(modelSql('pending'), { model, since, limit });
  if (pending.length === 0 && newest!.revision > since) await finish(store, model, newest!.revision, effects.now());
  const interactions = await enrichPending(store, model, pending, effects.pool);
  const rows = removed + pending.length + interactions;
  if (rows > 0) effects.logger.info(`read ${pending.length} utterances of ${interactions} interactions`, { model });
  return { step, rows };
}

/**
 * Slice by slice; while one is written and summed up, the workers read the next, unless contacts wait to be scored:
 * those need the time more. Returns the number of interactions summed up.
 */
async function enrichPending(
  store: Store,
  model: string,
  pending: readonly PendingUtterance[],
  pool: EncoderPool,
): Promise<number> {
  const reader = new SliceReader(store, model, pool);
  const start = (from: number): Promise<StartedSlice> | undefined => {
    if (from >= pending.length) return undefined;
    const slice = reader.start(pending.slice(from, from + sliceSize));
    // Awaited once the slice before is read; should that fail, nobody is left to hear of this one.
    slice.catch(() => undefined);
    return slice;
  };
  let interactions = 0;
  let started = start(0);
  for (let from = sliceSize; started; from += sliceSize) {
    const slice = await started;
    const isAhead = !pool.isUrgent();
    started = isAhead ? start(from) : undefined;
    const { replaced, ...read } = await reader.finish(slice);
    // What the next slice says again keeps its vector.
    await started;
    await writeSlice(store, { ...read, replaced: replaced.filter((hash) => !reader.mentions(hash)) }, model);
    interactions += await enrichInteractions(store, model, pool.folder);
    if (!isAhead) started = start(from);
  }
  return pending.length === 0 ? enrichInteractions(store, model, pool.folder) : interactions;
}

/** Rows of another model stand until this one has read their utterances again. */
async function isOtherModel(store: Store, model: string): Promise<boolean> {
  const others = await store.all(
    `(select 1 as found from signal.utterance where model <> $model limit 1)
     union all
     (select 1 as found from signal.embedding where model <> $model limit 1)`,
    { model },
  );
  return others.length > 0;
}

interface RemovedSignal {
  readonly utterance_id: string;
  readonly interaction_id: string;
  readonly text_hash: string;
}

/** Takes out the signals, and the vectors, of words that are gone; their interactions count as not summed up. */
async function forgetRemoved(store: Store, since: number): Promise<number> {
  const removed = await store.all<RemovedSignal>(modelSql('removed'), { since });
  if (removed.length === 0) return 0;
  await store.transaction(async (session) => {
    await deleteUtterances(
      session,
      removed.map(({ utterance_id: id }) => id),
    );
    await session.run(modelSql('forget-vectors'), { hashes: removed.map(({ text_hash: hash }) => hash) });
    await session.run(
      'update signal.interaction set revision = 0 where interaction_id in (select unnest($ids)::uuid)',
      {
        ids: removed.map(({ interaction_id: id }) => id),
      },
    );
    await session.run(modelSql('forget-interactions'));
  });
  return removed.length;
}

async function writeSlice(store: Store, { utterances, vectors, replaced }: ReadSlice, model: string): Promise<void> {
  await store.transaction(async (session) => {
    const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
    await deleteUtterances(
      session,
      utterances.map(([id]) => id as string),
    );
    const rows = utterances.map((values) => [...values, next!.revision]);
    await appendYielding(session, 'signal.utterance', utteranceColumns, rows);
    await appendYielding(
      session,
      'signal.embedding',
      embeddingColumns,
      vectors.map(({ hash, bytes, scale }) => [hash, model, bytes, scale]),
    );
    if (replaced.length > 0) await session.run(modelSql('forget-vectors'), { hashes: replaced });
  });
}

async function deleteUtterances(session: Session, ids: readonly string[]): Promise<void> {
  await session.run('delete from signal.utterance where utterance_id in (select unnest($ids)::uuid)', { ids });
}

/** Everything is read: vectors of other models have had their day. */
async function finish(store: Store, model: string, revision: number, now: Date): Promise<void> {
  await store.transaction(async (session) => {
    await session.run('delete from signal.embedding where model <> ?', [model]);
    await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
      step,
      revision,
      now,
    ]);
  });
}
