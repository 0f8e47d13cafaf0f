import type { Scored } from './chunks.ts';
import { groupOfIntent } from './intent.ts';
import { findOutcome, type Outcome } from './outcome.ts';
import type { SummaryModel } from './salience.ts';
import type { SentimentLabel } from './sentiment.ts';
import { summarize, type Summary } from './summary.ts';

/** One utterance of an interaction with what the models read in it, in order of speaking. */
export interface ReadUtterance {
  readonly utteranceId: string;
  readonly role: string;
  readonly text: string;
  readonly isAutomatic: boolean;
  readonly language: string | null;
  /** False where the language is not supported; all signals are empty then. */
  readonly isSupported: boolean;
  readonly sentiment: number | null;
  readonly label: SentimentLabel | null;
  readonly isFrustrated: boolean;
  readonly emotions: readonly Scored[];
  readonly intents: readonly Scored[];
  readonly act: string | null;
  readonly salience: readonly number[];
}

export interface InteractionSignals {
  readonly customerUtterances: number;
  readonly scoredUtterances: number;
  readonly sentiment: number | null;
  readonly sentimentStart: number | null;
  readonly sentimentEnd: number | null;
  readonly sentimentShift: number | null;
  readonly sentimentLowest: number | null;
  readonly agentSentiment: number | null;
  readonly frustratedUtterances: number;
  readonly isFrustrated: boolean | null;
  readonly intents: readonly Scored[];
  readonly emotion: string | null;
  readonly outcome: Outcome;
  readonly outcomeUtteranceId: string | null;
  readonly language: string | null;
  readonly summary: Summary | null;
}

/**
 * What one interaction amounts to. Sentiment is the mean over the customer's own utterances, start and end that of their
 * first and last third, shift = end − start (null for fewer than two utterances). Machines' messages count for nothing.
 */
export function readInteraction(
  model: SummaryModel,
  utterances: readonly ReadUtterance[],
  events: readonly string[],
): InteractionSignals {
  const spoken = utterances.filter(({ isAutomatic }) => !isAutomatic);
  const customer = spoken.filter(({ role }) => role === 'customer');
  const scored = customer.filter(({ isSupported, sentiment }) => isSupported && sentiment !== null);
  const turns = spoken.map((one) => ({ ...one, sentiment: one.label, intents: one.intents.map(({ name }) => name) }));
  const outcome = findOutcome(turns, events);
  return {
    customerUtterances: customer.length,
    scoredUtterances: scored.length,
    ...sentimentOf(scored.map(({ sentiment }) => sentiment!)),
    agentSentiment: mean(
      spoken.flatMap(({ role, sentiment }) => (role === 'agent' && sentiment !== null ? [sentiment] : [])),
    ),
    frustratedUtterances: scored.filter(({ isFrustrated }) => isFrustrated).length,
    isFrustrated: scored.length === 0 ? null : scored.some(({ isFrustrated }) => isFrustrated),
    intents: intentsOf(scored),
    emotion: emotionOf(scored),
    outcome: outcome.outcome,
    outcomeUtteranceId: outcome.utteranceId,
    language: commonest(
      spoken.flatMap(({ language, text }) => (language ? [{ name: language, score: text.length }] : [])),
    ),
    summary: summarize(model, spoken, outcome),
  };
}

function sentimentOf(scores: readonly number[]) {
  const third = Math.ceil(scores.length / 3);
  const sentimentStart = mean(scores.slice(0, third));
  const sentimentEnd = mean(scores.slice(scores.length - third));
  return {
    sentiment: mean(scores),
    sentimentStart,
    sentimentEnd,
    sentimentShift: scores.length < 2 ? null : sentimentEnd! - sentimentStart!,
    sentimentLowest: scores.length === 0 ? null : Math.min(...scores),
  };
}

/** Reasons that say how the matter was handled; they name it only where nothing else does. */
const mannerGroups = new Set(['complaint', 'praise', 'contact', 'feedback']);

/** The strongest mention of each reason; those in the customer's first two utterances are a little ahead: they say why. */
function intentsOf(customer: readonly ReadUtterance[]): Scored[] {
  const strongest = new Map<string, Scored & { readonly rank: number }>();
  customer.forEach(({ intents }, index) => {
    for (const { name, score } of intents) {
      const rank = score * (index < 2 ? 1.25 : 1) * (mannerGroups.has(groupOfIntent(name)) ? 0.5 : 1);
      if (rank > (strongest.get(name)?.rank ?? 0)) strongest.set(name, { name, score, rank });
    }
  });
  const ordered = [...strongest.values()].sort((left, right) => right.rank - left.rank);
  return ordered.slice(0, 5).map(({ name, score }) => ({ name, score }));
}

/** The emotion shown most over all of the customer's words; neutral where there is no other. */
function emotionOf(customer: readonly ReadUtterance[]): string | null {
  if (customer.length === 0) return null;
  return commonest(customer.flatMap(({ emotions }) => emotions.filter(({ name }) => name !== 'neutral'))) ?? 'neutral';
}

function commonest(mentions: readonly Scored[]): string | null {
  const sums = new Map<string, number>();
  for (const { name, score } of mentions) sums.set(name, (sums.get(name) ?? 0) + score);
  return [...sums].sort(([, left], [, right]) => right - left)[0]?.[0] ?? null;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
