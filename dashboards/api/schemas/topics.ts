import { z } from 'zod';
import { Day, Id, Instant } from './shared.ts';

export const Topic = z.object({
  id: Id.describe('The same from run to run'),
  label: z.string(),
  words: z.array(z.string()),
  utterances: z.number().int(),
  weekly: z.array(z.object({ from: Day, utterances: z.number().int() })).describe('Seven days each, the newest last'),
  growth: z.number().nullable().describe('The last week over what the four before it let expect'),
  isGrowing: z.boolean(),
  isNew: z.boolean(),
  examples: z.array(z.object({ utteranceId: Id, interactionId: Id.nullable(), text: z.string() })),
  firstFoundAt: Instant,
});

export const TopicList = z.object({
  topics: z.array(Topic),
  madeAt: Instant.nullable(),
  model: z.string().nullable(),
});

export type Topic = z.infer<typeof Topic>;
export type TopicList = z.infer<typeof TopicList>;
