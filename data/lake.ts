import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createMaskedViews, publishedSchemas } from './masked-views.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import type { Session, Store } from './store.ts';

export interface Snapshot {
  readonly folder: string;
  readonly tables: number;
  readonly rows: number;
}

interface PublishedTable {
  readonly schema: string;
  readonly name: string;
}

/**
 * Publishes a read-only copy that Python, R, Jupyter or the DuckDB command line can open while the server runs:
 * `snapshot.duckdb`, and one Parquet file per table as `<schema>/<table>.parquet`. All of it stands for one instant. It
 * is written beside `folder` and put in its place when complete. With `isMasked` it holds what readers get who may not see
 * personal data.
 */
export async function writeSnapshot(
  store: Store,
  folder: string,
  { isMasked }: { readonly isMasked: boolean },
): Promise<Snapshot> {
  const from = isMasked ? `${await createMaskedViews(store)}.` : '';
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  for (const schema of publishedSchemas) await mkdir(join(draft, schema), { recursive: true });
  const tables = await store.all<PublishedTable>(
    `select table_schema as schema, table_name as name
     from information_schema.tables
     where list_contains($published, table_schema) and table_catalog = current_database()
     order by all`,
    { published: publishedSchemas },
  );
  const rows = await copyTables(store, tables, draft, from);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return { folder, tables: tables.length, rows };
}

async function copyTables(
  store: Store,
  tables: readonly PublishedTable[],
  draft: string,
  from: string,
): Promise<number> {
  let rows = 0;
  await store.run(`attach ${quoteString(join(draft, 'snapshot.duckdb'))} as snapshot`);
  try {
    await store.transaction(async (session) => {
      for (const schema of publishedSchemas) await session.run(`create schema snapshot.${schema}`);
      for (const { schema, name } of tables) {
        const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
        await session.run(`create table snapshot.${table} as from ${from}${table}`);
        rows += await countRows(session, table);
        await session.run(
          `copy (from snapshot.${table}) to ${quoteString(join(draft, schema, `${name}.parquet`))} (format parquet, compression zstd)`,
        );
      }
    });
  } finally {
    await store.run('detach snapshot');
  }
  return rows;
}

async function countRows(session: Session, table: string): Promise<number> {
  const [row] = await session.all<{ count: number }>(`select count(*) as count from snapshot.${table}`);
  return row!.count;
}
