import { readModelShape } from '../encoder/model-shape.ts';

interface Detected {
  readonly language: string;
  isReliable(): boolean;
  /** How like each language it is, 0 to 1. */
  getScores(): Readonly<Record<string, number>>;
}

type Detector = { detect(text: string): Detected };

let detector: Promise<Detector> | undefined;

/** Loaded with the first text: a fifth of a second that a command without texts does not need. */
const loadDetector = (): Promise<Detector> => import('eld/small').then(({ eld }) => eld);

/** Whether the model of a folder reads a language (ISO 639-1). */
export const isSupported = (language: string, folder: string): boolean =>
  readModelShape(folder).languages.includes(language);

const letters = /\p{L}/gu;
const latin = /\p{Script=Latin}/gu;

/**
 * The language of a text as an ISO 639-1 code, or undefined where the text does not show one: no letters, or a few
 * Latin words on which the detector itself does not rely ("ok", "android 13"). Markup and links are expected to be gone.
 */
export async function detectLanguage(text: string): Promise<string | undefined> {
  const words = text.replaceAll('@user', ' ');
  const count = words.match(letters)?.length ?? 0;
  if (count === 0) return undefined;
  const isLatin = (words.match(latin)?.length ?? 0) > count / 2;
  detector ??= loadDetector();
  const found = (await detector).detect(words);
  if (found.language === '') return isLatin ? undefined : 'und';
  return found.language === 'en' || !isLatin || isEvident(words, count, found) ? found.language : undefined;
}

/** Below so many letters names and slang make English look like another language. */
const SHORT = 45;

/**
 * Another Latin language is believed from some length on only, where the detector relies on it and English is clearly less
 * likely. Of 30,900 English turns this takes 1 in 2,400 for another language; without the distance it was 1 in 300.
 */
function isEvident(words: string, letterCount: number, found: Detected): boolean {
  const scores = found.getScores();
  const distance = scores[found.language]! - (scores.en ?? 0);
  return (
    letterCount >= 12 &&
    words.trim().split(/\s+/u).length >= 3 &&
    found.isReliable() &&
    distance >= (letterCount < SHORT ? 0.15 : 0.05)
  );
}
