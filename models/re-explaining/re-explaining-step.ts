import type { Config } from '../../config.ts';
import type { AppendColumn } from '../../data/append.ts';
import type { Store } from '../../data/store.ts';
import { readProgress, type StepEffects, type StepResult } from '../../step.ts';
import { groupBy } from '../../group-by.ts';
import { readModelId } from '../encoder/model-id.ts';
import {
  findReExplaining,
  readReExplainingModel,
  type EpisodeUtterance,
  type ReExplaining,
  type ReExplainingModel,
} from './re-explaining.ts';
import { modelSql } from '../sql.ts';
import { unpackVector } from '../encoder/vectors.ts';
import { mapYielding } from '../yielding.ts';

const step = 're-explaining';
/** Episodes read together: some thousand utterances with their vectors. */
const batchSize = 500;

const columns: readonly AppendColumn[] = [
  { name: 'episode_id', type: 'uuid' },
  { name: 'customer_id', type: 'uuid' },
  { name: 'model', type: 'varchar' },
  { name: 'earlier_utterance_id', type: 'uuid' },
  { name: 'earlier_interaction_id', type: 'uuid' },
  { name: 'earlier_start', type: 'integer' },
  { name: 'earlier_end', type: 'integer' },
  { name: 'later_utterance_id', type: 'uuid' },
  { name: 'later_interaction_id', type: 'uuid' },
  { name: 'later_start', type: 'integer' },
  { name: 'later_end', type: 'integer' },
  { name: 'score', type: 'float' },
  { name: 'cue', type: 'varchar' },
  { name: 'revision', type: 'bigint' },
];

/** A row of re-explaining-utterances.sql. */
interface UtteranceRow {
  readonly episode_id: string;
  readonly customer_id: string;
  readonly interaction_id: string;
  readonly utterance_id: string;
  readonly role: string;
  readonly text: string;
  readonly agent_id: string | null;
  readonly is_automatic: boolean;
  readonly is_after_transfer: boolean;
  readonly act: string | null;
  readonly vector: Uint8Array | null;
  readonly scale: number | null;
}

type Values = readonly unknown[];

/**
 * Finds, in the episodes of customers whose contacts changed, where people had to say it again: signal.re_explaining.
 * Reports the rows that are new or gone; what is found again stays as it is.
 */
export async function findReExplained(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  const model = readModelId(config.model.folder);
  const since = await readProgress(store, step);
  const [newest] = await store.all<{ revision: number }>(
    'select coalesce(max(revision), 0) as revision from mart.interaction_fact',
  );
  if (newest!.revision <= since) return { step, rows: 0 };
  const episodes = await store.all<{ episode_id: string }>(modelSql('re-explaining-episodes'), { since });
  const fitted = readReExplainingModel(config.model.folder);
  const found: Values[] = [];
  for (let start = 0; start < episodes.length; start += batchSize) {
    const ids = episodes.slice(start, start + batchSize).map(({ episode_id: id }) => id);
    found.push(...(await readBatch(store, model, fitted, ids)));
  }
  const rows = await writeChanges(store, found, { since, until: newest!.revision, now: effects.now() });
  return { step, rows };
}

async function readBatch(
  store: Store,
  model: string,
  fitted: ReExplainingModel,
  ids: readonly string[],
): Promise<Values[]> {
  const rows = await store.all<UtteranceRow>(modelSql('re-explaining-utterances'), { ids, model });
  const episodes = groupBy(rows, ({ episode_id: id }) => id);
  const found = await mapYielding([...episodes.values()], (said) =>
    findReExplaining(said.map(fromRow), fitted).map((one) => valuesOf(said[0]!, model, one)),
  );
  return found.flat();
}

const fromRow = (row: UtteranceRow): EpisodeUtterance => ({
  utteranceId: row.utterance_id,
  interactionId: row.interaction_id,
  role: row.role,
  text: row.text,
  agentId: row.agent_id,
  isAutomatic: row.is_automatic,
  isAfterTransfer: row.is_after_transfer,
  act: row.act,
  vector: row.vector && unpackVector({ bytes: new Int8Array(row.vector), scale: row.scale! }),
});

const valuesOf = (
  { episode_id: episode, customer_id: customer }: UtteranceRow,
  model: string,
  { earlier, later, score, cue }: ReExplaining,
): Values => [
  episode,
  customer,
  model,
  earlier.utteranceId,
  earlier.interactionId,
  earlier.start,
  earlier.end,
  later.utteranceId,
  later.interactionId,
  later.start,
  later.end,
  Math.fround(score),
  cue,
];

const names = columns.slice(0, -1).map(({ name }) => name);
const keyOf = (values: Values): string => JSON.stringify(values);

async function writeChanges(
  store: Store,
  found: readonly Values[],
  { since, until, now }: { since: number; until: number; now: Date },
): Promise<number> {
  return store.transaction(async (session) => {
    const known = await session.all<Record<string, unknown>>(modelSql('re-explaining-known'), { since });
    const knownKeys = new Map(known.map((row) => [keyOf(names.map((name) => row[name])), row]));
    const foundKeys = new Set(found.map(keyOf));
    const gone = [...knownKeys].filter(([key]) => !foundKeys.has(key)).map(([, row]) => row.row_id as number);
    const fresh = found.filter((values) => !knownKeys.has(keyOf(values)));
    if (gone.length > 0)
      await session.run('delete from signal.re_explaining where rowid in (select unnest($gone))', { gone });
    const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
    await session.append(
      'signal.re_explaining',
      columns,
      fresh.map((values) => [...values, next!.revision]),
    );
    await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
      step,
      until,
      now,
    ]);
    return gone.length + fresh.length;
  });
}
