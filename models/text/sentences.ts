import { link } from './clean.ts';

export interface Sentence {
  /** Offsets into the text given, in UTF-16 units; white space at both ends is left out. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Unicode's rules end a sentence after these; people do not. */
const abbreviation = /(?:^|[\s("])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vs|approx|etc|Inc|Ltd|Co|e\.g|i\.e|a\.m|p\.m)\.\s*$/u;
const word = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** The sentences of a text, in order, by Unicode's rules. Pieces without a word (a link, dashes) join the one before. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (abbreviation.test(text.slice(start, end)) && end < text.length && !segment.includes('\n')) continue;
    append(sentences, text, start, end);
    start = end;
  }
  append(sentences, text, start, text.length);
  return sentences;
}

function append(sentences: Sentence[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const from = start + piece.indexOf(trimmed);
  const last = sentences.at(-1);
  if (last && !word.test(trimmed.replace(link, ''))) {
    const joined = { start: last.start, end: from + trimmed.length };
    sentences[sentences.length - 1] = { ...joined, text: text.slice(joined.start, joined.end) };
  } else sentences.push({ start: from, end: from + trimmed.length, text: trimmed });
}
