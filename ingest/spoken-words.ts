import { parse, stringify } from 'lossless-json';
import { htmlToText } from './formats/html.ts';

const SHORTEST_PIECE = 12;

/** Words as people compare them: without markup, in lower case, with single spaces. */
export function plainWords(text: string): string {
  const plain = /[<&]/.test(text) ? htmlToText(text) : text;
  return plain.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/**
 * Whether a string of a document repeats erased words: it says the same, has them within it (a caption with a prefix,
 * markup), or is a piece of them (a preview). `words` are plain words.
 */
export function repeatsWords(text: string, words: ReadonlySet<string>): boolean {
  const plain = plainWords(text);
  if (plain === '') return false;
  for (const said of words)
    if (said !== '' && (hasWithin(plain, said) || (plain.length >= SHORTEST_PIECE && hasWithin(said, plain))))
      return true;
  return false;
}

const wordCharacter = /[\p{L}\p{N}]/u;

/** Whether `piece` stands in `text` between word boundaries. */
function hasWithin(text: string, piece: string): boolean {
  for (let start = text.indexOf(piece); start !== -1; start = text.indexOf(piece, start + 1)) {
    const [before = ' ', after = ' '] = [text[start - 1], text[start + piece.length]];
    const startsWord = !wordCharacter.test(before) || !wordCharacter.test(piece[0]!);
    const endsWord = !wordCharacter.test(after) || !wordCharacter.test(piece.at(-1)!);
    if (startsWord && endsWord) return true;
  }
  return false;
}

/** A JSON text with its strings changed, and numbers as they were written; undefined where it is no JSON. */
export function mapJsonStrings(text: string, change: (inner: string) => string): string | undefined {
  const reviver = (_: string, value: unknown): unknown => (typeof value === 'string' ? change(value) : value);
  try {
    return stringify(parse(text, reviver, { onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue }));
  } catch {
    return undefined;
  }
}
