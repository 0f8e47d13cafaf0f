import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { errorMessage } from '../errors.ts';
import { InvalidModelError } from './encoder/invalid-model.ts';

/** A small fitted file of a model folder, checked. Throws InvalidModelError with the file's name. */
export function readFittedFile<T>(folder: string, name: string, shape: z.ZodType<T>): T {
  const path = join(folder, name);
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InvalidModelError(`invalid model file: ${path}; expected ${errorMessage(cause)}`, { cause });
  }
}
