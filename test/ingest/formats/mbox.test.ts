import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { splitMbox } from '../../../ingest/formats/mbox.ts';
import { cutRecords } from '../../../ingest/parts.ts';

const mail = (name: string, end = '\n') =>
  [`From ${name}@example.net Thu Jan  1 10:00:00 2026`, `From: ${name}@example.net`, '', 'Hello', '', ''].join(end);
const texts = (mbox: string) => splitMbox(Buffer.from(mbox)).map((bytes) => Buffer.from(bytes).toString());

test('a paragraph that begins with From is no message, though no program marked it', () => {
  const paragraph = 'From here on nothing worked.\nIt broke at 10:30.\n\n';
  const [first, second, ...others] = texts(`${mail('ana')}${paragraph}>From there\n\n${mail('bo')}`);
  assert.equal(first, `From: ana@example.net\n\nHello\n\n${paragraph}From there\n\n`);
  assert.equal(second, 'From: bo@example.net\n\nHello\n\n');
  assert.deepEqual(others, []);
});

test('a separator without a date is one above a header', () => {
  assert.equal(texts(`From nobody\nSubject: a\n\nHello\n\nFrom nobody\nSubject: b\n\nHi\n`).length, 2);
});

test('a large file is cut at messages, whatever its line ends', async () => {
  const mbox = Buffer.from(mail('ana', '\r\n') + 'From here on\r\nit broke.\r\n\r\n' + mail('bo', '\r\n').repeat(4));
  const parts: Uint8Array[] = [];
  for await (const part of cutRecords(Readable.from([mbox]), 'mbox', 60)) parts.push(part);
  assert.ok(parts.length > 1);
  assert.equal(Buffer.concat(parts).toString(), mbox.toString());
  assert.equal(parts.flatMap(splitMbox).length, 5);
});
