import { z } from 'zod';
import { Id, Instant } from './shared.ts';

export const historyParts = ['reason', 'done', 'outcome', 'promise', 'next step'] as const;
export const historyStates = ['ready', 'not read yet', 'not supported', 'nothing said'] as const;

export const SentencesQuery = z.object({
  sentences: z.coerce.number().int().min(1).max(30).default(6).describe('How long the summary may be'),
});

export const HistoryQuery = SentencesQuery.extend({
  style: z
    .enum(['extractive', 'abstractive'])
    .default('extractive')
    .describe('`abstractive` asks the endpoint in the configuration; where it fails, the extractive one stands'),
});

/** A sentence that was said, and where; `start` and `end` count in the utterance's text. */
export const SaidSentence = z.object({
  text: z.string(),
  role: z.string(),
  utteranceId: Id,
  start: z.number().int(),
  end: z.number().int(),
  occurredAt: Instant.nullable(),
  interactionId: Id,
  episodeId: z.string().nullable(),
  channel: z.string(),
});

export const HistorySentence = z.object({
  part: z.enum(historyParts).nullable().describe('Null where the endpoint did not say which'),
  text: z.string(),
  restsOn: z.array(SaidSentence).min(1),
});

/** The history of a customer, an episode or one conversation in a few sentences. */
export const HistorySummary = z.object({
  method: z.enum(['extractive', 'abstractive']).describe('`extractive`: in the words of the conversations'),
  state: z.enum(historyStates).describe('Why there are no sentences; `ready` where there are'),
  sentences: z.array(HistorySentence),
  outcome: z.string().nullable().describe('How the newest contact ended'),
  isResolved: z.boolean(),
  countContacts: z.number().int(),
  countUnread: z.number().int().describe('Contacts that the models have not read yet'),
  countUnsupported: z.number().int().describe('Contacts in languages that the models do not read; they are left out'),
  unsupportedLanguages: z.array(z.string()),
  model: z.string().nullable(),
  revision: z.number().int().describe('Rises when one of the contacts is read again'),
  canBeAbstractive: z.boolean().describe('Whether an endpoint is configured'),
  writer: z.string().nullable().describe('The model that wrote an abstractive summary'),
  struck: z
    .array(z.object({ text: z.string(), reason: z.string() }))
    .describe('Sentences of the endpoint that nothing said supports'),
  note: z.string().nullable().describe('Why the extractive summary stands where an abstractive one was asked for'),
});

export type HistoryQuery = z.output<typeof HistoryQuery>;
export type HistorySentence = z.infer<typeof HistorySentence>;
export type HistorySummary = z.infer<typeof HistorySummary>;
export type SaidSentence = z.infer<typeof SaidSentence>;
