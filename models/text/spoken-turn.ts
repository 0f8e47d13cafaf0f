import type { SentimentLabel } from '../sentiment.ts';

/** How a contact can end, in the order of the fitted model's classes. */
export const outcomes = ['resolved', 'not_resolved', 'handed_over', 'gave_up'] as const;

export type Outcome = (typeof outcomes)[number] | 'unknown';

export interface SpokenTurn {
  readonly utteranceId: string;
  readonly role: string;
  readonly text: string;
  /** Null where the language is not supported. */
  readonly act: string | null;
  readonly sentiment: SentimentLabel | null;
  /** −1 to 1. */
  readonly score: number | null;
  readonly isFrustrated: boolean;
  readonly intents: readonly string[];
  /** For each sentence, and each of `outcomes`, the log-odds that it says so, by its words alone. Empty where not read. */
  readonly outcomes: readonly (readonly number[])[];
}

export interface OutcomeFound {
  readonly outcome: Outcome;
  /** The utterance that says so; null where an event does, or nothing. */
  readonly utteranceId: string | null;
  /** Which of its sentences, from 0; left out where only the utterance is known. */
  readonly sentence?: number;
}
