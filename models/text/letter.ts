import type { Sentence } from './sentences.ts';

const greeting =
  /^(?:dear|hello|hi|hey|good (?:day|morning|afternoon|evening)|to whom it may concern|greetings)(?: [^\s.?!,]+){0,4}[,:!]?$/iu;
/** A name and a comma on a line of its own. */
const address = /^\p{Lu}[\p{L}'’.-]{1,20}(?: \p{Lu}[\p{L}'’.-]{1,20}){0,2},$/u;
const farewell =
  /^(?:(?:with |many |kind |kindest |best |warm |warmest )*(?:regards|wishes|thanks)|thank you|thanks(?: and regards| again| in advance)?|(?:yours |very )?(?:sincerely|truly|faithfully)(?: yours)?|all the best|best|cheers)[,.!]?$/iu;
/** One to three names or initials, nothing else. */
const name = /^(?:\p{Lu}(?:\.|[\p{L}'’-]{1,20})[ ]?){1,3}$/u;
const mostLinesOfSignature = 5;
const mostWordsOfLine = 6;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Which sentences are the form of a letter and not its words: the salutation on a line of its own, the farewell with the
 * lines of a signature under it, and a bare name at the end of a text that began with a salutation. Their thanks and
 * regards say nothing of what the writer thinks.
 */
export function findLetterForm(text: string, sentences: readonly Sentence[]): ReadonlySet<number> {
  const lines = linesOf(text);
  if (lines.length < 2) return new Set();
  const isGreeted = greeting.test(lines[0]!.text) || address.test(lines[0]!.text);
  const end = signatureStart(lines, isGreeted);
  const form = new Set<number>();
  sentences.forEach((sentence, index) => {
    if ((isGreeted && sentence.end <= lines[0]!.end) || sentence.start >= end) form.add(index);
  });
  return form;
}

/** The offset at which the signature begins; the end of the text where there is none. */
function signatureStart(lines: readonly Line[], isGreeted: boolean): number {
  const last = lines.at(-1)!;
  const from = Math.max(1, lines.length - mostLinesOfSignature);
  const found = lines.findIndex((line, index) => index >= from && farewell.test(line.text));
  const under = found < 0 ? [] : lines.slice(found + 1);
  if (under.length > 0 && under.every(({ text }) => text.split(/\s+/).length <= mostWordsOfLine))
    return lines[found]!.start;
  return isGreeted && name.test(last.text) ? last.start : Number.POSITIVE_INFINITY;
}

function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\n]+/gu)].flatMap(({ 0: line, index }) => {
    const trimmed = line.trim();
    const start = index + line.indexOf(trimmed);
    return trimmed === '' ? [] : [{ start, end: start + trimmed.length, text: trimmed }];
  });
}
