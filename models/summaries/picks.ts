import { cleanText } from '../text/clean.ts';
import type { TextEncoderLike } from '../encoder/encoder.ts';
import { detectLanguage, isSupported } from '../text/language.ts';
import { readModelShape } from '../encoder/model-shape.ts';
import { readFitted } from '../read-text.ts';
import { readSalience, type SummaryModel } from './salience.ts';
import { splitSentences } from '../text/sentences.ts';
import { scorePlaces } from './summary-place.ts';

/** One turn of a dialogue; without `sentences`, its text is split into them. */
export interface DialogueTurn {
  readonly role: string;
  readonly text?: string | undefined;
  readonly sentences?: readonly string[] | undefined;
}

/** A sentence with the vector it has in the context of its turn. */
export interface EncodedSentence {
  /** Cleaned, as the encoder read it. */
  readonly text: string;
  readonly role: string;
  /** Which turn it stands in, and where in it, from 0. */
  readonly utterance: number;
  readonly position: number;
  readonly vector: Float32Array;
}

/** How many sentences of each side to pick; `agent` is everybody who is not the customer. */
export interface PickCounts {
  readonly customer: number;
  readonly agent: number;
}

export const sentencesOf = ({ sentences, text }: DialogueTurn): string[] =>
  sentences ? [...sentences] : splitSentences(text ?? '').map((sentence) => sentence.text);

/** All sentences of a dialogue, in order. */
export async function encodeTurns(
  turns: readonly DialogueTurn[],
  encoder: TextEncoderLike,
): Promise<EncodedSentence[]> {
  const cleaned = turns.map((turn) => sentencesOf(turn).map(cleanText));
  const encoded = await encoder.encode(cleaned);
  return turns.flatMap(({ role }, utterance) =>
    cleaned[utterance]!.map((text, position) => ({
      text,
      role,
      utterance,
      position,
      vector: encoded[utterance]!.pieces[position]!,
    })),
  );
}

/** How likely people put each sentence in a summary, by the sentence and its place; higher is likelier. */
export function scoreSentences(model: SummaryModel, sentences: readonly EncodedSentence[]): number[] {
  return scorePlaces(
    model,
    sentences.map((one) => ({ ...one, salience: readSalience(model, one, one.vector) })),
  );
}

/** The best sentences of each side, in the order they were said. */
export function pickBest<T extends { role: string }>(
  sentences: readonly T[],
  scores: readonly number[],
  counts: PickCounts,
): T[] {
  const best = (isOf: (role: string) => boolean, count: number): number[] =>
    [...sentences.keys()]
      .filter((index) => isOf(sentences[index]!.role))
      .sort((left, right) => scores[right]! - scores[left]!)
      .slice(0, count);
  const picked = new Set([
    ...best((role) => role === 'customer', counts.customer),
    ...best((role) => role !== 'customer', counts.agent),
  ]);
  return sentences.filter((_, index) => picked.has(index));
}

export interface DialogueSummary {
  readonly id: string;
  /** The picked sentences as they were said; null where the language is not one the encoder reads. */
  readonly summary: string | null;
  /** `[turn, sentence]` of each, from 0. */
  readonly picks: readonly (readonly [number, number])[];
}

/** Extractive summaries, one for each dialogue and in the same order. */
export function summarizeDialogues(
  dialogues: readonly { readonly id: string; readonly turns: readonly DialogueTurn[] }[],
  counts: PickCounts,
  { encoder }: { encoder: TextEncoderLike & { readonly folder: string } },
): Promise<DialogueSummary[]> {
  const { summary: model } = readFitted(encoder.folder);
  return Promise.all(
    dialogues.map(async ({ id, turns }) => {
      const said = turns.map(sentencesOf);
      const language = await detectLanguage(cleanText(said.flat().join(' ')));
      if (!isSupported(language ?? readModelShape(encoder.folder).languages[0]!, encoder.folder))
        return { id, summary: null, picks: [] };
      const sentences = await encodeTurns(turns, encoder);
      const picked = pickBest(sentences, scoreSentences(model, sentences), counts);
      return {
        id,
        summary: picked.map(({ utterance, position }) => said[utterance]![position]!.trim()).join(' '),
        picks: picked.map(({ utterance, position }) => [utterance, position] as const),
      };
    }),
  );
}
