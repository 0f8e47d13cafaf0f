import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeWords, parseAddresses } from '../../../ingest/formats/encoded-words.ts';
import { decodeCharset } from '../../../ingest/formats/charset.ts';
import { headerOf, parseMime, textOfPart } from '../../../ingest/formats/mime.ts';

const parse = (...lines: string[]) => parseMime(Buffer.from(lines.join('\r\n'), 'latin1'));

describe('parseMime', () => {
  it('reads folded, encoded and raw 8-bit headers; skips lines that are none', () => {
    const part = parse(
      'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
      ' from afar',
      'quite wrong: x',
      'X-Raw: Gr\u00fc\u00dfe',
      '',
      'body',
    );
    assert.equal(headerOf(part, 'subject'), 'Grüße from afar');
    assert.equal(headerOf(part, 'x-raw'), 'Grüße');
    assert.deepEqual([...part.headers.keys()], ['subject', 'x-raw']);
  });

  it('undoes transfer encodings, also under names that are not quite right', () => {
    const text = (encoding: string, body: string) =>
      textOfPart(parse(`Content-Transfer-Encoding: ${encoding}`, '', body));
    assert.equal(text('base64', 'SGVsbG8='), 'Hello');
    assert.equal(text('quoted printable', 'Gr=C3=BC=C3=9Fe =\r\nhere'), 'Grüße here');
    assert.equal(text('quoted-printable;', 'a=20b'), 'a b');
    assert.equal(text('x-uuencode', 'begin 644 a.txt\r\n%2&5L;&\\\r\n`\r\nend'), 'Hello');
    assert.equal(text('text/html', 'as it is'), 'as it is');
  });

  it('keeps the parts of nested multiparts with alike boundaries, and of a cut off one', () => {
    const part = parse(
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=b_alt',
      '',
      '--b_alt',
      '',
      'plain',
      '--b_alt--',
      '--b',
      'Content-Type: application/pdf; name*0="a long "; name*1="name.pdf"',
      '',
      'PDF',
    );
    assert.deepEqual(
      part.parts.map(({ type, fileName }) => [type, fileName]),
      [
        ['multipart/alternative', undefined],
        ['application/pdf', 'a long name.pdf'],
      ],
    );
    assert.equal(textOfPart(part.parts[0]!.parts[0]!), 'plain');
  });

  it('takes a multipart without parts for text', () => {
    const part = parse('Content-Type: multipart/mixed', '', 'just words');
    assert.deepEqual([part.type, textOfPart(part)], ['text/plain', 'just words']);
  });

  it('joins the lines of flowed text, but not a signature rule', () => {
    const part = parse('Content-Type: text/plain; format=flowed', '', 'one ', 'line', '-- ', 'Jo');
    assert.equal(textOfPart(part), 'one line\n-- \nJo');
  });
});

describe('decodeCharset', () => {
  it('knows labels in use that no standard lists', () => {
    assert.equal(decodeCharset(Buffer.from('bdbac6bcc7d8', 'hex'), 'ks_c_5601-1987'), '스티해');
    assert.equal(decodeCharset(Buffer.from('93fa967b', 'hex'), 'cp932'), '日本');
    assert.equal(decodeCharset(Buffer.from('1b2442467c4b5c1b2842', 'hex'), 'ISO-2022-JP'), '日本');
  });

  it('reads bytes under a missing or wrong label as UTF-8 where they are, else as windows-1252', () => {
    assert.equal(decodeCharset(Buffer.from('Grüße')), 'Grüße');
    assert.equal(decodeCharset(Buffer.from('Gr\u00fc\u00dfe', 'latin1'), 'utf-8'), 'Grüße');
    assert.equal(decodeCharset(Buffer.from('Grüße'), 'X-UNKNOWN'), 'Grüße');
  });

  it('reads quotes, dashes and the euro of windows-1252, which ISO 8859-1 is a name of too', () => {
    const bytes = Buffer.from('\x93It\x92s\x94 \x96 5 \x80', 'latin1');
    for (const label of ['windows-1252', 'ISO-8859-1', 'utf-8'])
      assert.equal(decodeCharset(bytes, label), '“It’s” – 5 €');
    assert.equal(decodeWords('=?windows-1252?Q?It=92s_=80?='), 'It’s €');
    assert.equal(parseAddresses('=?windows-1252?Q?O=92Neil?= <a@example.com>')[0]!.name, 'O’Neil');
  });
});
