import { z } from 'zod';
import { Instant } from './shared.ts';

const Option = z.object({ value: z.string(), title: z.string(), count: z.number().int() });

/**
 * What each filter of the dashboard can be set to, most frequent first, with the number of conversations. Filters have
 * the names of their dimensions.
 */
export const Filters = z.object({
  channel: z.array(Option),
  source: z.array(Option),
  queue: z.array(Option),
  agent: z.array(Option),
  team: z.array(Option),
  brand: z.array(Option),
  intent: z.array(Option),
  own_intent: z.array(Option),
  mention: z.array(Option),
  language: z.array(Option),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});

export type Filters = z.infer<typeof Filters>;
export type FilterOption = z.infer<typeof Option>;
