/**
 * Splits an mbox into the bytes of its messages and undoes mboxrd quoting (`>From ` at the start of a line loses one
 * mark). A separator is a line that starts with `From ` at the start of the file or after an empty line.
 */
export function splitMbox(bytes: Uint8Array): Uint8Array[] {
  // Latin-1 maps bytes to characters one to one, whatever charsets the messages use.
  const text = Buffer.from(bytes).toString('latin1');
  return text
    .split(/(?:^|(?<=\r?\n\r?\n))From [^\r\n]*\r?\n/)
    .filter((message) => message.trim() !== '')
    .map((message) => Buffer.from(message.replace(/^>(>*From )/gm, '$1'), 'latin1'));
}
