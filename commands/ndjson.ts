import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { SourceError } from '../errors.ts';
import type { CommandEffects } from './io.ts';
import { openTextFile } from './text-file.ts';

/**
 * Reads NDJSON from a file or standard input (`-`) in batches, empty lines left out. A row that is not of the schema
 * ends it, after the rows before it, with an error that names the row and says what was expected.
 */
export async function* readBatches<T extends z.ZodType>(
  path: string,
  { schema, expected, size }: { schema: T; expected: string; size: number },
  { stdin }: Pick<CommandEffects, 'stdin'>,
): AsyncGenerator<z.output<T>[]> {
  const input = path === '-' ? stdin : await openTextFile(path);
  let batch: z.output<T>[] = [];
  let row = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    row++;
    if (line.trim() === '') continue;
    const parsed = schema.safeParse(parseLine(line));
    if (!parsed.success) {
      if (batch.length > 0) yield batch;
      throw new SourceError(`invalid row: ${line.slice(0, 80)}; expected JSON ${expected}`, { file: path, row });
    }
    batch.push(parsed.data);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
