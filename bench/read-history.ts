import type { Config } from '../config.ts';
import type { AppendColumn } from '../data/append.ts';
import { Store } from '../data/store.ts';
import { readModelId } from '../models/encoder/model-id.ts';
import type { EncoderPool } from '../models/encoder/pool.ts';
import { piecesOf } from '../models/read-text.ts';
import { embeddingColumns } from '../models/enrich/signal-rows.ts';
import { packVector } from '../models/encoder/vectors.ts';
import { readSupportTurns } from '../models/training/support-turns.ts';
import { recordId } from '../ingest/record-id.ts';

const DISTINCT = 3000;
/** How far a vector is moved, a component at a time, so that no two are the same. */
const JITTER = 6;
const MINUTE = 60_000;
const started = Date.UTC(2026, 0, 5);

const utteranceColumns: readonly AppendColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'text_hash', type: 'uuid' },
  { name: 'text', type: 'varchar' },
  { name: 'occurred_at', type: 'timestamp' },
];

/** Customers' turns written for training, each with its contact reasons. */
export const customerTurns = () => readSupportTurns().filter(({ role }) => role === 'customer');

/**
 * A store in which so many utterances of customers stand, each read before with a vector of its own: what our own turns
 * say, a little moved.
 */
export async function openReadHistory(path: string, utterances: number, config: Config, pool: EncoderPool) {
  const store = await Store.open(path);
  const texts = customerTurns()
    .slice(0, DISTINCT)
    .map(({ text }) => text);
  const vectors = (await pool.encode(texts.map(piecesOf))).map(({ vector }) => packVector(vector));
  const model = readModelId(config.model.folder);
  await store.transaction(async (session) => {
    await session.append('signal.embedding', embeddingColumns, embeddings(utterances, vectors, model));
    await session.run('create temp table told (id uuid, text_hash uuid, text varchar, occurred_at timestamp)');
    await session.append('told', utteranceColumns, told(utterances, texts));
    await session.run(
      `insert into core.utterance by name
       select id, id as thread_id, 'bench' as source, cast(id as varchar) as native_id, 'customer' as role, text,
              occurred_at, 0 as version, id as interaction_id, nextval('core.revision') as revision
       from told`,
    );
    await session.run(
      `insert into signal.utterance by name
       select id as utterance_id, id as interaction_id, text_hash, $model as model, true as is_supported,
              'problem' as act, 0 as utterance_revision, nextval('core.revision') as revision
       from told`,
      { model },
    );
    await session.run('drop table told');
  });
  return store;
}

const hashOf = (n: number): string => recordId('bench', 'text', n);

function* embeddings(count: number, vectors: readonly { bytes: Int8Array; scale: number }[], model: string) {
  for (let n = 0; n < count; n++) {
    const { bytes, scale } = vectors[n % vectors.length]!;
    yield [hashOf(n), model, new Uint8Array(moved(bytes, n).buffer), scale];
  }
}

/** Xorshift: the same vectors in every run. */
function moved(bytes: Int8Array, n: number): Int8Array {
  let state = (n + 1) * 2_654_435_761;
  return bytes.map((byte) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.max(-127, Math.min(127, byte + (Math.abs(state) % (2 * JITTER + 1)) - JITTER));
  });
}

function* told(count: number, texts: readonly string[]) {
  for (let n = 0; n < count; n++)
    yield [recordId('bench', 'utterance', n), hashOf(n), texts[n % texts.length], new Date(started + n * MINUTE)];
}
