import type { Sentence } from './sentences.ts';

const greeting =
  /^(?:dear|hello|hi|hey|good (?:day|morning|afternoon|evening)|to whom it may concern|greetings)(?: [^\s.?!,]+){0,4}[,:!]?$/iu;
/** A name and a comma on a line of its own. */
const address = /^\p{Lu}[\p{L}'’.-]{1,20}(?: \p{Lu}[\p{L}'’.-]{1,20}){0,2},$/u;
const farewell =
  /^(?:(?:with |many |kind |kindest |best |warm |warmest )*(?:regards|wishes|thanks)|thank you|thanks(?: and regards| again| in advance)?|(?:yours |very )?(?:sincerely|truly|faithfully)(?: yours)?|all the best|best|cheers)[,.!]?$/iu;
const longestSignature = 5;

/**
 * Which sentences are the form of a letter and not its words: the salutation on a line of its own, and the farewell
 * with the lines of a signature under it. Their thanks and regards say nothing of what the writer thinks.
 */
export function findLetterForm(text: string, sentences: readonly Sentence[]): ReadonlySet<number> {
  const form = new Set<number>();
  const isOwnLine = ({ start, end }: Sentence): boolean =>
    (start === 0 || /\n\s*$/.test(text.slice(0, start))) && /^[^\S\n]*(?:\n|$)/.test(text.slice(end));
  if (!text.includes('\n')) return form;
  const [first] = sentences;
  if (first && isOwnLine(first) && (greeting.test(first.text) || address.test(first.text))) form.add(0);
  const from = Math.max(1, sentences.length - longestSignature);
  const start = sentences.findIndex(
    (sentence, index) => index >= from && farewell.test(sentence.text) && isOwnLine(sentence),
  );
  const under = start < 0 ? [] : sentences.slice(start + 1);
  if (under.length === 0 || !under.every((line) => isOwnLine(line) && line.text.split(/\s+/).length <= 6)) return form;
  for (let index = start; index < sentences.length; index++) form.add(index);
  return form;
}
