import { z } from 'zod';
import { readFittedFile } from '../fitted-file.ts';
import { sigmoid } from '../encoder/heads.ts';
import { splitSentences, type Sentence } from '../text/sentences.ts';
import { cosine } from '../encoder/vectors.ts';

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

export interface Saying {
  readonly text: string;
  readonly act: string | null;
  readonly vector: Float32Array;
}

/** Where two sayings stand to each other. */
export interface PairPlace {
  /** The later one follows a new contact, not a hand-over within one. */
  readonly isNewContact: boolean;
  /** Turns of the customer between the hand-over and the later one. */
  readonly turnsSinceHandOver: number;
  /** The earlier one is the first in the episode that is about a matter. */
  readonly isFirst: boolean;
}

export const reExplainingFile = 're-explaining.json';

/** Numbers in `pairFeatures`. */
const featureCount = 24;

/** Reads the file that training wrote. Throws InvalidModelError with its name. */
export const readReExplainingModel = (folder: string): ReExplainingModel =>
  readFittedFile(
    folder,
    reExplainingFile,
    z.object({
      weight: z.array(z.number()).length(featureCount),
      bias: z.number(),
      threshold: z.number().min(0).max(1),
    }),
  );

/** Turns after a hand-over that are looked at: who has not told it again by then will not. */
const turnsAfterHandOver = 4;
const noMatter = new Set(['greeting', 'thanks', 'closing', 'praise', 'confirm', 'chitchat']);

const cue =
  /\b(?:as|like|what) (?:i|we)(?:'ve| have)? (?:already |just )?(?:said|told|explained|mentioned|wrote|written|described)\b|\b(?:i|we)(?:'ve| have)? (?:already |just |only )(?:said|told|explained|mentioned|wrote|written|described|asked|been through|went through|gone through)\b|\b(?:i|we)(?:'ve| have)? (?:said|told|explained|mentioned|asked)\b.{0,40}\b(?:before|already|twice|times|yesterday|colleague|colleagues|agent|bot|chat|phone|people)\b|\b(?:second|third|fourth|fifth|nth|2nd|3rd|4th) time (?:i|we|i'm|i am|i've|of)\b|\bfor the (?:second|third|fourth|fifth|umpteenth|2nd|3rd|4th|hundredth) time\b|\bhow many times\b|\b(?:repeat|repeating|explain|explaining|go through|say|tell) (?:myself|it|this|that|everything|all of it|all this|the whole (?:thing|story))(?: all)?(?: over)? again\b|\b(?:have|having|had) to (?:repeat|explain) (?:myself|it|this|everything)\b|\bagain from the (?:start|beginning|top)\b|\b(?:in|on) (?:your|the) (?:notes|file|ticket|system)\b.{0,20}\b(?:already|surely|all)\b|\b(?:surely|already|everything|all of it)\b.{0,12}\bin (?:your|the) (?:notes|file|ticket)\b|\b(?:told|explained(?: it| this| that)? to|spoke to|described it (?:all )?to) (?:your colleague|your colleagues|the last|the other|two|three|someone|somebody|the lady|the guy|the agent)\b/i;
const progress =
  /\b(?:any (?:news|update|progress)|status|has (?:it|the|someone|somebody|anyone)|have you|did (?:you|the|it)|just checking|when will|did (?:my|you))\b/i;

/** The words that say that the speaker says it again; null where there are none. */
export const findCue = (text: string): string | null => text.replaceAll('’', "'").match(cue)?.[0] ?? null;

/**
 * What two sayings share (cosine of their vectors, words, numbers), whether the later one says that it is said again or asks
 * for progress, how long both are, what they do, and where they stand.
 */
export function pairFeatures(earlier: Saying, later: Saying, place: PairPlace): number[] {
  const [before, after] = [wordsOf(earlier.text), wordsOf(later.text)];
  const shared = [...after].filter((word) => before.has(word)).length;
  const [known, numbers] = [numbersOf(earlier.text), numbersOf(later.text)];
  const isNumberShared = [...numbers].some((number) => known.has(number));
  return [
    cosine(earlier.vector, later.vector),
    shared / Math.max(Math.min(before.size, after.size), 1),
    shared / Math.max(after.size, 1),
    shared / Math.max(before.size, 1),
    Math.log1p(shared),
    Number(isNumberShared),
    Number(numbers.size > 0 && !isNumberShared),
    Math.log1p(after.size),
    Math.log1p(before.size),
    ...[
      findCue(later.text) !== null,
      progress.test(later.text),
      later.text.includes('?'),
      noMatter.has(later.act ?? ''),
      later.act === 'problem',
      later.act === 'complaint',
      later.act === 'question',
      noMatter.has(earlier.act ?? ''),
      earlier.act === 'problem',
      earlier.act === 'question',
      place.isNewContact,
      place.turnsSinceHandOver === 0,
      place.turnsSinceHandOver === 1,
      place.isFirst,
    ].map(Number),
    Math.log1p(place.turnsSinceHandOver),
  ];
}

export const pairScore = ({ weight, bias }: ReExplainingModel, features: readonly number[]): number =>
  sigmoid(features.reduce((sum, value, index) => sum + value * weight[index]!, bias));

/**
 * The place in an episode, told in order, where the customer most plainly says to a new agent or on a new channel what was
 * said before; one at most for each hand-over. A pure function.
 */
export function findReExplaining(utterances: readonly EpisodeUtterance[], model: ReExplainingModel): ReExplaining[] {
  return pairsOf(utterances).flatMap((pairs) => {
    const scored = pairs.map((pair) => ({
      ...pair,
      score: pairScore(model, pairFeatures(pair.earlier, pair.later, pair)),
    }));
    const best = scored.sort((left, right) => right.score - left.score)[0];
    return best && best.score >= model.threshold ? [foundOf(best)] : [];
  });
}

export interface SayingPair extends PairPlace {
  readonly earlier: Statement;
  readonly later: Statement;
}

/** For each hand-over of an episode, what the customer says soon after it beside all that was said before. */
export function pairsOf(utterances: readonly EpisodeUtterance[]): SayingPair[][] {
  const parts = splitAtHandOvers(utterances);
  const first = utterances.find((utterance) => isStatement(utterance) && !noMatter.has(utterance.act ?? ''));
  return parts.slice(1).map((part, index) => {
    const before = parts.slice(0, index + 1).flat();
    const isNewContact = before.at(-1)!.interactionId !== part[0]!.interactionId;
    return part
      .filter(isCustomer)
      .slice(0, turnsAfterHandOver)
      .flatMap((later, turnsSinceHandOver) =>
        isStatement(later)
          ? before
              .filter(isStatement)
              .map((earlier) => ({ earlier, later, isNewContact, turnsSinceHandOver, isFirst: earlier === first }))
          : [],
      );
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

export type Statement = EpisodeUtterance & { readonly vector: Float32Array };

const isStatement = (utterance: EpisodeUtterance): utterance is Statement =>
  isCustomer(utterance) && utterance.vector !== null && !utterance.isAutomatic;

function foundOf({ earlier, later, score }: SayingPair & { score: number }): ReExplaining {
  const [earlierSentence, laterSentence] = closestSentences(earlier.text, later.text);
  return {
    earlier: placeOf(earlier, earlierSentence),
    later: placeOf(later, laterSentence),
    score,
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

/** Numbers of two digits or more, however they are grouped: order numbers, sums, dates. */
const numbersOf = (text: string): Set<string> =>
  new Set((text.match(/\d[\d.,:-]*\d/g) ?? []).map((number) => number.replace(/\D/g, '')));
