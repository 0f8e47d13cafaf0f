import { open, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { SourceError } from '../errors.ts';

/** The text of a file that a person named; where it cannot be read, an error names it. */
export const readTextFile = (path: string): Promise<string> => readFile(path, 'utf8').catch(refuse(path));

/** The same as a stream, from the beginning; a folder is refused as well. */
export async function openTextFile(path: string): Promise<Readable> {
  const file = await open(path).catch(refuse(path));
  if (!(await file.stat()).isDirectory()) return file.createReadStream();
  await file.close();
  return refuse(path)(undefined);
}

const refuse =
  (path: string) =>
  (cause: unknown): never => {
    throw new SourceError(`invalid file: ${path}; expected a readable file`, { cause, code: 'not_found' });
  };
