import { linear, type SummaryModel } from './salience.ts';

/** One sentence of a conversation, in order of speaking. */
export interface PlacedSentence {
  readonly text: string;
  readonly role: string;
  /** Which utterance it stands in, and where in it, from 0. */
  readonly utterance: number;
  readonly position: number;
  /** 0 to 1. */
  readonly salience: number;
}

/** Scores for a whole conversation, in the order given; higher means more people would put it in a summary. */
export const scorePlaces = (model: SummaryModel, sentences: readonly PlacedSentence[]): number[] =>
  placesOf(sentences).map((features) => linear(model.place, Float32Array.from(features)));

/**
 * Where each sentence stands among those of its own side: length against the longest, rank by length, place from first to
 * last, first in its turn; then the logit of its salience. Customer and agent have weights of their own.
 */
export function placesOf(sentences: readonly PlacedSentence[]): number[][] {
  const sides = [sentences.filter(isCustomer), sentences.filter((sentence) => !isCustomer(sentence))];
  const ranks = new Map<PlacedSentence, { length: number; index: number; side: readonly PlacedSentence[] }>();
  for (const side of sides) {
    const byLength = side.toSorted((left, right) => right.text.length - left.text.length);
    byLength.forEach((sentence, length) => ranks.set(sentence, { length, index: -1, side }));
    side.forEach((sentence, index) => ranks.set(sentence, { ...ranks.get(sentence)!, index }));
  }
  return sentences.map((sentence) => placeOf(sentence, ranks.get(sentence)!));
}

function placeOf(
  sentence: PlacedSentence,
  { length, index, side }: { length: number; index: number; side: readonly PlacedSentence[] },
): number[] {
  const words = sentence.text.split(' ').length;
  const longest = side.reduce((most, { text }) => Math.max(most, text.length), 1);
  const place = [
    Math.log1p(words),
    sentence.text.length / longest,
    1 / (1 + length),
    side.length > 1 ? index / (side.length - 1) : 0,
    Number(index === 0),
    Number(index === 1),
    Number(index === side.length - 1),
    Number(sentence.position === 0),
    Number(sentence.utterance === 0),
    Math.log(side.length),
    Number(sentence.text.includes('?')),
    Number(words < 4),
  ];
  const customer = Number(isCustomer(sentence));
  const salience = Math.min(Math.max(sentence.salience, 1e-6), 1 - 1e-6);
  return [...place, ...place.map((value) => value * customer), customer, Math.log(salience / (1 - salience))];
}

const isCustomer = ({ role }: PlacedSentence): boolean => role !== 'agent' && role !== 'bot';
