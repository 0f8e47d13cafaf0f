import { numberOf, textsOf } from './value.ts';

/** One thing that somebody orders in a message, by the first of its names, e.g. `2 × Shirt`. */
export const cartLine = (quantity: unknown, ...names: unknown[]): string =>
  `${numberOf(quantity) ?? 1} × ${textsOf(names)[0] ?? '?'}`;
