import { z } from 'zod';
import { Day, Id, Instant } from './shared.ts';

export const Topic = z.object({
  id: Id.describe('The same from run to run'),
  label: z.string(),
  words: z.array(z.string()),
  utterances: z.number().int().describe('Of the whole history'),
  conversations: z.number().int().describe('That pass the filters, and in which it came up'),
  share: z.number().nullable().describe('Of all conversations that pass the filters'),
  weekly: z
    .array(z.object({ from: Day, utterances: z.number().int() }))
    .describe('Seven days each, the newest last, up to the newest word; the filters hold but for the period'),
  growth: z.number().nullable().describe('The last week over what the four before it let expect'),
  isGrowing: z.boolean(),
  isNew: z.boolean(),
  examples: z.array(z.object({ utteranceId: Id, interactionId: Id, text: z.string() })),
  firstFoundAt: Instant,
});

export const TopicList = z.object({
  topics: z.array(Topic),
  conversations: z.number().int().describe('All that pass the filters'),
  madeAt: Instant.nullable(),
  model: z.string().nullable(),
});

export type Topic = z.infer<typeof Topic>;
export type TopicList = z.infer<typeof TopicList>;
