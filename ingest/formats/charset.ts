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
    new TextDecoder('windows-1252').decode(bytes)
  );
}

function tryDecode(bytes: Uint8Array, label: string, fatal = true): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}
