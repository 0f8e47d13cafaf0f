import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAct } from '../act.ts';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { readHeads } from '../encoder/heads.ts';
import {
  pairFeatures,
  pairScore,
  pairsOf,
  type EpisodeUtterance,
  type ReExplainingModel,
  type SayingPair,
  type Saying,
} from '../re-explaining/re-explaining.ts';
import { piecesOf } from '../read-text.ts';
import { bestThreshold } from './best-threshold.ts';
import { fitLogistic, type Sample } from './logistic.ts';
import { foldsOf } from './outcome.ts';
import type { DialogueEpisode, DialogueTurn } from './read-dialogues.ts';

type Weights = Omit<ReExplainingModel, 'threshold'>;

/** A false accusation of making people repeat themselves is worse than a miss. */
const beta = 0.5;

/**
 * Fits how two sayings of a customer are held to be the same, on written episodes and on `pairs` beside them. The
 * threshold is chosen over the best pair of each hand-over, in episodes that the model has not seen.
 */
export function fitReExplaining(episodes: readonly DialogueEpisode[], pairs: readonly Sample[]): ReExplainingModel {
  const all = episodes.map((episode) => pairsOf(utterancesOf(episode)).map((group) => group.map(asSample)));
  const scored = foldsOf(all).flatMap(({ train, test }) => {
    const model = fit([...train.flat(2), ...pairs]);
    return test.flat().flatMap((group) => {
      const judged = group.map(({ features, target }) => ({
        score: pairScore({ ...model, threshold: 0 }, features),
        isTrue: target === 1,
      }));
      return judged.sort((left, right) => right.score - left.score).slice(0, 1);
    });
  });
  return { ...fit([...all.flat(2), ...pairs]), threshold: bestThreshold(scored, beta) };
}

function fit(samples: readonly Sample[]): Weights {
  const { weight, bias } = fitLogistic(samples, { ridge: 0.01, passes: 60 });
  return { weight: [...weight], bias };
}

export type WrittenUtterance = EpisodeUtterance & Pick<DialogueTurn, 'marks'>;

/** A written episode as the step reads it from the store; ids are places: contact and turn, from 0. */
export const utterancesOf = ({ interactions }: DialogueEpisode): WrittenUtterance[] =>
  interactions.flatMap(({ turns }, contact) =>
    turns.map(({ role, text, agent, act, vector, marks }, turn) => ({
      utteranceId: `${contact}.${turn}`,
      interactionId: String(contact),
      role,
      text,
      agentId: agent,
      isAutomatic: false,
      isAfterTransfer: false,
      act,
      vector,
      marks,
    })),
  );

/** The later saying is marked as telling again what the earlier one told. */
export const isAgain = (earlier: EpisodeUtterance, later: EpisodeUtterance): boolean =>
  (later as WrittenUtterance).marks.some(({ of }) => of && `${of.interaction}.${of.turn}` === earlier.utteranceId);

const asSample = (pair: SayingPair): { features: number[]; target: number } => ({
  features: pairFeatures(pair.earlier, pair.later, pair),
  target: Number(isAgain(pair.earlier, pair.later)),
});

/** The pairs of re-explaining.tsv, each as the first words of a new contact beside the first of the one before. */
export async function readWrittenPairs(
  encoder: TextEncoderLike & { readonly folder: string },
): Promise<{ features: number[]; target: number }[]> {
  const file = readFileSync(join(import.meta.dirname, 're-explaining.tsv'), 'utf8');
  const rows = parse(file, { delimiter: '\t', comment: '#', columns: true, quote: null }) as Record<string, string>[];
  const texts = rows.flatMap(({ earlier, later }) => [earlier!, later!]);
  const heads = readHeads(encoder.folder);
  const sayings: Saying[] = (await encoder.encode(texts.map(piecesOf))).map(({ vector, chunks }, index) => ({
    text: texts[index]!,
    act: readAct(heads, chunks, 'customer').name,
    vector,
  }));
  const place = { isNewContact: true, turnsSinceHandOver: 0, isFirst: true };
  return rows.map(({ re_explains: label }, index) => ({
    features: pairFeatures(sayings[index * 2]!, sayings[index * 2 + 1]!, place),
    target: Number(label),
  }));
}
