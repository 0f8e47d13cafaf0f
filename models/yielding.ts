import { setImmediate } from 'node:timers/promises';
import type { AppendColumn } from '../data/append.ts';
import type { Session } from '../data/store.ts';

const mostMilliseconds = 3;

/**
 * Maps in order, letting requests in between: the thread is held for some milliseconds at a time, not for the whole
 * list.
 */
export async function mapYielding<T, R>(items: readonly T[], transform: (item: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let started = performance.now();
  for (const item of items) {
    results.push(await transform(item));
    if (performance.now() - started < mostMilliseconds) continue;
    await setImmediate();
    started = performance.now();
  }
  return results;
}

const rowsAtOnce = 100;

/** Appends rows, letting requests in between. */
export async function appendYielding(
  session: Session,
  table: string,
  columns: readonly AppendColumn[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await session.append(table, columns, rows.slice(start, start + rowsAtOnce));
    await setImmediate();
  }
}
