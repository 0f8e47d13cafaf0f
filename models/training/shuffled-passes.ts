import { createRandom } from '../random.ts';

/** The samples so many times, each time in another order; the same order on every machine. */
export function* shuffledPasses<T>(samples: readonly T[], passes: number): Generator<T> {
  const random = createRandom(1);
  const order = [...samples];
  for (let pass = 0; pass < passes; pass++) {
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [order[index], order[other]] = [order[other]!, order[index]!];
    }
    yield* order;
  }
}
