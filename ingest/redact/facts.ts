import type { CountryCode } from 'libphonenumber-js/max';
import type { Config } from '../../config.ts';
import { changeWords } from '../formats/text-parts.ts';
import type { Fact } from '../records.ts';
import { redact } from './redact.ts';

/** Facts as they are stored: under the policy `landing`, with personal data in words masked; otherwise as they are. */
export function redactFacts(
  facts: readonly Fact[],
  { privacy, country }: Pick<Config, 'privacy' | 'country'>,
): readonly Fact[] {
  if (privacy.redact !== 'landing') return facts;
  const mask = (text: string): string => redact(text, { country: country as CountryCode | undefined }).text;
  return facts.map((fact) => redactFact(fact, mask));
}

function redactFact(fact: Fact, mask: (text: string) => string): Fact {
  switch (fact.fact) {
    case 'utterance':
      return redactUtterance(fact, mask);
    case 'thread':
      return fact.subject === undefined ? fact : { ...fact, subject: mask(fact.subject) };
    case 'survey':
      return fact.comment === undefined ? fact : { ...fact, comment: mask(fact.comment) };
    default:
      return fact;
  }
}

/** Offsets into words that changed lead nowhere, so they go. */
function redactUtterance(fact: Extract<Fact, { fact: 'utterance' }>, mask: (text: string) => string): Fact {
  const text = fact.text === undefined ? undefined : mask(fact.text);
  const sourceText = fact.sourceText === undefined ? undefined : mask(fact.sourceText);
  const textParts = fact.textParts?.map((part) => changeWords(part, mask));
  const isSame = text === fact.text && sourceText === fact.sourceText;
  if (isSame && !textParts) return fact;
  const { textSpans, ...rest } = fact;
  return {
    ...rest,
    ...(isSame && textSpans && { textSpans }),
    ...(textParts && { textParts }),
    ...(text !== undefined && { text }),
    ...(sourceText !== undefined && { sourceText }),
  };
}
