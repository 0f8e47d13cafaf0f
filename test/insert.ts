import type { Store } from '../data/store.ts';
import type { Bindable } from '../data/values.ts';

/** Puts one row into a table, by the names of its columns. */
export const insert = (store: Store, table: string, row: Readonly<Record<string, Bindable>>): Promise<number> =>
  store.run(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
      .map(() => '?')
      .join(', ')})`,
    Object.values(row),
  );
