import { z } from 'zod';
import { CrosstalkError } from '../../errors.ts';

/** Where a page ended: the position of its last row in the order, and its id for rows that share one. */
export interface Place {
  readonly position: number;
  readonly id: string;
}

const PlaceSchema = z.tuple([z.number(), z.string()]);

export const writeCursor = ({ position, id }: Place): string =>
  Buffer.from(JSON.stringify([position, id])).toString('base64url');

export function readCursor(cursor: string): Place {
  try {
    const [position, id] = PlaceSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { position, id };
  } catch (cause) {
    throw new CrosstalkError('invalid_argument', `invalid cursor: ${cursor}; expected the nextCursor of a page`, {
      cause,
    });
  }
}

/** The condition that a row comes after a place, and its parameters; `position` is an expression of our own. */
export function after(cursor: string | undefined, position: string, id: string) {
  if (cursor === undefined) return { sql: 'true', parameters: {} };
  const place = readCursor(cursor);
  return {
    sql: `(${position} > $place or (${position} = $place and ${id} > $place_id))`,
    parameters: { place: place.position, place_id: place.id },
  };
}

/** Splits off the row that only says that there is a next page. */
export function pageOf<T extends Place>(rows: readonly T[], limit: number): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? writeCursor(page.at(-1)!) : null };
}
