import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A statement from `sql/<name>.sql`. `{slots}` in it are filled with pieces from our own lists, never with what a caller
 * sent: that is bound.
 */
export function readSql<Slot extends string = never>(name: string): (slots?: Record<Slot, string>) => string {
  const text = readFileSync(join(import.meta.dirname, 'sql', `${name}.sql`), 'utf8');
  return (slots) =>
    text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
      const piece = slots?.[slot as Slot];
      if (piece === undefined) throw new Error(`invalid SQL ${name}: {${slot}}; expected a piece for it`);
      return piece;
    });
}
