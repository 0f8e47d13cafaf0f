import { z } from 'zod';
import { Id } from './shared.ts';

export const MeasureQuery = z.object({
  tolerance: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('Two numbers disagree that lie further apart than this share of the larger one'),
});

/** A number a vendor sends, beside the one we make of events and words alone. Times are seconds. */
export const MeasureDifference = z.object({
  source: z.string(),
  name: z.string().describe('As in core.measure'),
  counterpart: z.string().describe('The number of ours that counts the same'),
  unit: z.string(),
  compared: z.number().int().describe('Conversations of which both numbers are known'),
  vendorMedian: z.number(),
  ourMedian: z.number(),
  medianDifference: z.number().describe('The median of the vendor’s less ours'),
  shareApart: z.number().describe('Share of the compared that disagree'),
  worst: z.array(Id).describe('The conversations that disagree most, up to three'),
});

export const MeasureDifferences = z.object({ tolerance: z.number(), measures: z.array(MeasureDifference) });

export type MeasureDifference = z.infer<typeof MeasureDifference>;
export type MeasureDifferences = z.infer<typeof MeasureDifferences>;
