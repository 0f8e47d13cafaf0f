import type { PromiseModel } from '../outcome/promise.ts';
import type { SummaryModel } from './salience.ts';
import { isCourtesy } from '../text/courtesy.ts';
import { splitSentences } from '../text/sentences.ts';
import type { OutcomeFound } from '../text/spoken-turn.ts';
import { scorePlaces } from './summary-place.ts';

export interface SummaryTurn {
  readonly utteranceId: string;
  readonly role: string;
  readonly text: string;
  readonly act: string | null;
  /** One number for each sentence of the text; empty where the language is not supported. */
  readonly salience: readonly number[];
  /** For each sentence, 0 to 1, that it promises something; empty like `salience`. */
  readonly promises: readonly number[];
}

export interface SummaryModels {
  readonly summary: SummaryModel;
  readonly promise: Pick<PromiseModel, 'threshold'>;
}

/** A sentence of the summary; `start` and `end` are offsets into the utterance's text, in UTF-16 units. */
export interface SummaryPart {
  readonly part: 'issue' | 'action' | 'outcome' | 'promise' | 'open question';
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
  readonly promise: number;
}

const picksOfEachSide = 2;
/** A second sentence stands where at least one of five people would pick it; as log-odds. */
const furtherStrength = Math.log(0.2 / 0.8);
const mostPromises = 2;
/** Acts that say what was done about the matter, and those that never do. */
const doingActs = new Set(['promise', 'instruct', 'inform', 'confirm']);
const emptyActs = new Set(['greeting', 'thanks', 'closing', 'chitchat', 'hold']);
const asks = new Set(['question', 'request']);
const noIssue = new Set([...emptyActs, 'praise']);

/**
 * An extractive summary: the one or two sentences of each side that people would most likely pick, in the order they
 * were said, each with the part it plays. What the customer wants is the issue, what the company did the action; the
 * sentence that says how it ended is the outcome, a last question that nobody answered is the open question, and what
 * the company still has to do as promised stands last; a sentence may be both. Null where no sentence was scored.
 */
export function summarize(
  { summary: model, promise }: SummaryModels,
  turns: readonly SummaryTurn[],
  found: OutcomeFound,
): Summary | null {
  const candidates = turns.flatMap(candidatesOf);
  if (candidates.length === 0) return null;
  const scores = scorePlaces(model, candidates);
  const strength = new Map(candidates.map((candidate, index) => [candidate, scores[index]! + bonusOf(candidate)]));
  const picked = new Map<Candidate, SummaryPart['part']>();
  for (const one of tellingOf(issuesOf(candidates), strength)) picked.set(one, 'issue');
  for (const one of tellingOf(actionsOf(candidates), strength)) picked.set(one, 'action');
  const settling = strongestFirst(
    candidates.filter((candidate) => isFound(candidate, found)),
    strength,
  )[0];
  if (settling) picked.set(settling, 'outcome');
  const open = openQuestion(candidates, found);
  if (open) picked.set(open, 'open question');
  const promised = openPromises(candidates, settling, found, promise.threshold);
  return composed([
    ...candidates.filter((candidate) => picked.has(candidate)).map((one) => partOf(one, picked.get(one)!)),
    ...promised.map((one) => partOf(one, 'promise')),
  ]);
}

/** What is no matter is no issue, unless there is nothing else. */
function issuesOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const customer = candidates.filter(isCustomer);
  const telling = customer.filter(({ text }) => !isCourtesy(text));
  const issues = telling.filter(({ turn }) => !noIssue.has(turn.act ?? ''));
  return [issues, telling, customer].find(({ length }) => length > 0) ?? [];
}

/** What is only polite is no action; a contact in which nothing else was said at all is told by it all the same. */
function actionsOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const company = candidates.filter((each) => !isCustomer(each));
  return company.length === candidates.length ? company : company.filter(({ text }) => !isCourtesy(text));
}

const isCustomer = ({ role }: Candidate): boolean => role === 'customer';

type Strengths = ReadonlyMap<Candidate, number>;

const strongestFirst = (side: readonly Candidate[], strength: Strengths): Candidate[] =>
  side.toSorted((left, right) => strength.get(right)! - strength.get(left)!);

const tellingOf = (side: readonly Candidate[], strength: Strengths): Candidate[] =>
  withoutRepeats(strongestFirst(side, strength))
    .slice(0, picksOfEachSide)
    .filter((one, index) => index === 0 || strength.get(one)! >= furtherStrength);

/** The same words again, which bots and impatient people say, are told once. */
function withoutRepeats(side: readonly Candidate[]): Candidate[] {
  const said = new Set<string>();
  return side.filter(({ text }) => !said.has(text.toLowerCase()) && said.add(text.toLowerCase()));
}

const isFound = ({ turn, position }: Candidate, { utteranceId, sentence }: OutcomeFound): boolean =>
  turn.utteranceId === utteranceId && (sentence === undefined || sentence === position);

/**
 * What the company promised and, as far as this contact tells, has not done yet: what settles the matter later fulfils
 * it.
 */
function openPromises(
  candidates: readonly Candidate[],
  settling: Candidate | undefined,
  { outcome }: OutcomeFound,
  threshold: number,
): Candidate[] {
  const isFulfilled = ({ utterance }: Candidate): boolean =>
    outcome === 'resolved' && settling !== undefined && settling.utterance > utterance;
  return candidates
    .filter((one) => one.promise >= threshold && !isFulfilled(one) && !isCourtesy(one.text))
    .slice(-mostPromises);
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
    promise: turn.promises[position] ?? 0,
  }));
}

function bonusOf({ turn, role }: Candidate): number {
  if (emptyActs.has(turn.act ?? '')) return role === 'customer' ? -0.5 : -2;
  return role !== 'customer' && doingActs.has(turn.act ?? '') ? 0.2 : 0;
}

/**
 * The customer's last question or request, where nobody spoke for the company after it and the matter is not settled.
 */
function openQuestion(candidates: readonly Candidate[], { outcome }: OutcomeFound): Candidate | undefined {
  if (outcome === 'resolved') return undefined;
  const lastAnswer = candidates.findLastIndex(({ role }) => role !== 'customer');
  return candidates
    .slice(lastAnswer + 1)
    .findLast(({ turn, text }) => text.endsWith('?') || (asks.has(turn.act ?? '') && text.includes(' ')));
}

const partOf = ({ text, start, end, turn }: Candidate, part: SummaryPart['part']): SummaryPart => ({
  part,
  text,
  utteranceId: turn.utteranceId,
  start,
  end,
});

/** A sentence that plays two parts is said once, in the place where it was said. */
function composed(parts: readonly SummaryPart[]): Summary {
  const placed = new Map(parts.map((part) => [`${part.utteranceId} ${part.start}`, part.text]));
  return { text: [...placed.values()].join(' '), parts };
}
