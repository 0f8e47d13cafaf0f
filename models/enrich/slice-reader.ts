import type { Store } from '../../data/store.ts';
import { recordId } from '../../ingest/record-id.ts';
import { jobsOf } from '../encoder/chunk-texts.ts';
import type { Encoded } from '../encoder/encoder.ts';
import { detectLanguage, isSupported } from '../text/language.ts';
import { readModelShape } from '../encoder/model-shape.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf, readText } from '../read-text.ts';
import { InteractionLanguages } from './interaction-languages.ts';
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
const keyOf = ({ hash, role }: Prepared): string => `${hash} ${role === 'customer'}`;

/** A slice whose texts have been asked for. */
export interface StartedSlice {
  readonly utterances: readonly (Prepared & { readonly language: string | null; readonly isReadable: boolean })[];
  readonly groups: readonly { readonly texts: readonly Prepared[]; readonly encoded: Promise<Encoded[]> }[];
}

/**
 * Reads slices of utterances, one after the other; the next may be started while one is being read, so that the workers
 * never wait for this thread. Texts that occur twice, or that were read before, are not computed again.
 */
export class SliceReader {
  readonly #languages = new InteractionLanguages();
  readonly #mentioned = new Set<string>();
  /** What the model says of each text and side, known or asked for. */
  readonly #readings = new Map<string, unknown[] | undefined>();
  readonly #usual: string;

  constructor(
    private readonly store: Store,
    private readonly model: string,
    private readonly pool: EncoderPool,
  ) {
    this.#usual = readModelShape(pool.folder).languages[0]!;
  }

  /** Prepares a slice and asks for the vectors of what nobody has read. */
  async start(pending: readonly PendingUtterance[]): Promise<StartedSlice> {
    const prepared = await mapYielding(pending, (utterance) => prepare(utterance, this.model));
    this.#languages.add(prepared);
    for (const { hash } of prepared) this.#mentioned.add(hash);
    const utterances = prepared.map((one) => {
      const language = one.pieces.length === 0 ? null : this.#languages.of(one, this.#usual);
      return Object.assign(one, { language, isReadable: language !== null && isSupported(language, this.pool.folder) });
    });
    await this.#recall(utterances);
    const unread = utterances.filter((one) => one.isReadable && this.#isNew(keyOf(one)));
    return { utterances, groups: this.#askFor(unread) };
  }

  /** The rows of a slice, when the workers have read it. */
  async finish({ utterances, groups }: StartedSlice): Promise<ReadSlice> {
    const vectors = new Map<string, Float32Array>();
    for (const { texts, encoded } of groups) {
      const results = await encoded;
      await mapYielding([...texts.entries()], ([index, one]) => {
        const signals = readText(this.pool.folder, results[index]!, one.pieces, one.role);
        this.#readings.set(keyOf(one), readingValues(this.#usual, signals));
        vectors.set(one.hash, results[index]!.vector);
      });
    }
    return {
      utterances: utterances.map((one) => this.#valuesOf(one)),
      vectors: await newVectors(this.store, this.model, vectors),
      replaced: await replacedHashes(this.store, utterances),
    };
  }

  /** Whether a text occurs in a slice started so far. */
  mentions(hash: string): boolean {
    return this.#mentioned.has(hash);
  }

  /** Looks up what the model read in these texts before. */
  async #recall(utterances: readonly Prepared[]): Promise<void> {
    const hashes = [...new Set(utterances.filter((one) => !this.#readings.has(keyOf(one))).map(({ hash }) => hash))];
    for (const [key, values] of await knownReadings(this.store, this.model, hashes))
      if (!this.#readings.has(key)) this.#readings.set(key, values);
  }

  #isNew(key: string): boolean {
    if (this.#readings.has(key)) return false;
    this.#readings.set(key, undefined);
    return true;
  }

  /** Texts that the workers read as one job stand together, so that each can be gone on with when it is done. */
  #askFor(texts: readonly Prepared[]): StartedSlice['groups'] {
    return jobsOf(texts.map(({ pieces }) => pieces)).map((positions) => {
      const group = positions.map((position) => texts[position]!);
      const encoded = this.pool.encode(group.map(({ pieces }) => pieces));
      // A failure of a later group must not count as unhandled while an earlier one is awaited.
      encoded.catch(() => undefined);
      return { texts: group, encoded };
    });
  }

  #valuesOf(one: StartedSlice['utterances'][number]): unknown[] {
    const [, ...reading] = one.isReadable ? this.#readings.get(keyOf(one))! : readingValues(one.language, undefined);
    const start: unknown[] = [one.utterance_id, one.interaction_id, one.hash, this.model];
    return start.concat(one.language, reading, one.revision);
  }
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
async function replacedHashes(store: Store, edited: readonly PendingUtterance[]): Promise<string[]> {
  const rows = await store.all<{ text_hash: string }>(
    'select distinct text_hash from signal.utterance where utterance_id in (select unnest($ids)::uuid)',
    { ids: edited.map(({ utterance_id: id }) => id) },
  );
  return rows.map(({ text_hash: hash }) => hash);
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
  return mapYielding([...vectors], ([hash, vector]) => {
    const { bytes, scale } = packVector(vector);
    return { hash, bytes: new Uint8Array(bytes.buffer), scale };
  });
}
