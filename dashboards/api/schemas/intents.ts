import { z } from 'zod';
import { Instant } from './shared.ts';

export const OwnIntentExample = z.object({
  intent: z.string().trim().min(1).max(100),
  text: z.string().trim().min(1).max(2000),
});

/** The whole set: it takes the place of the one in force. */
export const OwnIntentsBody = z.object({ examples: z.array(OwnIntentExample).min(2).max(10_000) });

/** What cross-validation says of texts that were not learnt from; all shares are from 0 to 1. */
export const OwnIntentReport = z.object({
  method: z.enum(['least_squares', 'centroid']),
  examples: z.number().int(),
  accuracy: z.number(),
  accuracyWithUnknown: z.number().describe('Right, and sure enough to say so'),
  unknownRefused: z.number().describe('Texts of an intent that was not learnt, and that were called unknown'),
  threshold: z.number(),
  intents: z.array(
    z.object({ intent: z.string(), examples: z.number().int(), accuracy: z.number(), needsExamples: z.boolean() }),
  ),
  confusions: z.array(z.object({ intent: z.string(), found: z.string(), count: z.number().int() })),
  confusing: z
    .array(z.object({ intent: z.string(), text: z.string(), found: z.string() }))
    .describe('Examples that look like those of another intent'),
});

/** How far the version in force is read in what customers said. */
const BackFill = z.object({
  isDone: z.boolean().describe('All that was read so far is read with the version in force'),
  version: z.number().int().describe('The newest one that was applied to the whole history; 0 before there was any'),
  doneAt: Instant.nullable(),
});

const OwnIntentVersion = z.object({
  version: z.number().int(),
  model: z.string(),
  madeAt: Instant,
  intents: z.number().int().describe('0 where they were removed'),
  examples: z.number().int(),
  accuracy: z.number().nullable().describe('Cross-validated: right, and sure enough to say so'),
});

const OwnIntentCount = z.object({
  intent: z.string(),
  utterances: z.number().int(),
  conversations: z.number().int(),
});

export const OwnIntents = z.object({
  version: z.number().int().describe('0 before there was any'),
  model: z.string().nullable(),
  madeAt: Instant.nullable(),
  examples: z.array(OwnIntentExample),
  report: OwnIntentReport.nullable(),
  utterances: z.number().int().describe('In which one of them is seen'),
  counts: z.array(OwnIntentCount).describe('Where each of them is seen in the whole history, most first'),
  backFill: BackFill,
  versions: z.array(OwnIntentVersion).describe('The newest first'),
});

export type OwnIntentsBody = z.output<typeof OwnIntentsBody>;
export type OwnIntents = z.infer<typeof OwnIntents>;
export type OwnIntentExample = z.output<typeof OwnIntentExample>;
