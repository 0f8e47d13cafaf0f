export const share = <T>(items: readonly T[], isSuch: (item: T) => boolean): number =>
  items.filter(isSuch).length / Math.max(1, items.length);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const pairs = (count: number): number => (count * (count - 1)) / 2;

/** Of all pairs of items: how many that were put together belong together, and how many that belong together were. */
export function comparePartitions<T>(items: readonly T[], truthOf: (item: T) => string, foundOf: (item: T) => string) {
  const pairsIn = (keyOf: (item: T) => string): number =>
    [...groupBy(items, keyOf).values()].reduce((sum, group) => sum + pairs(group.length), 0);
  const right = pairsIn((item) => JSON.stringify([truthOf(item), foundOf(item)]));
  return { precision: right / pairsIn(foundOf), recall: right / pairsIn(truthOf) };
}

export const rounded = (value: number): string => value.toFixed(3);
