// Bounded, as the bytes may be anything.
const DATED = String.raw`[^\r\n]{0,300}?\d:\d{2}[^\r\n]{0,30}?\d{4}[^\r\n]*`;
const SEPARATOR = String.raw`From (?:${DATED}|[^\r\n]*(?=\r?\n[!-9;-~]+[ \t]*:))\r?\n`;
const AT_START = new RegExp(`^${SEPARATOR}`);
const BETWEEN = new RegExp(String.raw`(?:^|(?<=\r?\n\r?\n))${SEPARATOR}`);

/** Whether a text that stands after an empty line is the beginning of a message, and not of a paragraph. */
export const isMboxSeparator = (text: string): boolean => AT_START.test(text);

/**
 * Splits an mbox into the bytes of its messages and undoes mboxrd quoting (`>From ` at the start of a line loses one
 * mark). A separator is a line that starts with `From `, at the start of the file or after an empty line, and has a date
 * or a header below it: not every program marks the paragraphs that start so.
 */
export function splitMbox(bytes: Uint8Array): Uint8Array[] {
  // Latin-1 maps bytes to characters one to one, whatever charsets the messages use.
  const text = Buffer.from(bytes).toString('latin1');
  return text
    .split(BETWEEN)
    .filter((message) => message.trim() !== '')
    .map((message) => Buffer.from(message.replace(/^>(>*From )/gm, '$1'), 'latin1'));
}
