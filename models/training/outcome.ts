import { findEvidence } from '../outcome/outcome.ts';
import {
  applyRows,
  contactFeatures,
  outcomesOfSentences,
  placeFeatures,
  sentenceFeatures,
} from '../outcome/outcome-features.ts';
import type { LinearRows, OutcomeModel } from '../outcome/outcome-model.ts';
import { findByRules } from '../outcome/outcome-rules.ts';
import { outcomes, type SpokenTurn } from '../text/spoken-turn.ts';
import { fitMultinomial, readShares, type ClassSample } from './multinomial.ts';
import { isMarked, type DialogueContact, type DialogueEpisode, type DialogueTurn } from './read-dialogues.ts';

type SentenceModel = Pick<OutcomeModel, 'sentence' | 'place'>;

const folds = 5;
const shareRight = 0.8;
const sentenceFit = { classes: outcomes.length + 1, ridge: 0.03, passes: 10 };
const contactFit = { classes: outcomes.length, ridge: 0.03, passes: 20 };

/**
 * Fits how contacts end: first which sentences say so, then the contact by what its sentences say where the model has
 * not seen them. On contacts not seen either, an outcome is told where four of five told are right, and a sentence is
 * shown where right ones most outnumber wrong ones.
 */
export function fitOutcome(episodes: readonly DialogueEpisode[]): OutcomeModel {
  const seenByOthers = foldsOf(episodes).flatMap(({ train, test }) => {
    const model = fitSentences(train);
    return test.map((episode) => ({ episode, contacts: episode.interactions.map((one) => asContact(one, model)) }));
  });
  const scored = foldsOf(seenByOthers).flatMap(({ train, test }) => {
    const contact = fitContacts(train.flatMap(({ contacts }) => contacts));
    return test.flatMap(({ contacts }) =>
      contacts.map((one) => ({ ...one, shares: readShares(contact, one.sample.features) })),
    );
  });
  const whole = fitContacts(seenByOthers.flatMap(({ contacts }) => contacts));
  return {
    ...fitSentences(episodes),
    contact: asRows(whole.weight, whole.bias),
    threshold: leastFor(
      shareRight,
      scored.map(({ shares, sample }) => ({
        score: Math.max(...shares),
        isRight: shares.indexOf(Math.max(...shares)) === sample.truth,
      })),
    ),
    evidenceThreshold: mostRight(scored.map(judgeEvidence)),
  };
}

interface Contact {
  readonly turns: readonly (SpokenTurn & DialogueTurn)[];
  readonly model: SentenceModel;
  readonly sample: ClassSample;
}

function fitSentences(episodes: readonly DialogueEpisode[]): SentenceModel {
  const samples = episodes.flatMap(({ interactions }) => interactions.flatMap(sentenceSamples));
  const { weight, bias } = fitMultinomial(samples, sentenceFit);
  // Beside the sentences that say nothing, which have log-odds of 0 in serving.
  const rows = weight.slice(1).map((row) => row.map((value, index) => value - weight[0]![index]!));
  const size = rows[0]!.length - placeFeatures('bot', 0).length;
  return {
    sentence: asRows(
      rows.map((row) => row.slice(0, size)),
      bias.slice(1).map((value) => value - bias[0]!),
    ),
    place: asRows(
      rows.map((row) => row.slice(size)),
      outcomes.map(() => 0),
    ),
  };
}

function sentenceSamples({ turns, outcome }: DialogueContact): ClassSample[] {
  return turns.flatMap((turn, index) =>
    turn.sentences
      .filter(({ piece }) => piece !== '')
      .map((sentence) => ({
        features: Float32Array.from([
          ...sentenceFeatures({ text: sentence.piece, role: turn.role }, sentence.vector),
          ...placeFeatures(turn.role, turns.length - 1 - index),
        ]),
        truth: isMarked(turn, sentence, 'outcome') ? 1 + outcomes.indexOf(outcome) : 0,
      })),
  );
}

const asRows = (weight: readonly ArrayLike<number>[], bias: readonly number[]): LinearRows => ({
  weight: weight.map((row) => Float32Array.from(row)),
  bias,
});

const saysNothing = outcomes.map(() => -20);

function asContact(contact: DialogueContact, model: SentenceModel): Contact {
  const turns = contact.turns.map((turn, index) => ({
    ...turn,
    utteranceId: String(index),
    outcomes: turn.sentences.map(({ piece, vector }) =>
      piece === ''
        ? saysNothing
        : applyRows(model.sentence, sentenceFeatures({ text: piece, role: turn.role }, vector)),
    ),
  }));
  const features = contactFeatures(turns, outcomesOfSentences(model, turns), findByRules(turns, []).outcome);
  return { turns, model, sample: { features, truth: outcomes.indexOf(contact.outcome) } };
}

const fitContacts = (contacts: readonly Contact[]) =>
  fitMultinomial(
    contacts.map(({ sample }) => sample),
    contactFit,
  );

function judgeEvidence({ turns, model, shares }: Contact & { shares: readonly number[] }) {
  const { turn, sentence, score } = findEvidence(model, turns, shares);
  return { score, isRight: isMarked(turns[turn]!, turns[turn]!.sentences[sentence]!, 'outcome') };
}

/** The least score to go by, so that at least this share of the answers is right; 1 where no score will do. */
function leastFor(wanted: number, answers: readonly Answer[]): number {
  return (
    Array.from({ length: 100 }, (_, step) => step / 100).find((least) => {
      const told = answers.filter(({ score }) => score >= least);
      return told.filter(({ isRight }) => isRight).length >= wanted * told.length;
    }) ?? 1
  );
}

interface Answer {
  readonly score: number;
  readonly isRight: boolean;
}

/** The least score to go by, so that right answers most outnumber wrong ones. */
function mostRight(answers: readonly Answer[]): number {
  const candidates = Array.from({ length: 100 }, (_, step) => step / 100);
  const value = (least: number): number =>
    answers.filter(({ score }) => score >= least).reduce((sum, { isRight }) => sum + (isRight ? 1 : -1), 0);
  return candidates.reduce((best, candidate) => (value(candidate) > value(best) ? candidate : best));
}

/** Episodes stand on one side as a whole, dealt in turn. */
export const foldsOf = <T>(all: readonly T[]): { train: T[]; test: T[] }[] =>
  Array.from({ length: folds }, (_, fold) => ({
    train: all.filter((_one, index) => index % folds !== fold),
    test: all.filter((_one, index) => index % folds === fold),
  }));
