import { tableOf } from './value.ts';
/** Labels in use that the encoding standard does not list, and what senders mean by them. */
const ALIASES = tableOf<string>({
  cp932: 'shift_jis',
  'shift-jis-2004': 'shift_jis',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  cp936: 'gbk',
  cp950: 'big5',
  utf7: 'utf-8',
  'utf-7': 'utf-8',
  utf8mb4: 'utf-8',
  ansi: 'windows-1252',
});

/**
 * Text from bytes in the named character set. Where the label is missing, unknown or plainly wrong, valid UTF-8 is read
 * as UTF-8 and anything else as windows-1252, which gives a character to every byte.
 */
export function decodeCharset(bytes: Uint8Array, label?: string): string {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  const isGuess = name === '' || /^(us-)?ascii|^(x-)?unknown|^(default|binary|8bit|7bit)/.test(name);
  const first = isGuess ? 'utf-8' : (ALIASES[name] ?? name.replace(/^cp-?(125\d)$/, 'windows-$1'));
  return (
    tryDecode(bytes, first) ??
    tryDecode(bytes, 'utf-8') ??
    (isGuess || first === 'utf-8' ? undefined : tryDecode(bytes, first, false)) ??
    decodeAs(bytes, 'windows-1252', false)
  );
}

function tryDecode(bytes: Uint8Array, label: string, fatal = true): string | undefined {
  try {
    return decodeAs(bytes, label, fatal);
  } catch {
    return undefined;
  }
}

/** What windows-1252 has at 0x80 to 0x9f; the five that it has nothing for stay controls. */
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** Some releases of Node read windows-1252, which ASCII and ISO 8859-1 are names of too, as if it ended at 0x7f and 0xa0. */
function decodeAs(bytes: Uint8Array, label: string, fatal: boolean): string {
  const decoder = new TextDecoder(label, { fatal });
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252' ? withWindowsSigns(text) : text;
}

/** With the quotes, dashes and the like that came out as controls. */
export const withWindowsSigns = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!);
