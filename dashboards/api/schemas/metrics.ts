import { z } from 'zod';

/** What a number means: shown wherever the number is. */
export const Metric = z.object({
  name: z.string(),
  title: z.string(),
  unit: z.string().describe('second, ratio, count or score'),
  isHigherBetter: z.boolean().nullable(),
  description: z.string(),
  formula: z.string(),
  edgeCases: z.array(z.string()),
  switches: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      default: z.union([z.string(), z.number(), z.boolean()]),
    }),
  ),
  sources: z.array(z.string()).describe('Tables it is computed from'),
});

export const Dimension = z.object({ name: z.string(), title: z.string() });

export const MetricList = z.object({ metrics: z.array(Metric), dimensions: z.array(Dimension) });
export const MetricParams = z.object({ name: z.string().max(100) });

export type Metric = z.infer<typeof Metric>;
export type Dimension = z.infer<typeof Dimension>;
export type MetricList = z.infer<typeof MetricList>;
