import type { Scored } from '../encoder/chunks.ts';
import { groupOfIntent } from '../intent.ts';
import { findOutcome } from '../outcome/outcome.ts';
import type { OutcomeModel } from '../outcome/outcome-model.ts';
import type { PromiseModel } from '../outcome/promise.ts';
import type { SummaryModel } from '../summaries/salience.ts';
import type { SentimentLabel } from '../sentiment.ts';
import type { Outcome, SpokenTurn } from '../text/spoken-turn.ts';
import { summarize, type Summary } from '../summaries/summary.ts';

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
  /** As in TextSignals; empty where the language is not supported. */
  readonly outcomes: readonly (readonly number[])[];
  readonly promises: readonly number[];
}

/** What was fitted for whole contacts. */
export interface InteractionModels {
  readonly summary: SummaryModel;
  readonly outcome: OutcomeModel;
  readonly promise: PromiseModel;
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
  models: InteractionModels,
  utterances: readonly ReadUtterance[],
  events: readonly string[],
): InteractionSignals {
  const spoken = utterances.filter(({ isAutomatic }) => !isAutomatic);
  const customer = spoken.filter(({ role }) => role === 'customer');
  const scored = customer.filter(({ isSupported, sentiment }) => isSupported && sentiment !== null);
  const turns = spoken.map(spokenTurn);
  const outcome = findOutcome(models.outcome, turns, events);
  return {
    customerUtterances: customer.length,
    scoredUtterances: scored.length,
    ...sentimentOf(scored.map(({ sentiment }) => sentiment!)),
    agentSentiment: mean(
      spoken.flatMap(({ role, sentiment }) => (role === 'agent' && sentiment !== null ? [sentiment] : [])),
    ),
    frustratedUtterances: scored.filter(({ isFrustrated }) => isFrustrated).length,
    isFrustrated: scored.length === 0 ? null : scored.some(({ isFrustrated }) => isFrustrated),
    intents: intentsOf(spoken),
    emotion: emotionOf(scored),
    outcome: outcome.outcome,
    outcomeUtteranceId: outcome.utteranceId,
    language: commonest(
      spoken.flatMap(({ language, text }) => (language ? [{ name: language, score: text.length }] : [])),
    ),
    summary: summarize(models, spoken, outcome),
  };
}

const spokenTurn = (one: ReadUtterance): SpokenTurn => ({
  ...one,
  score: one.sentiment,
  sentiment: one.label,
  intents: one.intents.map(({ name }) => name),
});

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

/** What each further turn of the customer weighs, beside the one before: why people get in touch, they say at the start. */
const laterShare = 0.7;
/** Agents repeat in their own words what it is about, and name what they did as well. */
const agentShare = 0.5;

/**
 * The reasons, best first, by the sum of their mentions; each with the score of its strongest one. A reason that only the
 * agent names counts where the customer names none.
 */
function intentsOf(spoken: readonly ReadUtterance[]): Scored[] {
  const sums = new Map<string, Scored & { readonly sum: number; readonly isAsked: boolean }>();
  let weight = 1;
  for (const { role, isSupported, intents, act } of spoken) {
    // "Bye bye" is no threat to leave.
    if (act === 'closing' && weight < 1) continue;
    const isAsked = role === 'customer';
    const share = isAsked ? 1 : role === 'agent' ? agentShare : 0;
    for (const { name, score } of isSupported && share > 0 ? intents : []) {
      const before = sums.get(name);
      const worth = score * share * weight * (mannerGroups.has(groupOfIntent(name)) ? 0.5 : 1);
      sums.set(name, {
        name,
        score: Math.max(before?.score ?? 0, score),
        sum: (before?.sum ?? 0) + worth,
        isAsked: isAsked || (before?.isAsked ?? false),
      });
    }
    if (isAsked) weight *= laterShare;
  }
  const all = [...sums.values()];
  const asked = all.filter(({ isAsked }) => isAsked);
  const ordered = (asked.length > 0 ? asked : all).sort((left, right) => right.sum - left.sum);
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
