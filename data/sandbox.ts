import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import { setTimeout } from 'node:timers/promises';
import { CrosstalkError, errorMessage, QueryError } from '../errors.ts';
import { createMaskedViews } from './masked-views.ts';
import { checkStatement, checkTableNames, readSandboxRules, refusal, type SandboxRules } from './sandbox-rules.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import type { Parameters, Store } from './store.ts';
import { toDuckDB, type Bindable } from './values.ts';

export interface SandboxLimits {
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** The first `rowCount` rows of the chunks are the answer. */
export interface SandboxResult {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  readonly chunks: readonly DuckDBDataChunk[];
  readonly rowCount: number;
  readonly isTruncated: boolean;
}

/**
 * Runs other people's SQL: one SELECT over the clean schemas, read-only, with limits of time, rows and bytes.
 *
 * The store's own writer needs files and settings, and DuckDB locks both per instance, so the walls stand in the
 * statement: its parsed tree may name allowed tables and functions only, and DuckDB's own list of the tables it would
 * touch must agree. It then runs in a read-only transaction on connections that nothing else uses.
 *
 * With `isMasked` the names of tables lead to views in which personal data is masked, and to nothing else: their database
 * alone is in the search path, and a statement cannot name another one.
 */
export class Sandbox {
  readonly #store: Store;
  readonly #isMasked: boolean;
  readonly maximumConcurrent: number;
  #running = 0;
  #idle: DuckDBConnection[] = [];
  #active = new Set<DuckDBConnection>();
  #waiting: (() => void)[] = [];
  #rules: Promise<SandboxRules> | undefined;
  #isClosed = false;

  constructor(
    store: Store,
    { isMasked = false, maximumConcurrent = 2 }: { isMasked?: boolean; maximumConcurrent?: number } = {},
  ) {
    this.#store = store;
    this.#isMasked = isMasked;
    this.maximumConcurrent = maximumConcurrent;
  }

  async query(sql: string, parameters: Parameters | undefined, limits: SandboxLimits): Promise<SandboxResult> {
    const connection = await this.#acquire();
    const work = this.#run(connection, sql, parameters, limits).finally(() => this.#release(connection));
    return answerWithin(work, limits.seconds);
  }

  /** Stops what runs, and waits a little for it; nothing runs afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (let tries = 0; this.#running > 0 && tries < 500; tries++) {
      for (const connection of this.#active) connection.interrupt();
      await setTimeout(10);
    }
  }

  async #run(connection: DuckDBConnection, sql: string, parameters: Parameters | undefined, limits: SandboxLimits) {
    await this.#check(connection, sql);
    return readWithin(connection, sql, parameters, limits);
  }

  async #check(connection: DuckDBConnection, sql: string): Promise<void> {
    this.#rules ??= readSandboxRules(connection, this.#isMasked);
    const rules = await this.#rules;
    checkStatement(await parse(connection, sql), rules);
    checkTableNames(tablesOf(connection, sql), rules);
  }

  async #acquire(): Promise<DuckDBConnection> {
    while (this.#running >= this.maximumConcurrent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#isClosed) throw new CrosstalkError('store_closed', 'the server is closing');
    this.#running++;
    try {
      const connection = this.#idle.pop() ?? (await connect(this.#store, this.#isMasked));
      this.#active.add(connection);
      return connection;
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  #release(connection: DuckDBConnection): void {
    this.#active.delete(connection);
    this.#idle.push(connection);
    this.#leave();
  }

  #leave(): void {
    this.#running--;
    this.#waiting.shift()?.();
  }
}

async function connect(store: Store, isMasked: boolean): Promise<DuckDBConnection> {
  const catalog = isMasked ? `${await createMaskedViews(store)}.` : '';
  const connection = await store.connect();
  // The clean tables first, so that `customer` without a schema is the one analysts mean; main has our own functions.
  const path = ['mart', 'core', 'signal', 'identity'].map((schema) => `${catalog}${schema}`);
  const [[database] = []] = (await connection.runAndReadAll('select current_database()')).getRows();
  path.push(isMasked ? `${quoteIdentifier(String(database))}.main` : 'main');
  await connection.run(`set search_path = ${quoteString(path.join(','))}`);
  return connection;
}

/** The tree of one statement. DuckDB writes trees of SELECTs only, so everything else is refused here. */
async function parse(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const reader = await connection.runAndReadAll('select json_serialize_sql($1::varchar)', [sql]);
  const tree = JSON.parse(String(reader.getRows()[0]?.[0]));
  if (tree.error_type === 'not implemented') throw refusal('this kind of statement', 'one SELECT');
  if (tree.error) throw new QueryError(`invalid query: ${tree.error_message}`, { sql });
  if (tree.statements.length !== 1) throw refusal(`${tree.statements.length} statements`, 'one SELECT');
  return tree.statements[0];
}

/** The tables DuckDB would touch, those behind views and macros too. */
function tablesOf(connection: DuckDBConnection, sql: string): readonly string[] {
  try {
    return connection.getTableNames(sql, true);
  } catch (cause) {
    throw new QueryError(`invalid query: ${errorMessage(cause)}`, { cause, sql });
  }
}

async function readWithin(
  connection: DuckDBConnection,
  sql: string,
  parameters: Parameters | undefined,
  limits: SandboxLimits,
): Promise<SandboxResult> {
  let isLate = false;
  // Again and again: an interrupt that falls between two calls is forgotten when the next one starts.
  const stop = () => {
    isLate = true;
    connection.interrupt();
    timer = globalThis.setTimeout(stop, 20);
  };
  let timer = globalThis.setTimeout(stop, limits.seconds * 1000);
  try {
    await connection.run('begin transaction read only');
    return await readChunks(await connection.stream(sql, bound(parameters)), limits);
  } catch (cause) {
    if (isLate) throw tooLate(limits.seconds, cause);
    throw new QueryError(`invalid query: ${errorMessage(cause)}`, { cause, sql });
  } finally {
    clearTimeout(timer);
    await connection.run('rollback').catch(() => undefined);
  }
}

/**
 * The caller hears of the time limit even where DuckDB is inside one value and cannot be interrupted; the connection is
 * used again only when it is free.
 */
async function answerWithin<T>(work: Promise<T>, seconds: number): Promise<T> {
  const timer = new AbortController();
  const late = setTimeout((seconds + 1) * 1000, undefined, { signal: timer.signal }).then(() => {
    throw tooLate(seconds, undefined);
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

const tooLate = (seconds: number, cause: unknown) =>
  new QueryError(`query stopped after ${seconds} s; expected a narrower period, fewer columns or an aggregate`, {
    code: 'query_timeout',
    cause,
  });

async function readChunks(result: DuckDBResult, limits: SandboxLimits): Promise<SandboxResult> {
  const chunks: DuckDBDataChunk[] = [];
  let rows = 0;
  let bytes = 0;
  while (rows <= limits.rows && bytes < limits.bytes) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return answer(result, chunks, rows, false);
    chunks.push(chunk);
    rows += chunk.rowCount;
    bytes += sizeOf(chunk);
  }
  return answer(result, chunks, Math.min(rows, limits.rows), true);
}

const answer = (result: DuckDBResult, chunks: DuckDBDataChunk[], rowCount: number, isTruncated: boolean) => ({
  names: result.deduplicatedColumnNames(),
  types: result.columnTypes(),
  chunks,
  rowCount,
  isTruncated,
});

/** About how many bytes a chunk takes as text; a chunk has 2,048 rows at most, so the limit is overrun by one at most. */
function sizeOf(chunk: DuckDBDataChunk): number {
  let bytes = 0;
  chunk.visitRowMajor((value) => {
    bytes += typeof value === 'string' ? value.length : typeof value === 'object' ? String(value).length : 8;
  });
  return bytes;
}

function bound(parameters: Parameters | undefined) {
  if (parameters === undefined) return undefined;
  if (Array.isArray(parameters)) return parameters.map(toDuckDB);
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toDuckDB(value as Bindable)]));
}
