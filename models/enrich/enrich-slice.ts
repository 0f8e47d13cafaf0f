import type { Store } from '../../data/store.ts';
import { recordId } from '../../ingest/record-id.ts';
import type { Encoded } from '../encoder/encoder.ts';
import { detectLanguage, isSupported } from '../text/language.ts';
import { readModelShape } from '../encoder/model-shape.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf, readText } from '../read-text.ts';
import { readingColumnNames, readingValues } from './signal-rows.ts';
import { modelSql } from '../sql.ts';
import { packVector } from '../encoder/vectors.ts';
import { mapYielding } from '../yielding.ts';

/** A row of pending.sql. */
export interface PendingUtterance {
  readonly utterance_id: string;
  readonly interaction_id: string;
  readonly role: string;
  readonly text: string;
  readonly revision: number;
  readonly interaction_language: string | null;
}

/** Texts asked for together: about 5 ms of this thread's work once they are read. */
const groupSize = 32;

export interface ReadSlice {
  /** The values of signal.utterance, all but the last (`revision`). */
  readonly utterances: readonly unknown[][];
  readonly vectors: readonly { readonly hash: string; readonly bytes: Uint8Array; readonly scale: number }[];
  /** Hashes of the texts that edited utterances had before. */
  readonly replaced: readonly string[];
}

interface Prepared extends PendingUtterance {
  readonly pieces: readonly string[];
  readonly hash: string;
  readonly detected: string | undefined;
}

/** Which side says it decides how salient a sentence is; everything else depends on the text alone. */
const keyOf = (hash: string, role: string): string => `${hash} ${role === 'customer'}`;

/** Reads a slice of utterances. Texts that occur twice in it, or that were read before, are not computed again. */
export async function readSlice(
  pending: readonly PendingUtterance[],
  store: Store,
  model: string,
  pool: EncoderPool,
): Promise<ReadSlice> {
  const prepared = await mapYielding(pending, (utterance) => prepare(utterance, model));
  const languages = languagesOf(prepared);
  const usual = readModelShape(pool.folder).languages[0]!;
  const languageOf = ({ detected, interaction_id: id }: Prepared): string => detected ?? languages.get(id) ?? usual;
  const readable = prepared.filter((one) => one.pieces.length > 0 && isSupported(languageOf(one), pool.folder));
  const hashes = [...new Set(prepared.map(({ hash }) => hash))];
  const readings = await knownReadings(store, model, hashes);
  const unknown = [...new Map(readable.map((one) => [keyOf(one.hash, one.role), one])).entries()]
    .filter(([key]) => !readings.has(key))
    .map(([, one]) => one);
  const vectors = new Map<string, Float32Array>();
  for await (const { hash, role, pieces, encoded } of encodeAhead(unknown, pool)) {
    readings.set(keyOf(hash, role), readingValues(usual, readText(pool.folder, encoded, pieces, role)));
    vectors.set(hash, encoded.vector);
  }
  const isReadable = new Set(readable);
  const utterances = prepared.map((one) => {
    const language = one.pieces.length === 0 ? null : languageOf(one);
    const [, ...reading] = isReadable.has(one)
      ? readings.get(keyOf(one.hash, one.role))!
      : readingValues(language, undefined);
    const start: unknown[] = [one.utterance_id, one.interaction_id, one.hash, model];
    return start.concat(language, reading, one.revision);
  });
  const replaced = await replacedHashes(store, pending);
  return { utterances, vectors: await newVectors(store, model, vectors), replaced };
}

async function prepare(utterance: PendingUtterance, model: string): Promise<Prepared> {
  const pieces = piecesOf(utterance.text);
  const cleaned = pieces.join('\u001e');
  return {
    ...utterance,
    pieces,
    hash: recordId('text', model, cleaned),
    detected: await detectLanguage(pieces.join(' ')),
  };
}

/** For each interaction, the language most of its words in this slice are in, or else the one it had. */
function languagesOf(prepared: readonly Prepared[]): Map<string, string> {
  const letters = new Map<string, Map<string, number>>();
  const languages = new Map<string, string>();
  for (const { interaction_id: id, interaction_language: before, detected, text } of prepared) {
    if (before) languages.set(id, before);
    if (!detected) continue;
    const counts = letters.get(id) ?? new Map<string, number>();
    letters.set(id, counts.set(detected, (counts.get(detected) ?? 0) + text.length));
  }
  for (const [id, counts] of letters) languages.set(id, [...counts].sort(([, left], [, right]) => right - left)[0]![0]);
  return languages;
}

/** What the model read in these texts before, by text and side. */
async function knownReadings(store: Store, model: string, hashes: readonly string[]): Promise<Map<string, unknown[]>> {
  if (hashes.length === 0) return new Map();
  const rows = await store.all<Record<string, unknown>>(
    `with known as (${modelSql('known-texts')})
     select known.is_customer, done.text_hash, ${readingColumnNames.map((name) => `done.${name}`).join(', ')}
     from known join signal.utterance as done on done.utterance_id = known.utterance_id`,
    { model, hashes },
  );
  return new Map(
    rows.map((row) => [
      `${row.text_hash as string} ${row.is_customer as boolean}`,
      readingColumnNames.map((name) => row[name]),
    ]),
  );
}

/** Edited utterances leave the vector of their old words behind, unless somebody else said them too. */
async function replacedHashes(store: Store, pending: readonly PendingUtterance[]): Promise<string[]> {
  const rows = await store.all<{ text_hash: string }>(
    'select distinct text_hash from signal.utterance where utterance_id in (select unnest($ids)::uuid)',
    { ids: pending.map(({ utterance_id: id }) => id) },
  );
  return rows.map(({ text_hash: hash }) => hash);
}

/** The texts with their vectors, in order; the workers go on while this thread reads the last ones. */
async function* encodeAhead(
  texts: readonly Prepared[],
  pool: EncoderPool,
): AsyncGenerator<Prepared & { encoded: Encoded }> {
  const groups = Array.from({ length: Math.ceil(texts.length / groupSize) }, (_, index) =>
    texts.slice(index * groupSize, (index + 1) * groupSize),
  );
  const encoded = groups.map((group) => pool.encode(group.map(({ pieces }) => pieces)));
  // All are asked for at once; a failure of a later group must not count as unhandled while an earlier one is awaited.
  for (const promise of encoded) promise.catch(() => undefined);
  for (const [index, group] of groups.entries()) {
    const results = await encoded[index]!;
    for (const [position, one] of group.entries()) yield Object.assign(one, { encoded: results[position]! });
  }
}

async function newVectors(
  store: Store,
  model: string,
  vectors: Map<string, Float32Array>,
): Promise<ReadSlice['vectors']> {
  if (vectors.size === 0) return [];
  const rows = await store.all<{ text_hash: string }>(
    'select text_hash from signal.embedding where model = $model and text_hash in (select unnest($hashes)::uuid)',
    { model, hashes: [...vectors.keys()] },
  );
  for (const { text_hash: hash } of rows) vectors.delete(hash);
  return [...vectors].map(([hash, vector]) => {
    const { bytes, scale } = packVector(vector);
    return { hash, bytes: new Uint8Array(bytes.buffer), scale };
  });
}
