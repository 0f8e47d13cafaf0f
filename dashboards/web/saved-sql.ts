/** Statements that the reader keeps, in this browser only. */

export interface SavedQuery {
  readonly name: string;
  readonly sql: string;
}

const key = 'crosstalk.queries';

export function readSavedQueries(storage: Pick<Storage, 'getItem'>): SavedQuery[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(isSavedQuery) : [];
  } catch {
    return [];
  }
}

const isSavedQuery = (value: unknown): value is SavedQuery =>
  typeof (value as SavedQuery | null)?.name === 'string' && typeof (value as SavedQuery).sql === 'string';

/** Adds a query, in place of one of the same name. */
export const withSavedQuery = (queries: readonly SavedQuery[], added: SavedQuery): SavedQuery[] =>
  [...queries.filter((query) => query.name !== added.name), added].toSorted((a, b) => a.name.localeCompare(b.name));

export const writeSavedQueries = (storage: Pick<Storage, 'setItem'>, queries: readonly SavedQuery[]): void =>
  storage.setItem(key, JSON.stringify(queries));

/** The SQL page, with a statement in its editor. */
export const sqlAddress = (sql: string): string => `/sql?${new URLSearchParams({ sql }).toString()}`;
