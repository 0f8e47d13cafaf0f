import type { Score } from '../api/schemas/shared.ts';

/** The strongest names over several turns, each by its highest score in any of them. */
export function scoreSums(turns: readonly (readonly Score[])[], most: number): Score[] {
  const highest = new Map<string, number>();
  for (const { name, score } of turns.flat()) highest.set(name, Math.max(score, highest.get(name) ?? 0));
  return [...highest]
    .map(([name, score]) => ({ name, score }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
}
