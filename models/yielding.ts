import { setImmediate } from 'node:timers/promises';

const mostMilliseconds = 5;

/** Maps in order, letting requests in between: the thread is held for some milliseconds at a time, not for the whole list. */
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
