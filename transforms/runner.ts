import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../data/store.ts';
import type { Bindable, Row } from '../data/values.ts';
import { ConfigError, errorMessage, QueryError } from '../errors.ts';

type Named = Readonly<Record<string, Bindable>>;

const models = new Map<string, string>();

/** The text of `transforms/<name>.sql`, read once. */
export function readModel(name: string): string {
  const known = models.get(name);
  if (known !== undefined) return known;
  const path = join(import.meta.dirname, `${name}.sql`);
  try {
    const sql = readFileSync(path, 'utf8').trim().replace(/;$/, '');
    models.set(name, sql);
    return sql;
  } catch (cause) {
    throw new ConfigError(`invalid model: ${name}; expected the file transforms/${name}.sql`, { cause });
  }
}

/** Runs a model that is a statement; returns the number of rows it changed. `parameters` may hold more than it uses. */
export function runModel(session: Session, name: string, parameters: Named = {}): Promise<number> {
  return named(name, (sql) => session.run(sql, usedIn(sql, parameters)));
}

/** Reads the rows of a model that is a query. */
export function readRows<T = Row>(session: Session, name: string, parameters: Named = {}): Promise<T[]> {
  return named(name, (sql) => session.all<T>(sql, usedIn(sql, parameters)));
}

/**
 * Keeps the rows of a model that is a query in a temporary table with the model's own name (`stitch/root_thread` →
 * `root_thread`), for the models after it in the same transaction.
 */
export function keepModel(session: Session, name: string, parameters: Named = {}): Promise<number> {
  const table = name.slice(name.lastIndexOf('/') + 1);
  return named(name, (sql) => session.run(`create or replace temp table ${table} as\n${sql}`, usedIn(sql, parameters)));
}

/**
 * Runs models in order: a query is kept as a temporary table, a statement is run. Returns the rows that statements
 * changed.
 */
export async function runModels(session: Session, names: readonly string[], parameters: Named = {}): Promise<number> {
  let rows = 0;
  for (const name of names) {
    if (isStatement(readModel(name))) rows += await runModel(session, name, parameters);
    else await keepModel(session, name, parameters);
  }
  return rows;
}

const withoutComments = (sql: string): string => sql.replaceAll(/--[^\n]*/g, '').trim();

const isStatement = (sql: string): boolean => /^(insert|update|delete|create|drop)\b/i.test(withoutComments(sql));

function usedIn(sql: string, parameters: Named): Named {
  const used = new Set([...withoutComments(sql).matchAll(/\$([a-z_]+)/g)].map(([, name]) => name));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => used.has(name)));
}

async function named<T>(name: string, work: (sql: string) => Promise<T>): Promise<T> {
  const sql = readModel(name);
  try {
    return await work(sql);
  } catch (cause) {
    throw new QueryError(`model ${name}: ${errorMessage(cause)}`, { cause, sql });
  }
}
