import { setImmediate } from 'node:timers/promises';
import type { Store } from '../../data/store.ts';
import type { Bindable } from '../../data/values.ts';

/** Some thousand stored vectors, one after the other, and the row of each; good until the next chunk is asked for. */
export interface VectorChunk {
  readonly rowIds: readonly bigint[];
  readonly bytes: Int8Array;
  /** Length of each vector: all of one model. */
  readonly dimensions: number;
}

/** Streams the two columns `row_id, vector` of a query, letting requests in between. */
export async function readVectors(
  store: Store,
  sql: string,
  parameters: Readonly<Record<string, Bindable>>,
  use: (chunk: VectorChunk) => Promise<void>,
): Promise<void> {
  await store.read(async (reader) => {
    const result = await reader.stream(sql, parameters as Record<string, string>);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const [ids, vectors] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
      const packedAt = (row: number): Uint8Array => (vectors.getItem(row) as { bytes: Uint8Array }).bytes;
      const dimensions = packedAt(0).byteLength;
      const bytes = new Int8Array(chunk.rowCount * dimensions);
      const rowIds = Array.from({ length: chunk.rowCount }, (_, row) => {
        const packed = packedAt(row);
        bytes.set(new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength), row * dimensions);
        return ids.getItem(row) as bigint;
      });
      await use({ rowIds, bytes, dimensions });
      await setImmediate();
    }
  });
}

/** The length of one of the vectors, in bytes' units. */
export function lengthAt(bytes: Int8Array, row: number, dimensions: number): number {
  let sum = 0;
  const end = (row + 1) * dimensions;
  for (let index = row * dimensions; index < end; index++) sum += bytes[index]! * bytes[index]!;
  return Math.sqrt(sum) || 1;
}
