import { setImmediate } from 'node:timers/promises';
import { dot } from '../encoder/heads.ts';
import { MatrixProduct } from '../encoder/matrix-product.ts';
import { lengthAt } from '../encoder/stored-vectors.ts';
import { unit } from '../own-intents/own-intent-head.ts';

/** Stored vectors, one after the other, with their lengths. */
export interface VectorTable {
  readonly bytes: Int8Array;
  readonly lengths: Float32Array;
  readonly size: number;
}

/** For each vector its nearest centroid and the cosine with it, and with the second nearest. */
export interface Assignment {
  readonly nearest: Int32Array;
  readonly similarity: Float32Array;
  readonly second: Float32Array;
}

export interface Clusters {
  readonly centroids: readonly Float32Array[];
  readonly assignment: Assignment;
}

const rowsAtOnce = 2048;
const rounds = 10;
const mostSample = 20_000;
const seedSample = 3000;
/** Few clusters are cheap to seed again, and suffer most from bad seeds. */
const triesOf = (count: number, known: number): number => (known > 0 || count > 50 ? 1 : 4);
/** Centroids nearer than this are one cluster. */
const sameCosine = 0.95;

export const tableOf = (bytes: Int8Array, size: number): VectorTable => ({
  bytes,
  size,
  lengths: Float32Array.from({ length: bytes.length / size }, (_, row) => lengthAt(bytes, row, size)),
});

/**
 * Spherical k-means: learnt on a sample, then applied to all. Without `known` centroids of a run before, k is the one of
 * `candidates` with the best mean silhouette (against centroids); with them, it starts from those and `extra` new ones,
 * so that clusters stay what they are. `random` decides the sample and the seeds.
 */
export async function clusterVectors(
  table: VectorTable,
  options: { candidates: readonly number[]; known?: readonly Float32Array[]; extra?: number; random: () => number },
): Promise<Clusters> {
  const sample = sampleOf(table, mostSample, options.random);
  const seeds = sampleOf(sample, seedSample, options.random);
  const known = options.known ?? [];
  const sizes = known.length > 0 ? [known.length + (options.extra ?? 0)] : options.candidates;
  let best: { centroids: Float32Array[]; quality: number } | undefined;
  for (const count of sizes.flatMap((one) => Array.from({ length: triesOf(one, known.length) }, () => one))) {
    const start = seedCentroids(seeds, count, known, options.random);
    const centroids = await refine(sample, start);
    const quality = silhouetteOf(await assign(sample, centroids));
    if (!best || quality > best.quality) best = { centroids, quality };
  }
  const centroids = mergeSame(best!.centroids);
  return { centroids, assignment: await assign(table, centroids) };
}

/** The nearest centroid of every vector, some thousand at a time, letting requests in between. */
export async function assign(table: VectorTable, centroids: readonly Float32Array[]): Promise<Assignment> {
  const count = table.lengths.length;
  const result = {
    nearest: new Int32Array(count),
    similarity: new Float32Array(count),
    second: new Float32Array(count),
  };
  const product = await MatrixProduct.open(centroids);
  try {
    for (let start = 0; start < count; start += rowsAtOnce) {
      const end = Math.min(count, start + rowsAtOnce);
      const products = await product.multiply(table.bytes.subarray(start * table.size, end * table.size));
      for (let row = start; row < end; row++)
        placeRow(result, row, products, (row - start) * centroids.length, {
          count: centroids.length,
          length: table.lengths[row]!,
        });
      await setImmediate();
    }
  } finally {
    await product.close();
  }
  return result;
}

function placeRow(
  { nearest, similarity, second }: Assignment,
  row: number,
  products: Float32Array,
  offset: number,
  { count, length }: { count: number; length: number },
): void {
  let [place, most, next] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < count; index++) {
    const value = products[offset + index]!;
    if (value > most) {
      next = most;
      most = value;
      place = index;
    } else if (value > next) next = value;
  }
  nearest[row] = place;
  similarity[row] = most / length;
  second[row] = count > 1 ? next / length : 0;
}

async function refine(sample: VectorTable, start: readonly Float32Array[]): Promise<Float32Array[]> {
  let centroids = [...start];
  for (let round = 0; round < rounds; round++) {
    const { nearest } = await assign(sample, centroids);
    centroids = meansOf(sample, nearest, centroids);
  }
  return centroids;
}

/** The mean direction of each cluster; one that lost all its vectors stays where it was. */
function meansOf(
  { bytes, lengths, size }: VectorTable,
  nearest: Int32Array,
  before: readonly Float32Array[],
): Float32Array[] {
  const sums = before.map(() => new Float32Array(size));
  const counts = new Int32Array(before.length);
  for (let row = 0; row < nearest.length; row++) {
    const sum = sums[nearest[row]!]!;
    const scale = 1 / lengths[row]!;
    counts[nearest[row]!]!++;
    for (let index = 0; index < size; index++) sum[index]! += bytes[row * size + index]! * scale;
  }
  return sums.map((sum, place) => (counts[place]! > 0 ? unit(sum) : before[place]!));
}

/** k-means++: each further seed is drawn with the square of its distance from the ones there are. */
function seedCentroids(
  table: VectorTable,
  count: number,
  known: readonly Float32Array[],
  random: () => number,
): Float32Array[] {
  const rows = table.lengths.length;
  const seeds = known.length > 0 ? [...known] : [vectorAt(table, Math.floor(random() * rows))];
  const distance = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let done = 0;
  while (seeds.length < Math.min(count, rows)) {
    for (; done < seeds.length; done++)
      for (let row = 0; row < rows; row++)
        distance[row] = Math.min(distance[row]!, (1 - cosineAt(table, row, seeds[done]!)) ** 2);
    let left = random() * distance.reduce((sum, value) => sum + value, 0);
    const chosen = distance.findIndex((value) => (left -= value) <= 0);
    seeds.push(vectorAt(table, Math.max(chosen, 0)));
  }
  return seeds;
}

const vectorAt = ({ bytes, size }: VectorTable, row: number): Float32Array =>
  unit(Float32Array.from(bytes.subarray(row * size, (row + 1) * size)));

function cosineAt({ bytes, lengths, size }: VectorTable, row: number, direction: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += bytes[row * size + index]! * direction[index]!;
  return sum / lengths[row]!;
}

/** How much nearer vectors lie to their own centroid than to the next one: the mean of 1 − own distance / next distance. */
function silhouetteOf({ similarity, second }: Assignment): number {
  let sum = 0;
  for (let row = 0; row < similarity.length; row++)
    sum += 1 - (1 - similarity[row]!) / Math.max(1 - second[row]!, 1e-6);
  return sum / Math.max(similarity.length, 1);
}

/** Known centroids come first and stay; a later one next to them is dropped. */
function mergeSame(centroids: readonly Float32Array[]): Float32Array[] {
  const kept: Float32Array[] = [];
  for (const centroid of centroids) if (!kept.some((other) => dot(other, centroid) >= sameCosine)) kept.push(centroid);
  return kept;
}

function sampleOf(table: VectorTable, most: number, random: () => number): VectorTable {
  const count = table.lengths.length;
  if (count <= most) return table;
  const bytes = new Int8Array(most * table.size);
  const lengths = new Float32Array(most);
  for (let place = 0; place < most; place++) {
    const row = Math.min(count - 1, Math.floor(((place + random()) * count) / most));
    bytes.set(table.bytes.subarray(row * table.size, (row + 1) * table.size), place * table.size);
    lengths[place] = table.lengths[row]!;
  }
  return { bytes, lengths, size: table.size };
}
