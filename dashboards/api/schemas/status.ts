import { z } from 'zod';
import { Instant } from './shared.ts';

export const Step = z.object({ step: z.string(), revision: z.number().int(), doneAt: Instant });

export const Run = z.object({
  id: z.guid(),
  name: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  status: z.string(),
  steps: z.array(z.object({ step: z.string(), rows: z.number().int(), seconds: z.number() })),
  error: z.string().nullable(),
});

/** How far the pipeline is. The same object is every `status` event of `/v1/live`. */
export const Status = z.object({
  isBusy: z.boolean().describe('Whether work is waiting or under way'),
  deliveries: z.object({ done: z.number().int(), total: z.number().int() }),
  enrichment: z.object({ done: z.number().int(), total: z.number().int() }).describe('Utterances with a text'),
  counts: z.object({
    interactions: z.number().int(),
    utterances: z.number().int(),
    customers: z.number().int(),
    episodes: z.number().int(),
  }),
  steps: z.array(Step),
  runs: z.array(Run).describe('Newest first, at most 20'),
  firstInteractionAt: Instant.nullable(),
  lastInteractionAt: Instant.nullable(),
});

export const Health = z.object({ status: z.literal('ok') });

export type Status = z.infer<typeof Status>;
export type Step = z.infer<typeof Step>;
export type Run = z.infer<typeof Run>;
