import { decodeHTML } from 'entities';
import { createRequire } from 'node:module';

export const link = /\b(?:https?:\/\/|www\.)\S+/giu;
const mention = /(?<![\p{L}\p{N}_@.])@[\p{L}\p{N}_]+/gu;
const zeroWidth = /[\u200b\u2060\ufeff]/gu;
/** Emoji as a keyboard writes them, or bare pictographs such as "❤"; not the signs for copyright and trade marks. */
const emoji = new RegExp(String.raw`\p{RGI_Emoji}|(?![©®™])\p{Extended_Pictographic}\uFE0F?`, 'gv');
const variation = /\uFE0F|\p{Emoji_Modifier}/gu;

let names: Map<string, string> | undefined;

/**
 * Text as the encoder was trained on: entities decoded, links removed, `@name` → `@user`, emoji replaced by their
 * English CLDR names in spaces ("😡" → " enraged face "), white space collapsed. Empty where nothing is left.
 */
export function cleanText(text: string): string {
  return decodeHTML(text)
    .replace(zeroWidth, '')
    .replace(link, ' ')
    .replace(mention, '@user')
    .replace(emoji, (sign) => ` ${nameOf(sign)} `)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The name of one emoji; skin tones are left out, and a sequence no table knows is left as it is. */
function nameOf(sign: string): string {
  names ??= readNames();
  return names.get(bare(sign)) ?? sign;
}

const bare = (sign: string) => sign.replace(variation, '');

/** Read when the first emoji turns up: 10 ms and half a megabyte that plain text does not need. */
function readNames(): Map<string, string> {
  const list = createRequire(import.meta.url)('emojibase-data/en/compact.json') as { unicode: string; label: string }[];
  return new Map(list.map(({ unicode, label }) => [bare(unicode), label]));
}
