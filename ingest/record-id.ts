import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = '6f0c6bd5-3f4e-5d0b-9a63-1f2d0c5a7e11';

/**
 * The id of a record: UUIDv5 of its kind, source and native id, so that it can be referred to before it has arrived and
 * is the same on every machine. Parts are joined with a character that cannot occur in a native id.
 */
export function recordId(kind: string, source: string, ...nativeId: (string | number)[]): string {
  return uuidv5([kind, source, ...nativeId].join('\u001f'), NAMESPACE);
}
