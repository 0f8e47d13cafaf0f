import type { OutcomeFound } from './outcome.ts';
import type { SummaryModel } from './salience.ts';
import { splitSentences } from './sentences.ts';
import { scorePlaces } from './summary-place.ts';

export interface SummaryTurn {
  readonly utteranceId: string;
  readonly role: string;
  readonly text: string;
  readonly act: string | null;
  /** One number for each sentence of the text; empty where the language is not supported. */
  readonly salience: readonly number[];
}

/** A sentence of the summary; `start` and `end` are offsets into the utterance's text, in UTF-16 units. */
export interface SummaryPart {
  readonly part: 'issue' | 'action' | 'outcome' | 'open question';
  readonly text: string;
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
}

export interface Summary {
  readonly text: string;
  readonly parts: readonly SummaryPart[];
}

interface Candidate {
  readonly turn: SummaryTurn;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly utterance: number;
  readonly position: number;
  readonly role: string;
  readonly salience: number;
}

const picksOfEachSide = 2;
/** Acts that say what was done about the matter, and those that never do. */
const doingActs = new Set(['promise', 'instruct', 'inform', 'confirm']);
const emptyActs = new Set(['greeting', 'thanks', 'closing', 'chitchat', 'hold']);

/**
 * An extractive summary: the two sentences of each side that people would most likely pick, in the order they were said,
 * each with the part it plays. What the customer wants is the issue, what the company did the action; the sentence that
 * settles the matter is the outcome, and a last question that nobody answered is the open question.
 * Null where no sentence was scored.
 */
export function summarize(model: SummaryModel, turns: readonly SummaryTurn[], found: OutcomeFound): Summary | null {
  const candidates = turns.flatMap(candidatesOf);
  if (candidates.length === 0) return null;
  const scores = scorePlaces(model, candidates);
  const strength = new Map(candidates.map((candidate, index) => [candidate, scores[index]! + bonusOf(candidate)]));
  const isCustomer = ({ role }: Candidate): boolean => role === 'customer';
  const best = (side: readonly Candidate[]): Candidate[] =>
    side.toSorted((left, right) => strength.get(right)! - strength.get(left)!);
  const picked = new Map<Candidate, SummaryPart['part']>();
  for (const one of best(candidates.filter(isCustomer)).slice(0, picksOfEachSide)) picked.set(one, 'issue');
  for (const one of best(candidates.filter((each) => !isCustomer(each))).slice(0, picksOfEachSide))
    picked.set(one, 'action');
  const settling = best(candidates.filter(({ turn }) => turn.utteranceId === found.utteranceId))[0];
  if (settling) picked.set(settling, 'outcome');
  const open = openQuestion(candidates, found);
  if (open) picked.set(open, 'open question');
  return composed(candidates.filter((candidate) => picked.has(candidate)).map((one) => partOf(one, picked.get(one)!)));
}

function candidatesOf(turn: SummaryTurn, utterance: number): Candidate[] {
  const sentences = splitSentences(turn.text);
  if (turn.salience.length !== sentences.length) return [];
  return sentences.map(({ text, start, end }, position) => ({
    turn,
    text,
    start,
    end,
    utterance,
    position,
    role: turn.role,
    salience: turn.salience[position]!,
  }));
}

function bonusOf({ turn, role }: Candidate): number {
  if (emptyActs.has(turn.act ?? '')) return role === 'customer' ? -0.5 : -2;
  return role !== 'customer' && doingActs.has(turn.act ?? '') ? 0.2 : 0;
}

/** The customer's last question or request, where nobody spoke for the company after it and the matter is not settled. */
function openQuestion(candidates: readonly Candidate[], { outcome }: OutcomeFound): Candidate | undefined {
  if (outcome === 'resolved') return undefined;
  const lastAnswer = candidates.findLastIndex(({ role }) => role !== 'customer');
  return candidates
    .slice(lastAnswer + 1)
    .findLast(({ turn, text }) => text.endsWith('?') || turn.act === 'question' || turn.act === 'request');
}

const partOf = ({ text, start, end, turn }: Candidate, part: SummaryPart['part']): SummaryPart => ({
  part,
  text,
  utteranceId: turn.utteranceId,
  start,
  end,
});

const composed = (parts: readonly SummaryPart[]): Summary => ({ text: parts.map(({ text }) => text).join(' '), parts });
