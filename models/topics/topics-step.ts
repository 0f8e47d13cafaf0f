import type { Config } from '../../config.ts';
import type { AppendColumn } from '../../data/append.ts';
import type { Session, Store } from '../../data/store.ts';
import { recordId } from '../../ingest/record-id.ts';
import { readProgress, type StepEffects, type StepResult } from '../../step.ts';
import { clusterVectors, tableOf, type Clusters } from './clusters.ts';
import { readModelShape } from '../encoder/model-shape.ts';
import { groupBy } from '../../group-by.ts';
import { readModelId } from '../encoder/model-id.ts';
import { unit } from '../own-intents/own-intent-head.ts';
import { modelSql } from '../sql.ts';
import { isSmallTalk } from '../text/courtesy.ts';
import { readVectors } from '../encoder/stored-vectors.ts';
import { topicCourses, type TopicWeek } from './topic-weeks.ts';
import { labelTopics, matchTopics, readTrends, type TopicLabel } from './topics.ts';
import { createRandom } from '../random.ts';
import { packVector, unpackVector } from '../encoder/vectors.ts';

const step = 'topics';
/** Distinct texts at most, the newest: about 60 MB. */
const mostTexts = 150_000;
const fewestTexts = 200;
const candidates = [3, 6, 12, 25, 50, 100, 160, 240];
/** A cluster with fewer distinct texts than this, or than this share of all, is no topic. */
const [leastTexts, leastShare] = [8, 0.0008];
/** Fewer clusters than this part moods, or channels, rather than matters. */
const fewestTopics = (texts: number): number => Math.min(50, Math.ceil(texts / 100));
const textsForLabel = 150;
const examplesKept = 5;
const dayMilliseconds = 86_400_000;

const hitColumns: readonly AppendColumn[] = [
  { name: 'row_id', type: 'bigint' },
  { name: 'topic_id', type: 'uuid' },
  { name: 'similarity', type: 'float' },
];

interface KnownTopic {
  readonly topic_id: string;
  readonly first_found_at: Date;
  readonly made_at: Date;
  readonly vector: Uint8Array;
  readonly scale: number;
}

interface Topic extends TopicLabel {
  readonly id: string;
  readonly firstFoundAt: Date;
  readonly centroid: Float32Array;
  /** Places in the table of vectors, nearest first. */
  readonly members: readonly number[];
  readonly examples: readonly string[];
}

/**
 * Finds what customers talk about, from the stored vectors: once a day, or when there is a tenth more than at the last
 * run. Topics keep their ids from run to run, since each run starts from the centroids of the last. Reports the topics.
 */
export async function findTopics(store: Store, config: Config, effects: StepEffects): Promise<StepResult> {
  const model = readModelId(config.model.folder);
  const [newest] = await store.all<{ revision: number; read: number }>(
    'select coalesce(max(revision), 0) as revision, count(*) as read from signal.utterance',
  );
  const since = await readProgress(store, step);
  const old = await readTopics(store, model);
  if (newest!.revision <= since || !(await isDue(store, old, since, effects.now()))) return { step, rows: 0 };
  const { rowIds, bytes } = await readTable(store, model);
  if (rowIds.length < fewestTexts) return { step, rows: 0 };
  const known = old.map(({ vector, scale }) => unit(unpackVector({ bytes: new Int8Array(vector), scale })));
  const clusters = await clusterVectors(tableOf(bytes, readModelShape(config.model.folder).dimensions), {
    candidates: candidates.filter((count) => count >= fewestTopics(rowIds.length) && count <= rowIds.length / 10),
    known,
    extra: Math.ceil(known.length / 10),
    random: createRandom(20_011),
  });
  const topics = await describe(store, rowIds, clusters, { old, known, now: effects.now() });
  await write(store, topics, { rowIds, clusters, model, revision: newest!.revision, now: effects.now() });
  effects.logger.info('topics found', { topics: topics.length, texts: rowIds.length });
  return { step, rows: topics.length };
}

const readTopics = (store: Store, model: string): Promise<KnownTopic[]> =>
  store.all<KnownTopic>(
    `select topic_id, first_found_at, made_at, centroid as vector, scale
     from signal.topic
     where model = ?
     order by count_utterances desc, topic_id`,
    [model],
  );

async function isDue(store: Store, old: readonly KnownTopic[], since: number, now: Date): Promise<boolean> {
  if (old.length === 0 || now.getTime() - old[0]!.made_at.getTime() >= dayMilliseconds) return true;
  const [grown] = await store.all<{ is_due: boolean }>(
    'select count_if(revision > $since) > 0.1 * count_if(revision <= $since) as is_due from signal.utterance',
    { since },
  );
  return grown!.is_due;
}

async function readTable(store: Store, model: string): Promise<{ rowIds: bigint[]; bytes: Int8Array }> {
  const rowIds: bigint[] = [];
  const chunks: Int8Array[] = [];
  await readVectors(store, modelSql('topic-vectors'), { model, limit: mostTexts }, async (chunk) => {
    rowIds.push(...chunk.rowIds);
    chunks.push(chunk.bytes);
  });
  const bytes = new Int8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return { rowIds, bytes };
}

async function describe(
  store: Store,
  rowIds: readonly bigint[],
  { centroids, assignment }: Clusters,
  { old, known, now }: { old: readonly KnownTopic[]; known: readonly Float32Array[]; now: Date },
): Promise<Topic[]> {
  const { nearest, similarity } = assignment;
  const members = groupBy([...nearest.keys()], (row) => nearest[row]!);
  const least = Math.max(leastTexts, leastShare * nearest.length);
  const clustered = [...members]
    .filter(([, rows]) => rows.length >= least)
    .map(([place, rows]) => ({
      centroid: centroids[place]!,
      members: withoutStrays(
        rows.sort((left, right) => similarity[right]! - similarity[left]!),
        similarity,
      ),
    }));
  const texts = await readTexts(
    store,
    clustered.map(({ members: own }) => own.slice(0, textsForLabel).map((row) => rowIds[row]!)),
  );
  const kept = clustered
    .map((one, index) => ({ ...one, texts: texts[index]! }))
    .filter((one) => namesMatter(one.texts));
  const labels = labelTopics(kept.map((one) => ({ texts: one.texts.map(({ text }) => text) })));
  const matched = matchTopics(
    kept.map(({ centroid }) => centroid),
    known,
  );
  return kept.map((one, index) => {
    const before = matched[index] === undefined ? undefined : old[matched[index]];
    return {
      ...one,
      ...labels[index]!,
      id: before?.topic_id ?? recordId('topic', now.toISOString(), index),
      firstFoundAt: before?.first_found_at ?? now,
      examples: one.texts.slice(0, examplesKept).map(({ utterance_id: id }) => id),
    };
  });
}

/** What is mostly small talk, or numbers read out, is no topic. */
const namesMatter = (texts: readonly TopicText[]): boolean =>
  texts.filter(({ text }) => isSmallTalk(text)).length * 2 < texts.length;

/** A text further from the centre than two deviations below the mean belongs to no topic. */
function withoutStrays(rows: readonly number[], similarity: Float32Array): number[] {
  const mean = rows.reduce((sum, row) => sum + similarity[row]!, 0) / rows.length;
  const variance = rows.reduce((sum, row) => sum + (similarity[row]! - mean) ** 2, 0) / rows.length;
  const least = mean - 2 * Math.sqrt(variance);
  return rows.filter((row) => similarity[row]! >= least);
}

interface TopicText {
  readonly row_id: number | bigint;
  readonly text: string;
  readonly utterance_id: string;
}

async function readTexts(store: Store, wanted: readonly (readonly bigint[])[]): Promise<TopicText[][]> {
  const rows = await store.all<TopicText>(modelSql('topic-texts'), { rows: wanted.flat() });
  const byRow = new Map(rows.map((row) => [String(row.row_id), row]));
  return wanted.map((ids) => ids.flatMap((id) => byRow.get(String(id)) ?? []));
}

interface Run {
  readonly rowIds: readonly bigint[];
  readonly clusters: Clusters;
  readonly model: string;
  readonly revision: number;
  readonly now: Date;
}

async function write(store: Store, topics: readonly Topic[], run: Run): Promise<void> {
  await store.transaction(async (session) => {
    await session.run('create or replace temp table topic_hit (row_id bigint, topic_id uuid, similarity float)');
    await session.append('topic_hit', hitColumns, hitsOf(topics, run));
    await session.run('delete from signal.topic_utterance');
    await session.run(modelSql('topic-write'), { model: run.model });
    await session.run('drop table topic_hit');
    await session.run('delete from signal.topic');
    await session.append('signal.topic', topicColumns, await topicRows(session, topics, run));
    await session.run('insert or replace into ops.progress (step, revision, done_at) values (?, ?, ?)', [
      step,
      run.revision,
      run.now,
    ]);
  });
}

function* hitsOf(topics: readonly Topic[], { rowIds, clusters }: Run): Generator<readonly unknown[]> {
  for (const { id, members } of topics)
    for (const row of members) yield [rowIds[row], id, clusters.assignment.similarity[row]];
}

const topicColumns: readonly AppendColumn[] = [
  { name: 'topic_id', type: 'uuid' },
  { name: 'model', type: 'varchar' },
  { name: 'label', type: 'varchar' },
  { name: 'words', type: 'varchar' },
  { name: 'example_utterance_ids', type: 'varchar' },
  { name: 'centroid', type: 'blob' },
  { name: 'scale', type: 'float' },
  { name: 'count_utterances', type: 'bigint' },
  { name: 'weekly', type: 'varchar' },
  { name: 'growth', type: 'double' },
  { name: 'is_growing', type: 'boolean' },
  { name: 'is_new', type: 'boolean' },
  { name: 'first_found_at', type: 'timestamp' },
  { name: 'made_at', type: 'timestamp' },
  { name: 'revision', type: 'bigint' },
];

async function topicRows(session: Session, topics: readonly Topic[], { model, now }: Run): Promise<unknown[][]> {
  const weekRows = await session.all<TopicWeek>(modelSql('topic-weeks'));
  const [next] = await session.all<{ revision: number }>("select nextval('core.revision') as revision");
  const courses = topicCourses(
    topics.map(({ id }) => id),
    weekRows,
  );
  const trends = readTrends(courses);
  return topics.map(({ id, label, words, examples, centroid, firstFoundAt }, index) => {
    const { bytes, scale } = packVector(centroid);
    const { weeks, starts, total } = courses[index]!;
    const { growth, isGrowing, isNew } = trends[index]!;
    const weekly = weeks.map((count, place) => [starts[place], count]);
    return [
      id,
      model,
      label,
      JSON.stringify(words),
      JSON.stringify(examples),
      new Uint8Array(bytes.buffer),
      scale,
      total,
      JSON.stringify(weekly),
      growth,
      isGrowing,
      isNew,
      firstFoundAt,
      now,
      next!.revision,
    ];
  });
}
