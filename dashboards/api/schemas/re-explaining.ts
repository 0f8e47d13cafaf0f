import { z } from 'zod';
import { Id, Instant } from './shared.ts';

const SaidSentence = z.object({
  interactionId: Id,
  utteranceId: Id,
  occurredAt: Instant.nullable(),
  text: z.string().describe('The sentence'),
  start: z.number().int(),
  end: z.number().int(),
});

/** The customer said to somebody new what was said before; `start` and `end` count in the utterance's text. */
export const ReExplaining = z.object({
  episodeId: z.string(),
  earlier: SaidSentence,
  later: SaidSentence,
  score: z.number().describe('0 to 1'),
  cue: z.string().nullable().describe('The words that say that it is said again'),
});

export type ReExplaining = z.infer<typeof ReExplaining>;
