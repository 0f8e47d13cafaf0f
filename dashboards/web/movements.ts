import type { QueryResult, QueryRow } from '../api/schemas/query.ts';
import { formatRatio } from './format.ts';
import { formatMetric, valueIn } from './metric-value.ts';

/** Something that moved further than chance explains, as a sentence with the way to its conversations. */
export interface Movement {
  readonly subject: string;
  readonly verb: string;
  readonly amount: string;
  readonly from: string;
  readonly to: string;
  readonly isBetter: boolean | null;
  /** Parameters for the list of conversations. */
  readonly only: Readonly<Record<string, string>>;
  /** How many standard errors it moved. */
  readonly strength: number;
}

/** Below this the movement may be chance: 1.96 standard errors would flag one of twenty, and many are looked at. */
const leastStrength = 2.6;
const leastCount = 20;

interface Measured {
  readonly row: QueryRow;
  readonly before: QueryRow;
}

function pairs(result: QueryResult, dimension: string): Measured[] {
  const before = new Map((result.comparison?.rows ?? []).map((row) => [row[dimension], row]));
  return result.rows.flatMap((row) => {
    const earlier = before.get(row[dimension]);
    return row[dimension] !== null && earlier ? [{ row, before: earlier }] : [];
  });
}

/** Groups whose number of contacts rose or fell; counts are compared as Poisson counts: z = (a − b) / √(a + b). */
export function volumeMovements(result: QueryResult, dimension: string, label: (value: string) => string): Movement[] {
  return pairs(result, dimension).flatMap(({ row, before }) => {
    const [now, then] = [valueIn(row, 'volume') ?? 0, valueIn(before, 'volume') ?? 0];
    if (now + then < leastCount || then === 0) return [];
    const value = String(row[dimension]);
    return movement({
      subject: label(value),
      verb: now > then ? 'rose' : 'fell',
      amount: `by ${formatRatio(Math.round((100 * Math.abs(now - then)) / then) / 100)}`,
      from: formatMetric('volume', then, 'count'),
      to: formatMetric('volume', now, 'count'),
      isBetter: null,
      only: { [dimension]: value },
      strength: Math.abs(now - then) / Math.sqrt(now + then),
    });
  });
}

/** Shares that moved, over all and by group; the standard error is that of two proportions. */
export function ratioMovements(result: QueryResult, dimension: string, label: (value: string) => string): Movement[] {
  const ratios = result.definitions.filter((metric) => metric.unit === 'ratio');
  return pairs(result, dimension).flatMap(({ row, before }) =>
    ratios.flatMap((metric) => {
      const [now, then] = [valueIn(row, metric.name), valueIn(before, metric.name)];
      const [count, countThen] = [valueIn(row, `${metric.name}_count`), valueIn(before, `${metric.name}_count`)];
      if (now === null || then === null || !count || !countThen || Math.min(count, countThen) < leastCount) return [];
      const value = String(row[dimension]);
      return movement({
        subject: `${metric.title}, ${label(value)}`,
        verb: now > then ? 'rose' : 'fell',
        amount: `by ${(100 * Math.abs(now - then)).toFixed(1)} points`,
        from: formatRatio(then),
        to: formatRatio(now),
        isBetter: metric.isHigherBetter === null ? null : now > then === metric.isHigherBetter,
        only: { [dimension]: value, metric: metric.name },
        strength: Math.abs(now - then) / standardError(now, count, then, countThen),
      });
    }),
  );
}

function standardError(a: number, countA: number, b: number, countB: number): number {
  const pooled = (a * countA + b * countB) / (countA + countB);
  return Math.sqrt(pooled * (1 - pooled) * (1 / countA + 1 / countB)) || Infinity;
}

const movement = (found: Movement): Movement[] => (found.strength >= leastStrength ? [found] : []);

export const strongest = (movements: readonly Movement[], most: number): Movement[] =>
  movements.toSorted((a, b) => b.strength - a.strength).slice(0, most);
