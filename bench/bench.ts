/** One number of a benchmark. `limit` is what it should stay under (or, with `isFloor`, over). */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'ratio' | 'per second' | 'rows';
  readonly limit?: number;
  readonly isFloor?: boolean;
}

/** Measures one thing against a reference in the same run; takes no part in the tests, because time is no contract. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  run(effects: BenchEffects): Promise<Figure[]>;
}

export interface BenchEffects {
  /** A folder for this benchmark's files; removed afterwards. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The value below which `fraction` of the values lie. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
