import type { PersonalSpan } from './span.ts';

const cardShape = /(?<![\dA-Za-z]|\b[A-Z]{2}\d{2} )[2-6]\d{3}(?:[ -]?\d){8,15}(?![\dA-Za-z])/g;

/** Numbers of payment cards: the last digit is right by Luhn. */
export function findCards(text: string): PersonalSpan[] {
  return [...text.matchAll(cardShape)].flatMap(({ 0: shown, index: start }) => {
    const digits = shown.replaceAll(/[ -]/g, '');
    return isLuhn(digits) ? [{ start, end: start + shown.length, kind: 'card' as const }] : [];
  });
}

/** ISO/IEC 7812: every second digit from the right is doubled, and the sum of digits divides by ten. */
export function isLuhn(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const ibanShape = /(?<![\dA-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/gi;

/**
 * Numbers of bank accounts: the remainder is right. Words may follow an IBAN without a mark, so the longest beginning
 * that is right counts.
 */
export function findIbans(text: string): PersonalSpan[] {
  return [...text.matchAll(ibanShape)].flatMap(({ 0: shown, index: start }) => {
    for (let length = shown.length; length >= 15; length--) {
      const part = shown.slice(0, length);
      if (/[^ ]$/.test(part) && !/^[A-Za-z0-9]/.test(text.slice(start + length)) && isIban(part))
        return [{ start, end: start + length, kind: 'iban' as const }];
    }
    return [];
  });
}

/** ISO 13616: the first four characters go to the end, letters count from 10, and the remainder by 97 is 1. */
export function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  const moved = compact.slice(4) + compact.slice(0, 4);
  let remainder = 0;
  for (const character of moved)
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}
