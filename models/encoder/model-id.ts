import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidModelError } from './invalid-model.ts';

const ids = new Map<string, string>();

/**
 * Name and revision that every computed value carries: the revision is a hash of the folder's weights, tokenizer and
 * heads, so that other weights are another model and everything is computed again.
 */
export function readModelId(folder: string): string {
  const known = ids.get(folder);
  if (known) return known;
  const hash = createHash('sha256');
  for (const path of filesOf(folder)) hash.update(readFileSync(path));
  const id = `crosstalk-encoder@${hash.digest('hex').slice(0, 8)}`;
  ids.set(folder, id);
  return id;
}

function filesOf(folder: string): string[] {
  try {
    const json = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
    return [join(folder, 'onnx', 'model_quantized.onnx'), ...json.map((name) => join(folder, name))];
  } catch (cause) {
    throw new InvalidModelError(`invalid model folder: ${folder}; expected a readable folder`, { cause });
  }
}
