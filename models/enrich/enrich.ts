import type { Config } from '../../config.ts';
import type { Session, Store } from '../../data/store.ts';
import type { StepEffects, StepResult } from '../../step.ts';
import { readProgress } from '../../step.ts';
import { enrichInteractions } from './enrich-interactions.ts';
import { readSlice, type PendingUtterance, type ReadSlice } from './enrich-slice.ts';
import { readModelId } from '../encoder/model-id.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { embeddingColumns, utteranceColumns } from './signal-rows.ts';
import { modelSql } from '../sql.ts';
import { appendYielding } from '../yielding.ts';

const step = 'enrich';
/** Utterances per call: about a second of one worker. Reading more rows at once would hold the thread that answers requests. */
export const sliceSize = 300;

export interface EnrichEffects extends StepEffects {
  readonly pool: EncoderPool;
}

/**
 * Reads one slice of the utterances that have no current signal, newest interactions first, and sums up the interactions they
 * belong to. Call again until it reports 0 rows. Each slice is committed on its own; each distinct text is computed once.
 */
export async function enrich(store: Store, config: Config, effects: EnrichEffects): Promise<StepResult> {
  const model = readModelId(config.model.folder);
  const [newest] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from core.utterance',
  );
  const since = (await isOtherModel(store, model)) ? 0 : await readProgress(store, step);
  const removed = await forgetRemoved(store, since);
  const pending = await store.all<PendingUtterance>(modelSql('pending'), { model, since, limit: sliceSize });
  if (pending.length > 0) await writeSlice(store, await readSlice(pending, store, model, effects.pool), model);
  else if (newest!.revision > since) await finish(store, model, newest!.revision, effects.now());
  const interactions = await enrichInteractions(store, model, config.model.folder);
  const rows = removed + pending.length + interactions;
  if (rows > 0) effects.logger.info(`read ${pending.length} utterances of ${interactions} interactions`, { model });
  return { step, rows };
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
