import type { Habits } from './customers.ts';
import { phrases } from './phrase-bank.ts';
import type { Random } from './random.ts';

const emoji = { good: ['😊', '👍', '🙏', '😀', '❤️'], bad: ['😕', '😤', '🙄', '😠', '😩'], plain: ['🙂', '😅', '👀'] };

/** Letters change places or fall out, as they do on a telephone; words with digits or capitals inside are left alone. */
function mistype(text: string, rate: number, random: Random): string {
  return text.replace(/\b[a-z]{4,}\b/g, (word) => {
    if (!random.chance(rate)) return word;
    const at = random.integer(1, word.length - 2);
    return random.chance(0.5)
      ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
      : word.slice(0, at) + word.slice(at + 1);
  });
}

/** As this person types on a telephone: case, apostrophes, slips, emoji. */
export function typed(text: string, habits: Habits, mood: number, random: Random): string {
  let result = mistype(text, habits.typoRate, random);
  if (habits.isLowerCase && random.chance(0.8))
    result = result.replace(
      /(^|[.!?] )([A-Z])(?=[a-z' ])/g,
      (_, start: string, letter: string) => start + letter.toLowerCase(),
    );
  if (habits.dropsApostrophes) result = result.replace(/(\w)'(\w)/g, '$1$2');
  if (random.chance(0.3)) result = result.replace(/\.$/, '');
  if (mood < -1 && random.chance(0.12)) result = result.replace(/[.?]?$/, random.pick(['!!', '!', '??']));
  const faces = mood > 0 ? emoji.good : mood < 0 ? emoji.bad : emoji.plain;
  const hasFace = /\p{Extended_Pictographic}/u.test(result);
  return !hasFace && random.chance(habits.emojiRate) ? `${result} ${random.pick(faces)}` : result;
}

const digitWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** As a transcript of speech writes it: order numbers letter by letter, addresses spelled out. */
export function spoken(text: string): string {
  return text
    .replace(
      /\bBW(\d{6})\b/g,
      (_, digits: string) => `B W ${[...digits].map((digit) => digitWords[Number(digit)]).join(' ')}`,
    )
    .replace(
      /\b([A-Z]{2})(\d{9})\b/g,
      (_, letters: string, digits: string) => `${[...letters].join(' ')} ${[...digits].join(' ')}`,
    )
    .replace(/\b([\w.]+)@([\w.]+)\b/g, (address) =>
      address.replaceAll('.', ' dot ').replace('@', ' at ').replaceAll('_', ' underscore '),
    )
    .replace(/\$(\d+)\.(\d\d)/g, (_, whole: string, cents: string) =>
      cents === '00' ? `$${whole}` : `$${whole}.${cents}`,
    )
    .replace(/ {2,}/g, ' ');
}

/** Adds the small words of a speaker. */
export function withFillers(text: string, random: Random): string {
  let result = spoken(text);
  if (
    !/^(yeah|so|hi|hello|right|um|uh|well|okay|oh|good|morning)\b/i.test(result) &&
    random.chance(0.28) &&
    result.length > 25
  ) {
    const isName = /^(I\b|I'|[A-Z] W|\$|[A-Z]{2})/.test(result);
    result = `${random.pick(phrases('customer', 'filler_open'))} ${isName ? result : result[0]!.toLowerCase() + result.slice(1)}`;
  }
  if (random.chance(0.2) && result.length > 45) {
    const commas = [...result.matchAll(/, /g)];
    const comma = commas.length > 0 ? random.pick(commas).index : -1;
    if (comma > 0)
      result = `${result.slice(0, comma + 2)}${random.pick(phrases('customer', 'filler_mid'))} ${result.slice(comma + 2)}`;
  }
  return result;
}
