import type { Scored } from './encoder/chunks.ts';
import type { Encoded, TextEncoderLike } from './encoder/encoder.ts';
import { detectLanguage, isSupported } from './text/language.ts';
import { readModelShape } from './encoder/model-shape.ts';
import { piecesOf, readText } from './read-text.ts';
import type { Sentiment } from './sentiment.ts';
import { mapYielding } from './yielding.ts';

export interface AnalyzeInput {
  readonly id: string;
  readonly text: string;
  /** customer (the default), agent or bot. */
  readonly role?: string | undefined;
}

/** One row for each input. All but `id` and `language` are null where there is nothing to read or no known language. */
export interface AnalyzedText {
  readonly id: string;
  /**
   * ISO 639-1; null where nothing is left to read. A text too short to tell ("ok") is taken to be in the default
   * language.
   */
  readonly language: string | null;
  readonly sentiment: Sentiment | null;
  readonly frustration: number | null;
  readonly emotions: readonly Scored[] | null;
  readonly intents: readonly Scored[] | null;
  readonly act: string | null;
  readonly salience: number | null;
  readonly vector?: readonly number[] | null;
}

export interface AnalyzeEffects {
  readonly encoder: TextEncoderLike & { readonly folder: string };
  readonly urgent?: boolean;
  readonly withVectors?: boolean;
  /** The language of texts too short to show their own; the model's first where it is not given. */
  readonly defaultLanguage?: string;
}

/**
 * Reads texts; rows stand in the order of the inputs. A text that occurs several times is computed once. A text in a
 * language the encoder does not read is marked with that language and never scored.
 */
export async function analyzeTexts(inputs: readonly AnalyzeInput[], effects: AnalyzeEffects): Promise<AnalyzedText[]> {
  const texts = [...new Set(inputs.map(({ text }) => text))];
  const prepared = await mapYielding(texts, (text) => prepare(text, effects));
  const readable = prepared.filter(({ isReadable }) => isReadable);
  const encoded = await effects.encoder.encode(
    readable.map(({ pieces }) => pieces),
    { urgent: effects.urgent ?? false },
  );
  const vectors = new Map(readable.map((one, index) => [one.text, encoded[index]!]));
  const byText = new Map(prepared.map((one) => [one.text, one]));
  return mapYielding(inputs, ({ id, text, role }) =>
    rowOf(id, byText.get(text)!, vectors.get(text), role ?? 'customer', effects),
  );
}

interface Prepared {
  readonly text: string;
  readonly language: string | null;
  readonly pieces: readonly string[];
  readonly isReadable: boolean;
}

async function prepare(text: string, { encoder, defaultLanguage }: AnalyzeEffects): Promise<Prepared> {
  const pieces = piecesOf(text);
  if (pieces.length === 0) return { text, language: null, pieces, isReadable: false };
  const language =
    (await detectLanguage(pieces.join(' '))) ?? defaultLanguage ?? readModelShape(encoder.folder).languages[0]!;
  return { text, language, pieces, isReadable: isSupported(language, encoder.folder) };
}

const nothing = { sentiment: null, frustration: null, emotions: null, intents: null, act: null, salience: null };

function rowOf(
  id: string,
  { language, pieces }: Prepared,
  encoded: Encoded | undefined,
  role: string,
  effects: AnalyzeEffects,
): AnalyzedText {
  const vector = effects.withVectors ? { vector: encoded ? Array.from(encoded.vector) : null } : {};
  if (!encoded) return { id, language, ...nothing, ...vector };
  const signals = readText(effects.encoder.folder, encoded, pieces, role);
  return {
    id,
    language,
    sentiment: signals.sentiment,
    frustration: signals.frustration,
    emotions: signals.emotions,
    intents: signals.intents,
    act: signals.act.name,
    salience: Math.max(...signals.salience),
    ...vector,
  };
}
