import type { PersonalSpan } from './span.ts';

interface NationalId {
  readonly shape: RegExp;
  readonly isValid: (compact: string) => boolean;
}

const numbersOf = (text: string): number[] => [...text].map(Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * digits[index]!, 0);

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Identity, tax and insurance numbers of persons, each with the rule its issuer publishes. */
const nationalIds: readonly NationalId[] = [
  // United States, social security number: areas 000, 666 and 900-999, group 00 and serial 0000 are never given out.
  {
    shape: /(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])/g,
    isValid: (compact) => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(compact),
  },
  // United Kingdom, national insurance number: some letters and prefixes are never used.
  {
    shape: /(?<![A-Z0-9])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z0-9])/gi,
    isValid: (compact) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/i.test(compact),
  },
  // Spain, DNI and NIE: the letter is the number's remainder by 23.
  {
    shape: /(?<![A-Z0-9])[XYZ\d]-?\d{7}-?[A-Z](?![A-Z0-9])/gi,
    isValid: (compact) => {
      const number = compact.slice(0, -1).replace(/^[XYZ]/i, (letter) => String('XYZ'.indexOf(letter.toUpperCase())));
      return dniLetters[Number(number) % 23] === compact.at(-1)!.toUpperCase();
    },
  },
  // Germany, tax identification number: one digit repeats among the first ten; ISO 7064 MOD 11,10.
  { shape: /(?<!\d)[1-9]\d (?:\d{3} ){2}\d{3}(?!\d)|(?<![\d+])[1-9]\d{10}(?!\d)/g, isValid: isGermanTaxId },
  // Netherlands, BSN: weights 9 to 2 and -1, divisible by 11.
  {
    shape: /(?<![\d+-])\d{9}(?![\d-])|(?<!\d)\d{4}\.\d{2}\.\d{3}(?!\d)/g,
    isValid: (compact) =>
      compact !== '000000000' && weighted(numbersOf(compact), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  // Belgium, national register number: 97 less the remainder by 97, with a 2 in front from the year 2000 on.
  {
    shape: /(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)/g,
    isValid: (compact) =>
      ['', '2'].some((century) => 97 - (Number(century + compact.slice(0, 9)) % 97) === Number(compact.slice(9))),
  },
  // France, social security number: 97 less the remainder by 97.
  {
    shape: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    isValid: (compact) => 97n - (BigInt(compact.slice(0, 13)) % 97n) === BigInt(compact.slice(13)),
  },
  // Italy, codice fiscale: its last letter checks the fifteen before.
  { shape: /(?<![A-Z0-9])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Z0-9])/gi, isValid: isItalianTaxCode },
  // Poland, PESEL: weights 1, 3, 7, 9; the sum with the check digit divides by ten.
  {
    shape: /(?<![\d+])\d{11}(?!\d)/g,
    isValid: (compact) =>
      /^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])/.test(compact) &&
      weighted(numbersOf(compact), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
];

/** Bare nine digits have a check digit by chance once in eleven times, so they count only beside a word that says so. */
const needsContext = /^\d{9}$/;
const context = /\b(?:bsn|burgerservicenummer|sofi|social security|national id|tax id|id number|identity)\b/i;

export function findNationalIds(text: string): PersonalSpan[] {
  return nationalIds.flatMap(({ shape, isValid }) =>
    [...text.matchAll(shape)].flatMap(({ 0: shown, index: start }) => {
      const isSure = !needsContext.test(shown) || context.test(text);
      const compact = shown.replaceAll(/[ .-]/g, '');
      return isSure && isValid(compact) ? [{ start, end: start + shown.length, kind: 'national id' as const }] : [];
    }),
  );
}

function isGermanTaxId(compact: string): boolean {
  const digits = numbersOf(compact);
  const counts = new Map<number, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) product = (((digit + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === digits[10];
}

/** What a character counts at odd places, from 0 to 9 and from A to Z alike. */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isItalianTaxCode(compact: string): boolean {
  const code = compact.toUpperCase();
  const sum = Array.from(code.slice(0, 15)).reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? oddValues[value]! : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}
