import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteIdentifier, quoteString } from './quote.ts';
import type { Session, Store } from './store.ts';

/** The schemas that analysts get; raw deliveries, keys and runs stay in the store. */
const PUBLISHED = ['core', 'identity', 'signal', 'mart'];

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
 * is written beside `folder` and put in its place when complete.
 */
export async function writeSnapshot(store: Store, folder: string): Promise<Snapshot> {
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  for (const schema of PUBLISHED) await mkdir(join(draft, schema), { recursive: true });
  const tables = await store.all<PublishedTable>(
    `select table_schema as schema, table_name as name
     from information_schema.tables
     where list_contains($published, table_schema) and table_catalog = current_database()
     order by all`,
    { published: PUBLISHED },
  );
  const rows = await copyTables(store, tables, draft);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return { folder, tables: tables.length, rows };
}

async function copyTables(store: Store, tables: readonly PublishedTable[], draft: string): Promise<number> {
  let rows = 0;
  await store.run(`attach ${quoteString(join(draft, 'snapshot.duckdb'))} as snapshot`);
  try {
    await store.transaction(async (session) => {
      for (const schema of PUBLISHED) await session.run(`create schema snapshot.${schema}`);
      for (const { schema, name } of tables) {
        const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
        await session.run(`create table snapshot.${table} as from ${table}`);
        rows += await countRows(session, table);
        await session.run(
          `copy (from ${table}) to ${quoteString(join(draft, schema, `${name}.parquet`))} (format parquet, compression zstd)`,
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
