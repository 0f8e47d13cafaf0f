import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import type { Store } from './store.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

const folder = join(import.meta.dirname, 'migrations');

/** The migrations of this version of Crosstalk, in order: `NNN_<what>.sql`, numbered from 001 without a gap. */
export function readMigrations(path = folder): Migration[] {
  const names = readdirSync(path)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  names.forEach((name, index) => {
    const expected = String(index + 1).padStart(3, '0');
    if (!name.startsWith(`${expected}_`))
      throw new ConfigError(`invalid migration: ${name}; expected its name to start with ${expected}_`);
  });
  return names.map((name) => {
    const sql = readFileSync(join(path, name), 'utf8');
    return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Applies the migrations that the store lacks, each in a transaction. Refuses a store that is newer, or whose past was
 * edited.
 */
export async function migrate(store: Store, migrations: Migration[] = readMigrations()): Promise<string[]> {
  await store.run(
    'create table if not exists main.migration (name varchar primary key, hash varchar not null, applied_at timestamp not null)',
  );
  const applied = await store.all<{ name: string; hash: string }>(
    'select name, hash from main.migration order by name',
  );
  applied.forEach((past, index) => refuseChangedPast(past, migrations[index]));
  const pending = migrations.slice(applied.length);
  for (const { name, sql, hash } of pending) {
    await store.transaction(async (session) => {
      await session.run(sql);
      await session.run('insert into main.migration values (?, ?, now()::timestamp)', [name, hash]);
    });
  }
  return pending.map(({ name }) => name);
}

function refuseChangedPast(past: { name: string; hash: string }, known: Migration | undefined): void {
  if (!known)
    throw new ConfigError(`invalid store: has migration ${past.name}; expected a version of Crosstalk that knows it`);
  if (known.name !== past.name)
    throw new ConfigError(
      `invalid migration: ${known.name}; expected ${past.name} in its place, as the store has applied it`,
    );
  if (known.hash !== past.hash)
    throw new ConfigError(
      `invalid migration: ${past.name} was changed after it was applied; expected a new file with the next number`,
    );
}
