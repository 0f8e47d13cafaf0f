import { z } from 'zod';
import { Instant } from './shared.ts';

const Count = z.object({ cutoffs: z.number().int(), customers: z.number().int(), leavers: z.number().int() });

export const Measures = z.object({
  baseRate: z.number().describe('Share of the customers who left within the window'),
  area: z.number().describe('Area under the ROC curve: how often one who left has the higher risk than one who stayed'),
  areaLow: z.number(),
  areaHigh: z.number(),
  rulesArea: z.number().describe('The same of the rules, on the same customers'),
  brier: z.number().describe('Mean squared error of the probabilities; 0 is best'),
  baseBrier: z.number().describe('The same where everyone is given the base rate'),
  reliability: z
    .array(
      z.object({
        rows: z.number().int(),
        predicted: z.number(),
        observed: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    )
    .describe('Fifths of the customers from the least to the most probable: predicted against what came true'),
});

/** A set of channels through which customers went about one group of reasons, and how often they left afterwards. */
export const Combination = z.object({
  channels: z.array(z.string()).describe('`several` alone: any two or more'),
  intentGroup: z.string(),
  customers: z.number().int(),
  left: z.number().int(),
  share: z
    .number()
    .describe('Of the customers at cut-offs before which they went through it, those who left within the window'),
  shareOthers: z.number().describe('The same of customers who had not gone through it'),
  ratio: z
    .number()
    .nullable()
    .describe(
      'How many times as often as others with as many contacts at the same time, alike in the stronger combinations (Mantel-Haenszel)',
    ),
  low: z.number().nullable().describe('Lower bound of the 95 % interval of the ratio'),
  high: z.number().nullable(),
  isClear: z.boolean().describe('Still found after allowing for how many combinations were looked at'),
});

export const ChurnOverview = z.object({
  method: z.string().describe('`learned` or `rules`: what scores customers now'),
  reason: z.string().describe('Why'),
  version: z.number().int().nullable(),
  madeAt: Instant.nullable(),
  windowDays: z.number().int(),
  outcomes: z.object({
    reported: z.number().int().describe('Departures that were reported by file or API'),
    customers: z.number().int().describe('Customers of whom a departure is known, by report or event'),
    unmatched: z.number().int().describe('Reported of an address that no conversation has'),
    rejected: z.number().int().describe('Rows that were refused'),
    lastLeftAt: Instant.nullable(),
  }),
  report: z
    .object({ train: Count, calibrate: Count, report: Count, measures: Measures.nullable() })
    .nullable()
    .describe('Customers at cut-offs that were learned from, calibrated with, and measured on, in the order of time'),
  combinations: z.array(Combination),
});

export const OutcomesBody = z.object({
  file: z.string().min(1).max(200).describe('Name under which refused rows are kept'),
  offset: z.number().int().min(0).default(0).describe('Rows of the file that were sent before these'),
  replace: z.boolean().default(false).describe('Forget all departures reported before'),
  rows: z
    .array(z.record(z.string(), z.unknown()))
    .max(5000)
    .describe('`customer` (an address or an id), `left_at`, and `type` and `source` of other addresses'),
});

export const OutcomesResult = z.object({
  rows: z.number().int(),
  added: z.number().int(),
  rejected: z.array(z.object({ row: z.number().int(), reason: z.string() })),
});

export type ChurnOverview = z.infer<typeof ChurnOverview>;
export type Combination = z.infer<typeof Combination>;
export type Measures = z.infer<typeof Measures>;
export type OutcomesBody = z.infer<typeof OutcomesBody>;
export type OutcomesResult = z.infer<typeof OutcomesResult>;
