import { sigmoid } from '../encoder/heads.ts';
import { sentenceFeatures } from '../outcome/outcome-features.ts';
import type { PromiseModel } from '../outcome/promise.ts';
import { linear } from '../summaries/salience.ts';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { piecesOf } from '../read-text.ts';
import { bestThreshold } from './best-threshold.ts';
import { fitLogistic, type Sample } from './logistic.ts';
import { foldsOf } from './outcome.ts';
import { isMarked, type DialogueEpisode } from './read-dialogues.ts';
import { readSupportTurns } from './support-turns.ts';

/**
 * Fits which sentences of the company promise something; the threshold is that of the best F1 on episodes the model has not
 * seen. Sentences that say how the contact ended are left out: they bear that mark even where they promise too.
 */
export function fitPromise(episodes: readonly DialogueEpisode[], more: readonly Sample[]): PromiseModel {
  const all = episodes.map(promiseSamples);
  const scored = foldsOf(all).flatMap(({ train, test }) => {
    const model = fitLogistic([...train.flat(), ...more], fit);
    return test.flat().map(({ features, target }) => ({
      score: sigmoid(linear(model, Float32Array.from(features))),
      isTrue: target === 1,
    }));
  });
  return { ...fitLogistic([...all.flat(), ...more], fit), threshold: bestThreshold(scored) };
}

const fit = { ridge: 0.03, passes: 10 };

export const promiseSamples = ({ interactions }: DialogueEpisode): Sample[] =>
  interactions
    .flatMap(({ turns }) => turns)
    .filter(({ role }) => role !== 'customer')
    .flatMap((turn) =>
      turn.sentences
        .filter((sentence) => sentence.piece !== '')
        .filter((sentence) => isMarked(turn, sentence, 'promise') || !isMarked(turn, sentence, 'outcome'))
        .map((sentence) => ({
          features: sentenceFeatures({ text: sentence.piece, role: turn.role }, sentence.vector),
          target: Number(isMarked(turn, sentence, 'promise')),
        })),
    );

/** The turns written for training that are one sentence and a promise. */
export async function readPromisingTurns(encoder: TextEncoderLike): Promise<Sample[]> {
  const pieces = readSupportTurns()
    .filter(({ role, act, isDev }) => role === 'agent' && act === 'promise' && !isDev)
    .map(({ text }) => piecesOf(text))
    .filter(({ length }) => length === 1);
  const encoded = await encoder.encode(pieces);
  return encoded.map(({ pieces: [vector] }, index) => ({
    features: sentenceFeatures({ text: pieces[index]![0]!, role: 'agent' }, vector!),
    target: 1,
  }));
}
