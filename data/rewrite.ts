import { existsSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { CrosstalkError } from '../errors.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { Store } from './store.ts';

export interface Rewritten {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

const draftOf = (path: string): string => `${path}.rewriting`;
const requestOf = (path: string): string => `${path}.rewrite`;

/**
 * Writes a store anew and puts it in the place of the old one, because what is deleted in DuckDB leaves its bytes in the
 * file. Nothing else may have the store open. The old file stays until the new one is complete and holds as many rows.
 */
export async function rewriteStore(path: string): Promise<Rewritten> {
  const draft = draftOf(path);
  await Promise.all([draft, `${draft}.wal`].map((file) => rm(file, { force: true })));
  const store = await Store.open(path);
  try {
    const [{ name }] = (await store.all<{ name: string }>('select current_database() as name')) as [{ name: string }];
    await store.run('checkpoint');
    await store.run(`attach ${quoteString(draft)} as rewriting`);
    await store.run(`copy from database ${quoteIdentifier(name)} to rewriting`);
    await refuseLoss(store, name);
    await store.run('detach rewriting');
  } finally {
    await store.close();
  }
  const bytesBefore = (await stat(path)).size;
  await rm(`${path}.wal`, { force: true });
  await rename(draft, path);
  await rm(requestOf(path), { force: true });
  return { bytesBefore, bytesAfter: (await stat(path)).size };
}

async function refuseLoss(store: Store, name: string): Promise<void> {
  const tables = await store.all<{ schema: string; table: string }>(
    `select schema_name as schema, table_name as "table" from duckdb_tables()
     where database_name = $name and not temporary order by all`,
    { name },
  );
  for (const { schema, table } of tables) {
    const path = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
    const [counts] = await store.all<{ before: number; after: number }>(
      `select (select count(*) from ${quoteIdentifier(name)}.${path}) as before, (select count(*) from rewriting.${path}) as after`,
    );
    if (counts!.before !== counts!.after)
      throw new CrosstalkError(
        'store_failed',
        `cannot rewrite the store: ${path} has ${counts!.after} rows; expected ${counts!.before}`,
      );
  }
}

/** Asks for the store to be rewritten when the process that holds it has ended. */
export const requestRewrite = (path: string): Promise<void> =>
  path === ':memory:' ? Promise.resolve() : writeFile(requestOf(path), '');

/** Rewrites the store where somebody asked for it; to be called before it is opened. */
export const rewriteIfRequested = async (path: string): Promise<Rewritten | undefined> =>
  existsSync(requestOf(path)) && existsSync(path) ? rewriteStore(path) : undefined;
