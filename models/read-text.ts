import { readAct } from './act.ts';
import type { Scored } from './encoder/chunks.ts';
import { cleanText } from './text/clean.ts';
import { readEmotions } from './emotion.ts';
import type { Pieces } from './encoder/chunk-texts.ts';
import type { Encoded } from './encoder/encoder.ts';
import { readFrustration } from './frustration.ts';
import { readHeads } from './encoder/heads.ts';
import { isBareAnswer, readIntents } from './intent.ts';
import { readSentenceOutcomes } from './outcome/outcome-features.ts';
import { readOutcomeModel } from './outcome/outcome-model.ts';
import { readPromise, readPromiseModel } from './outcome/promise.ts';
import { findLetterForm } from './text/letter.ts';
import { readSalience, readSummaryModel } from './summaries/salience.ts';
import { readSentiment, type Sentiment } from './sentiment.ts';
import { splitSentences } from './text/sentences.ts';
import { outcomes } from './text/spoken-turn.ts';
import { readThresholds } from './thresholds.ts';

/** Everything the heads say about one text. */
export interface TextSignals {
  readonly sentiment: Sentiment;
  /** 0 to 1. */
  readonly frustration: number;
  readonly isFrustrated: boolean;
  readonly emotions: readonly Scored[];
  readonly intents: readonly Scored[];
  readonly act: Scored;
  /** 0 to 1, for each sentence of the text in order. */
  readonly salience: readonly number[];
  /** For each sentence, and each way a contact can end, the log-odds that it says so (see outcome.ts). */
  readonly outcomes: readonly (readonly number[])[];
  /** 0 to 1, for each sentence: that it promises something. */
  readonly promises: readonly number[];
}

/**
 * A text as the encoder takes it: its sentences, cleaned; those that are only the form of a letter are empty. No piece
 * where nothing is left to read.
 */
export function piecesOf(text: string): string[] {
  const sentences = splitSentences(text);
  const form = findLetterForm(text, sentences);
  const isOnlyForm = form.size === sentences.length;
  const pieces = sentences.map((sentence, index) => (form.has(index) && !isOnlyForm ? '' : cleanText(sentence.text)));
  return pieces.some((piece) => piece !== '') ? pieces : [];
}

/**
 * The meaning of one encoded text.
 *
 * Long texts are read in chunks of at most 96 tokens that end between sentences. Sentiment and act are means over the
 * chunks, weighted by tokens; frustration, emotions and intents are the highest of the chunks, since said once is said.
 */
export function readText(folder: string, encoded: Encoded, pieces: Pieces, role: string): TextSignals {
  const heads = readHeads(folder);
  const { chunks } = encoded;
  const sentiment = readSentiment(heads, chunks);
  const { thresholds, summary, outcome, promise } = readFitted(folder);
  const frustration = readFrustration(heads, thresholds, chunks, sentiment);
  const act = readAct(heads, chunks, role);
  return {
    sentiment,
    frustration: frustration.score,
    isFrustrated: frustration.isFrustrated,
    emotions: readEmotions(heads, thresholds, chunks),
    intents: isBareAnswer(act.name, pieces) ? [] : readIntents(heads, thresholds, chunks),
    act,
    salience: pieces.map((text, index) =>
      text === '' ? 0 : readSalience(summary, { text, role }, encoded.pieces[index]!),
    ),
    outcomes: pieces.map((text, index) =>
      text === '' ? saysNothing : readSentenceOutcomes(outcome, { text, role }, encoded.pieces[index]!),
    ),
    promises: pieces.map((text, index) =>
      text === '' ? 0 : readPromise(promise, { text, role }, encoded.pieces[index]!),
    ),
  };
}

/** Of the form of a letter: as good as impossible. */
const saysNothing = outcomes.map(() => -20);

const fitted = new Map<string, ReturnType<typeof loadFitted>>();

const loadFitted = (folder: string) => ({
  thresholds: readThresholds(folder),
  summary: readSummaryModel(folder),
  outcome: readOutcomeModel(folder),
  promise: readPromiseModel(folder),
});

/** The small fitted files of a model folder, read once. */
export function readFitted(folder: string): ReturnType<typeof loadFitted> {
  const known = fitted.get(folder) ?? loadFitted(folder);
  fitted.set(folder, known);
  return known;
}
