/** A text to read, as its cleaned sentences in order. */
export type Pieces = readonly string[];

/** At most this many texts and characters are read as one job, about a tenth of a second of work. */
const jobTexts = 32;
const jobCharacters = 8000;

/** Characters of a text. */
const lengthOf = (text: Pieces): number => text.reduce((sum, { length }) => sum + length, 0);

/** The positions of the texts of each job: shortest texts first, so that a job holds texts of like length. */
export function jobsOf(texts: readonly Pieces[]): number[][] {
  const lengths = texts.map(lengthOf);
  const jobs: number[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const position of [...texts.keys()].sort((left, right) => lengths[left]! - lengths[right]!)) {
    if (characters + lengths[position]! > jobCharacters || jobs.at(-1)!.length >= jobTexts) {
      jobs.push([]);
      characters = 0;
    }
    jobs.at(-1)!.push(position);
    characters += lengths[position]!;
  }
  return jobs;
}

/** Tokens of one piece, or of a part of it. */
export interface Span {
  readonly piece: number;
  readonly ids: readonly number[];
}

/**
 * Packs sentences into as few chunks as fit; a sentence longer than a chunk is cut. An empty text is one empty chunk.
 */
export function chunkSpans(spans: readonly Span[], room: number): Span[][] {
  const chunks: Span[][] = [[]];
  let used = 0;
  for (const { piece, ids } of spans) {
    for (let start = 0; start < ids.length; start += room) {
      const part = { piece, ids: ids.slice(start, start + room) };
      if (used + part.ids.length > room) {
        chunks.push([]);
        used = 0;
      }
      chunks.at(-1)!.push(part);
      used += part.ids.length;
    }
  }
  return chunks;
}

/** Rows of one length together, nothing padded: each batch at most so many tokens, but at least one row. */
export function batchesOfOneLength<T extends { readonly ids: readonly number[] }>(
  rows: readonly T[],
  mostTokens: number,
): T[][] {
  const batches: T[][] = [];
  const open = new Map<number, T[]>();
  for (const row of rows) {
    const { length } = row.ids;
    const batch = open.get(length);
    if (batch && (batch.length + 1) * length <= mostTokens) batch.push(row);
    else {
      open.set(length, [row]);
      batches.push(open.get(length)!);
    }
  }
  return batches;
}
