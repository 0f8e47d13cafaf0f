import { readAct } from '../act.ts';
import type { Encoded, TextEncoderLike } from '../encoder/encoder.ts';
import { readFrustration } from '../frustration.ts';
import { readHeads } from '../encoder/heads.ts';
import { readIntents } from '../intent.ts';
import { piecesOf } from '../read-text.ts';
import { readSentiment } from '../sentiment.ts';
import { splitSentences, type Sentence } from '../text/sentences.ts';
import { readThresholds } from '../thresholds.ts';
import type { Mark, WrittenEpisode, WrittenInteraction, WrittenTurn } from './dialogues.ts';

/** A sentence as the encoder reads it, with its vector in the context of its turn. */
export interface DialogueSentence extends Sentence {
  /** Cleaned; empty where it is only the form of a letter. */
  readonly piece: string;
  readonly vector: Float32Array;
}

/** A written turn as a contact's turn in serving, with its sentences; `outcomes` is left to be filled. */
export interface DialogueTurn extends WrittenTurn {
  readonly act: string;
  readonly sentiment: ReturnType<typeof readSentiment>['label'];
  readonly score: number;
  readonly isFrustrated: boolean;
  readonly intents: readonly string[];
  readonly vector: Float32Array;
  readonly sentences: readonly DialogueSentence[];
}

export interface DialogueContact extends Omit<WrittenInteraction, 'turns'> {
  readonly turns: readonly DialogueTurn[];
}

export interface DialogueEpisode extends Omit<WrittenEpisode, 'interactions'> {
  readonly interactions: readonly DialogueContact[];
}

/** Written episodes with what the encoder and its heads make of them, by nothing that is fitted on them. */
export async function encodeDialogues(
  episodes: readonly WrittenEpisode[],
  encoder: TextEncoderLike & { readonly folder: string },
): Promise<DialogueEpisode[]> {
  const turns = episodes.flatMap(({ interactions }) => interactions.flatMap((contact) => contact.turns));
  const pieces = turns.map(({ text }) => piecesOf(text));
  const encoded = await encoder.encode(pieces);
  const read = new Map(
    turns.map((turn, index) => [turn, readTurn(encoder.folder, turn, pieces[index]!, encoded[index]!)]),
  );
  return episodes.map((episode) => ({
    ...episode,
    interactions: episode.interactions.map((contact) => ({
      ...contact,
      turns: contact.turns.map((turn) => read.get(turn)!),
    })),
  }));
}

function readTurn(folder: string, turn: WrittenTurn, pieces: readonly string[], encoded: Encoded): DialogueTurn {
  const [heads, thresholds] = [readHeads(folder), readThresholds(folder)];
  const sentiment = readSentiment(heads, encoded.chunks);
  const sentences = splitSentences(turn.text);
  return {
    ...turn,
    act: readAct(heads, encoded.chunks, turn.role).name,
    sentiment: sentiment.label,
    score: sentiment.score,
    isFrustrated: readFrustration(heads, thresholds, encoded.chunks, sentiment).isFrustrated,
    intents: readIntents(heads, thresholds, encoded.chunks).map(({ name }) => name),
    vector: encoded.vector,
    sentences: pieces.map((piece, index) => ({ ...sentences[index]!, piece, vector: encoded.pieces[index]! })),
  };
}

/** A sentence bears a mark where it shares words with it. */
export const isMarked = (
  { marks }: { readonly marks: readonly Mark[] },
  { start, end }: Pick<Sentence, 'start' | 'end'>,
  kind: Mark['kind'],
): boolean => marks.some((mark) => mark.kind === kind && mark.start < end && start < mark.end);
