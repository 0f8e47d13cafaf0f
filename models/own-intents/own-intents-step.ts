import type { Config } from '../../config.ts';
import type { AppendColumn } from '../../data/append.ts';
import type { Session, Store } from '../../data/store.ts';
import { readProgress, type StepEffects, type StepResult } from '../../step.ts';
import { MatrixProduct } from '../encoder/matrix-product.ts';
import { readModelId } from '../encoder/model-id.ts';
import { bestOf } from './own-intent-head.ts';
import { currentOwnIntents, saveOwnIntents, type OwnIntentVersion } from './own-intent-store.ts';
import { confidenceOf, type OwnIntentModel } from './own-intents.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { modelSql } from '../sql.ts';
import { lengthAt, readVectors } from '../encoder/stored-vectors.ts';

const step = 'own-intents';
/** Progress of this step counts the version too: a new one is applied to the whole history. */
const versionStep = 'own-intents-version';

const hitColumns: readonly AppendColumn[] = [
  { name: 'row_id', type: 'bigint' },
  { name: 'intent_index', type: 'integer' },
  { name: 'score', type: 'float' },
];

interface Hits {
  readonly rowIds: bigint[];
  readonly intents: number[];
  readonly scores: number[];
}

/**
 * Reads the company's own intents in what customers said: all of it after a new version, else what is new, always from
 * the stored vectors. A version that another encoder made is learnt again from its examples first.
 */
export async function applyOwnIntents(
  store: Store,
  config: Config,
  effects: StepEffects & { readonly pool: EncoderPool },
): Promise<StepResult> {
  const known = await currentOwnIntents(store);
  if (!known) return { step, rows: 0 };
  const model = readModelId(config.model.folder);
  const version = known.model === model ? known : await saveOwnIntents(store, known.examples, effects);
  const isNew = (await readProgress(store, versionStep)) < version.version;
  const since = isNew ? 0 : await readProgress(store, step);
  const [newest] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from signal.utterance',
  );
  if (!isNew && newest!.revision <= since) return { step, rows: 0 };
  const hits = version.head ? await findHits(store, version.head, { model, since }) : emptyHits();
  const rows = await store.transaction(async (session) => {
    const changed = await writeHits(session, hits, { version, since, model });
    await saveProgress(session, step, newest!.revision, effects.now());
    await saveProgress(session, versionStep, version.version, effects.now());
    return changed;
  });
  if (isNew) effects.logger.info('own intents applied to the history', { version: version.version, utterances: rows });
  return { step, rows };
}

const emptyHits = (): Hits => ({ rowIds: [], intents: [], scores: [] });

async function findHits(
  store: Store,
  head: OwnIntentModel,
  parameters: { model: string; since: number },
): Promise<Hits> {
  const hits = emptyHits();
  const product = await MatrixProduct.open(head.weight);
  const count = head.intents.length;
  const scores = new Float32Array(count);
  try {
    await readVectors(store, modelSql('own-intent-vectors'), parameters, async ({ rowIds, bytes, dimensions }) => {
      const products = await product.multiply(bytes);
      for (const [row, rowId] of rowIds.entries()) {
        const length = lengthAt(bytes, row, dimensions);
        for (let intent = 0; intent < count; intent++)
          scores[intent] = products[row * count + intent]! / length + head.bias[intent]!;
        const best = bestOf(scores);
        const score = confidenceOf(head.confidence, best);
        if (score < head.threshold) continue;
        hits.rowIds.push(rowId);
        hits.intents.push(best.intent);
        hits.scores.push(score);
      }
    });
  } finally {
    await product.close();
  }
  return hits;
}

/** Replaces what was said of the utterances at hand; all rows of a touched conversation get the new revision. */
async function writeHits(
  session: Session,
  hits: Hits,
  { version, since, model }: { version: OwnIntentVersion; since: number; model: string },
): Promise<number> {
  await session.run('create or replace temp table own_intent_hit (row_id bigint, intent_index integer, score float)');
  await session.append('own_intent_hit', hitColumns, rowsOf(hits));
  const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
  if (since > 0) await session.run(modelSql('own-intent-touch'), { since, revision: next!.revision });
  const removed = await session.run(modelSql('own-intent-forget'), { since });
  const written = version.head
    ? await session.run(modelSql('own-intent-write'), {
        since,
        model,
        version: version.version,
        intents: version.head.intents,
        revision: next!.revision,
      })
    : 0;
  await session.run('drop table own_intent_hit');
  return removed + written;
}

function* rowsOf({ rowIds, intents, scores }: Hits): Generator<readonly unknown[]> {
  for (let index = 0; index < rowIds.length; index++) yield [rowIds[index], intents[index], scores[index]];
}

async function saveProgress(session: Session, name: string, revision: number, now: Date): Promise<void> {
  await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
    name,
    revision,
    now,
  ]);
}
