/** Park and Miller's generator: the same numbers on every machine, at least 0 and below 1. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
