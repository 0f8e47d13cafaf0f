import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CrosstalkError, errorMessage, QueryError } from '../errors.ts';
import { appendRows, type AppendColumn } from './append.ts';
import { migrate } from './migrations.ts';
import { fromDuckDB, toDuckDB, type Bindable, type Row } from './values.ts';

export type Parameters = readonly Bindable[] | Readonly<Record<string, Bindable>>;

/** What may be done inside a transaction and on the store alike. */
export interface Session {
  run(sql: string, parameters?: Parameters): Promise<number>;
  all<T = Row>(sql: string, parameters?: Parameters): Promise<T[]>;
  append(table: string, columns: readonly AppendColumn[], rows: Iterable<readonly unknown[]>): Promise<number>;
}

/**
 * The only door to DuckDB. One process owns the file. Writes go through one queue on one connection, because concurrent
 * writes conflict; reads run on a small pool of their own connections and see the last committed state.
 */
export class Store implements Session {
  #instance: DuckDBInstance;
  #writer: DuckDBConnection;
  #idle: DuckDBConnection[];
  #waiting: ((reader: DuckDBConnection) => void)[] = [];
  #readers: DuckDBConnection[];
  #lendable: number;
  #writes: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    instance: DuckDBInstance,
    writer: DuckDBConnection,
    readers: DuckDBConnection[],
  ) {
    this.#instance = instance;
    this.#writer = writer;
    this.#readers = readers;
    this.#idle = [...readers];
    this.#lendable = readers.length;
  }

  /** Opens (and makes, and migrates) a store. `path` is a file, or `:memory:`. */
  static async open(path = ':memory:', options: { readers?: number; threads?: number } = {}): Promise<Store> {
    if (path !== ':memory:') await mkdir(dirname(path), { recursive: true });
    const instance = await DuckDBInstance.create(
      path,
      options.threads ? { threads: String(options.threads) } : {},
    ).catch((cause) => {
      throw new QueryError(`cannot open store: ${path}; expected a file no other process has open for writing`, {
        cause,
        code: 'conflict',
      });
    });
    const writer = await connectTo(instance);
    const readers = await Promise.all(Array.from({ length: options.readers ?? 4 }, () => connectTo(instance)));
    const store = new Store(path, instance, writer, readers);
    await migrate(store);
    return store;
  }

  /** Runs one statement for its effect; returns the number of rows it changed. */
  run(sql: string, parameters?: Parameters): Promise<number> {
    return this.#write(() => runOn(this.#writer, sql, parameters));
  }

  /** Reads all rows of one query, on a reader connection. */
  all<T = Row>(sql: string, parameters?: Parameters): Promise<T[]> {
    return this.read((reader) => allOn<T>(reader, sql, parameters));
  }

  /** Appends rows to a table; the fastest way in. */
  append(table: string, columns: readonly AppendColumn[], rows: Iterable<readonly unknown[]>): Promise<number> {
    return this.#write(() => appendRows(this.#writer, table, columns, rows));
  }

  /**
   * Runs `work` alone on the writer, all or nothing. Calls of the store's own methods inside it would wait for ever:
   * use the session given.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#write(async () => {
      await this.#writer.run('begin transaction');
      try {
        const result = await work(sessionOn(this.#writer));
        await this.#writer.run('commit');
        return result;
      } catch (error) {
        await this.#writer.run('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  /** Lends a reader connection, for streams, Arrow and other things that need one to themselves. */
  async read<T>(work: (reader: DuckDBConnection) => Promise<T>): Promise<T> {
    this.#refuseAfterClose();
    const reader = await this.#borrow();
    try {
      return await work(reader);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(reader);
      else this.#idle.push(reader);
    }
  }

  /**
   * Opens a further connection, for reads that must not hold up the others (analysts' SQL); it closes with the store.
   */
  async connect(): Promise<DuckDBConnection> {
    this.#refuseAfterClose();
    const connection = await connectTo(this.#instance);
    this.#readers.push(connection);
    return connection;
  }

  /**
   * Waits for the writes and reads under way, then closes. May be called twice; everything else is refused from now on.
   * Connections of their own (see `connect`) must be at rest: DuckDB takes the process with it where one is closed
   * while it reads.
   */
  close(): Promise<void> {
    this.#closing ??= this.#writes.then(
      () => this.#disconnect(),
      () => this.#disconnect(),
    );
    return this.#closing;
  }

  async #disconnect(): Promise<void> {
    await Promise.all(Array.from({ length: this.#lendable }, () => this.#borrow()));
    if (this.path !== ':memory:') await this.#writer.run('checkpoint').catch(() => undefined);
    for (const connection of [this.#writer, ...this.#readers]) connection.closeSync();
    this.#instance.closeSync();
  }

  #borrow(): Promise<DuckDBConnection> {
    const reader = this.#idle.pop();
    return reader ? Promise.resolve(reader) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #refuseAfterClose(): void {
    if (this.#closing) throw new CrosstalkError('store_closed', `store has been closed: ${this.path}`);
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseAfterClose();
    const result = this.#writes.then(work, work);
    this.#writes = result.catch(() => undefined);
    return result;
  }
}

async function connectTo(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  return connection;
}

const sessionOn = (connection: DuckDBConnection): Session => ({
  run: (sql, parameters) => runOn(connection, sql, parameters),
  all: (sql, parameters) => allOn(connection, sql, parameters),
  append: (table, columns, rows) => appendRows(connection, table, columns, rows),
});

async function runOn(connection: DuckDBConnection, sql: string, parameters?: Parameters): Promise<number> {
  return explain(sql, async () => (await connection.run(sql, bound(parameters))).rowsChanged);
}

async function allOn<T>(connection: DuckDBConnection, sql: string, parameters?: Parameters): Promise<T[]> {
  return explain(sql, async () => {
    const reader = await connection.runAndReadAll(sql, bound(parameters));
    return reader.getRowObjectsJS().map((row) => fromDuckDB(row) as T);
  });
}

function bound(parameters: Parameters | undefined) {
  if (parameters === undefined) return undefined;
  if (Array.isArray(parameters)) return parameters.map(toDuckDB);
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toDuckDB(value as Bindable)]));
}

async function explain<T>(sql: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new QueryError(`${errorMessage(cause)}\nin: ${sql.trim()}`, { cause, sql, code: 'store_failed' });
  }
}
