import { z } from 'zod';

export const MetricUnit = z.enum(['count', 'seconds', 'ratio', 'score']);

/** Something the reader may set: a number, or one of several formulas. */
export const MetricSwitch = z.object({
  name: z.string(),
  title: z.string(),
  type: z.enum(['number', 'choice']),
  default: z.union([z.string(), z.number()]),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  choices: z.array(z.object({ value: z.string(), title: z.string() })),
});

/** What a number means: shown wherever the number is. Ratios are from 0 to 1. */
export const Metric = z.object({
  name: z.string(),
  title: z.string(),
  unit: MetricUnit,
  isHigherBetter: z.boolean().nullable().describe('null where more is neither better nor worse'),
  description: z.string(),
  formula: z.string(),
  edgeCases: z.array(z.string()),
  switches: z.array(MetricSwitch),
  mart: z.string(),
  sources: z.array(z.string()).describe('Tables it is computed from'),
});

export const Dimension = z.object({ name: z.string(), title: z.string() });

export const MetricList = z.object({ metrics: z.array(Metric), dimensions: z.array(Dimension) });
export const MetricParams = z.object({ name: z.string().max(100) });

export type MetricUnit = z.infer<typeof MetricUnit>;
export type MetricSwitch = z.infer<typeof MetricSwitch>;
export type Metric = z.infer<typeof Metric>;
export type Dimension = z.infer<typeof Dimension>;
export type MetricList = z.infer<typeof MetricList>;
