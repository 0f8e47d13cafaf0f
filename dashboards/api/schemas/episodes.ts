import { z } from 'zod';
import { Episode } from './customers.ts';
import { HistorySummary } from './history.ts';
import { CustomerRow } from './shared.ts';

/** Ids of episodes are those of the mart. */
export const EpisodeParams = z.object({ id: z.string().min(1).max(100) });

export const EpisodeDetail = z.object({
  episode: Episode,
  customer: CustomerRow.nullable(),
  summary: HistorySummary,
});

export type EpisodeDetail = z.infer<typeof EpisodeDetail>;
