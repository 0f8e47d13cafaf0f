import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sigmoid } from './heads.ts';
import { splitSentences, type Sentence } from './sentences.ts';
import { cosine } from './vectors.ts';

/** One thing said in an episode, with its stored vector where it was read. */
export interface EpisodeUtterance {
  readonly utteranceId: string;
  readonly interactionId: string;
  readonly role: string;
  readonly text: string;
  /** Who of the company speaks; null for the customer. */
  readonly agentId: string | null;
  readonly isAutomatic: boolean;
  /** The contact was handed to somebody else between the utterance before and this one. */
  readonly isAfterTransfer: boolean;
  readonly act: string | null;
  readonly vector: Float32Array | null;
}

/** The customer said to somebody new what was said before; offsets point to the sentence in each text. */
export interface ReExplaining {
  readonly earlier: SaidSentence;
  readonly later: SaidSentence;
  /** 0 to 1. */
  readonly score: number;
  /** The words that say so, where there are any. */
  readonly cue: string | null;
}

export interface SaidSentence {
  readonly utteranceId: string;
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
}

/** Fitted by training/re-explaining.ts: weights for the features of `pairFeatures`, and the least score that counts. */
export interface ReExplainingModel {
  readonly weight: readonly number[];
  readonly bias: number;
  readonly threshold: number;
}

interface Saying {
  readonly text: string;
  readonly vector: Float32Array;
}

export const reExplainingFile = join(import.meta.dirname, 're-explaining.json');
let fitted: ReExplainingModel | undefined;
export const readReExplainingModel = (): ReExplainingModel =>
  (fitted ??= JSON.parse(readFileSync(reExplainingFile, 'utf8')) as ReExplainingModel);

/** Turns after a hand-over that are looked at: who has not told it again by then will not. */
const turnsAfterHandOver = 4;
const fewestWords = 4;
const noMatter = new Set(['greeting', 'thanks', 'closing', 'praise', 'confirm', 'chitchat']);

const cue =
  /\b(?:as|like|what) (?:i|we)(?:'ve| have)? (?:already |just )?(?:said|told|explained|mentioned|wrote|written|described)\b|\b(?:i|we)(?:'ve| have)? (?:already |just |only )(?:said|told|explained|mentioned|wrote|written|described|asked|been through|went through|gone through)\b|\b(?:i|we)(?:'ve| have)? (?:said|told|explained|mentioned|asked)\b.{0,40}\b(?:before|already|twice|times|yesterday|colleague|colleagues|agent|bot|chat|phone|people)\b|\b(?:second|third|fourth|fifth|nth|2nd|3rd|4th) time (?:i|we|i'm|i am|i've|of)\b|\bfor the (?:second|third|fourth|fifth|umpteenth|2nd|3rd|4th|hundredth) time\b|\bhow many times\b|\b(?:repeat|repeating|explain|explaining|go through|say|tell) (?:myself|it|this|that|everything|all of it|all this|the whole (?:thing|story))(?: all)?(?: over)? again\b|\b(?:have|having|had) to (?:repeat|explain) (?:myself|it|this|everything)\b|\bagain from the (?:start|beginning|top)\b|\b(?:in|on) (?:your|the) (?:notes|file|ticket|system)\b.{0,20}\b(?:already|surely|all)\b|\b(?:surely|already|everything|all of it)\b.{0,12}\bin (?:your|the) (?:notes|file|ticket)\b|\b(?:told|explained(?: it| this| that)? to|spoke to|described it (?:all )?to) (?:your colleague|your colleagues|the last|the other|two|three|someone|somebody|the lady|the guy|the agent)\b/i;
const progress =
  /\b(?:any (?:news|update|progress)|status|has (?:it|the|someone|somebody|anyone)|have you|did (?:you|the|it)|just checking|when will|did (?:my|you))\b/i;

/** The words that say that the speaker says it again; null where there are none. */
export const findCue = (text: string): string | null => text.replaceAll('’', "'").match(cue)?.[0] ?? null;

/** What two sayings share: cosine of their vectors, share of the later one's words, a cue, a question about progress. */
export const pairFeatures = (earlier: Saying, later: Saying): number[] => [
  cosine(earlier.vector, later.vector),
  overlap(earlier.text, later.text),
  findCue(later.text) === null ? 0 : 1,
  progress.test(later.text) ? 1 : 0,
];

export const pairScore = ({ weight, bias }: ReExplainingModel, features: readonly number[]): number =>
  sigmoid(features.reduce((sum, value, index) => sum + value * weight[index]!, bias));

/**
 * The place in an episode, told in order, where the customer most plainly says to a new agent or on a new channel what was
 * said before; one at most for each hand-over. A pure function.
 */
export function findReExplaining(
  utterances: readonly EpisodeUtterance[],
  model: ReExplainingModel = readReExplainingModel(),
): ReExplaining[] {
  const parts = splitAtHandOvers(utterances);
  return parts.flatMap((part, index) => {
    const before = parts.slice(0, index).flat().filter(isStatement);
    const after = part.filter(isCustomer).slice(0, turnsAfterHandOver).filter(isStatement);
    const pairs = after.flatMap((later) => before.map((earlier) => comparePair(earlier, later, model)));
    const best = pairs.sort((left, right) => right.score - left.score)[0];
    return best && best.score >= model.threshold ? [best] : [];
  });
}

/** Cuts where a contact begins, where it was passed on, and where another agent (or an agent after a bot) first speaks. */
export function splitAtHandOvers<T extends EpisodeUtterance>(utterances: readonly T[]): T[][] {
  const parts: T[][] = [];
  let speaker: string | undefined;
  for (const [index, utterance] of utterances.entries()) {
    const before = utterances[index - 1];
    const isNewContact = before?.interactionId !== utterance.interactionId;
    const speaks = utterance.isAutomatic || isCustomer(utterance) ? undefined : (utterance.agentId ?? utterance.role);
    const isNewSpeaker = speaker !== undefined && speaks !== undefined && speaks !== speaker;
    if (isNewContact || isNewSpeaker || utterance.isAfterTransfer) parts.push([]);
    parts.at(-1)!.push(utterance);
    speaker = isNewContact ? speaks : (speaks ?? speaker);
  }
  return parts;
}

const isCustomer = ({ role }: EpisodeUtterance): boolean => role === 'customer';

type Statement = EpisodeUtterance & { readonly vector: Float32Array };

const isStatement = (utterance: EpisodeUtterance): utterance is Statement =>
  isCustomer(utterance) &&
  utterance.vector !== null &&
  !utterance.isAutomatic &&
  !noMatter.has(utterance.act ?? '') &&
  utterance.text.split(/\s+/).length >= fewestWords;

function comparePair(earlier: Statement, later: Statement, model: ReExplainingModel): ReExplaining {
  const [earlierSentence, laterSentence] = closestSentences(earlier.text, later.text);
  return {
    earlier: placeOf(earlier, earlierSentence),
    later: placeOf(later, laterSentence),
    score: pairScore(model, pairFeatures(earlier, later)),
    cue: findCue(later.text),
  };
}

const placeOf = ({ utteranceId, interactionId }: Statement, { start, end }: Sentence): SaidSentence => ({
  utteranceId,
  interactionId,
  start,
  end,
});

/** The two sentences that share the most words; the first of each text where none do. */
function closestSentences(earlier: string, later: string): [Sentence, Sentence] {
  const pairs = splitSentences(earlier).flatMap((left) =>
    splitSentences(later).map((right) => ({ left, right, shared: sharedWords(left.text, right.text) })),
  );
  const best = pairs.reduce((most, pair) => (pair.shared > most.shared ? pair : most));
  return [best.left, best.right];
}

const common = new Set(
  'the and for you your that this with have has had was were are not but they them there here from what when where which will would could can just also very been being after before about into over then than some any our out its who how why did does one get got still want need please hello thanks thank'.split(
    ' ',
  ),
);

/** The words with a meaning, cut to five letters, which is as good as a stem here. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .filter((word) => (word.length > 2 || /\d/.test(word)) && !common.has(word))
      .map((word) => word.slice(0, 5)),
  );

function sharedWords(left: string, right: string): number {
  const known = wordsOf(left);
  return [...wordsOf(right)].filter((word) => known.has(word)).length;
}

const overlap = (earlier: string, later: string): number =>
  sharedWords(earlier, later) / Math.max(Math.min(wordsOf(earlier).size, wordsOf(later).size), 1);
