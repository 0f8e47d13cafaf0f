import { parse as parseLossless } from 'lossless-json';

/** The JSON of a body with its numbers as they stand, or undefined where it is none. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return parseLossless(new TextDecoder().decode(body), undefined, {
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch {
    return undefined;
  }
}

/** An object that holds the value at a dotted path, with the last key of the path. */
export interface Holder {
  readonly object: Record<string, unknown>;
  readonly key: string;
}

/** All objects that hold a value at a dotted path; `list[]` stands for each entry of a list: `value[].clientState`. */
export function findHolders(document: unknown, path: string): Holder[] {
  const keys = path.split('.');
  const key = keys.pop()!;
  let objects: unknown[] = [document];
  for (const step of keys)
    objects = objects.flatMap((object) => {
      const value = isObject(object) ? object[step.replace(/\[\]$/, '')] : undefined;
      return step.endsWith('[]') ? (Array.isArray(value) ? value : []) : [value];
    });
  return objects.flatMap((object) => (isObject(object) && Object.hasOwn(object, key) ? [{ object, key }] : []));
}

/** The value at a dotted path, or undefined. */
export function valueAt(document: unknown, path: string): unknown {
  const [holder] = findHolders(document, path);
  return holder?.object[holder.key];
}

/** How many entries the lists of a path have, held there or not; 1 where it names no list. */
export function countEntries(document: unknown, path: string): number {
  const list = /^(.*?)\[\]\./.exec(path)?.[1];
  if (list === undefined) return 1;
  const value = valueAt(document, list);
  return Array.isArray(value) ? value.length : 0;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
