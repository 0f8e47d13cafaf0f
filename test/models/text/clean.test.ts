import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanText } from '../../../models/text/clean.ts';
import { splitSentences } from '../../../models/text/sentences.ts';

const examples: Record<string, [string, string]> = {
  'entities are decoded': ['Tom &amp; Ann &lt;3 it&#39;s', "Tom & Ann <3 it's"],
  'links are removed': ['see https://example.com/a?b=c now, or www.example.com/x', 'see now, or'],
  'mentions become @user, addresses do not': [
    '@acme_help mail me at a.b@example.com',
    '@user mail me at a.b@example.com',
  ],
  'emoji become their names': ['late again 😡👍🏽', 'late again enraged face thumbs up'],
  'a text heart is one too': ['love it ❤ ❤️', 'love it red heart red heart'],
  'digits and trade marks are no emoji': ['Acme™ 4 © #1', 'Acme™ 4 © #1'],
  'white space is collapsed': ['  a\n\n b\t c\u200b ', 'a b c'],
  'nothing may be left': ['https://example.com', ''],
};

for (const [what, [text, expected]] of Object.entries(examples))
  test(what, () => assert.equal(cleanText(text), expected));

test('sentences keep their offsets', () => {
  const text = '  Hi Mr. Smith.  My order is late!! Why?\n\nThanks 😊 ';
  const sentences = splitSentences(text);
  assert.deepEqual(
    sentences.map((sentence) => sentence.text),
    ['Hi Mr. Smith.', 'My order is late!!', 'Why?', 'Thanks 😊'],
  );
  for (const sentence of sentences) assert.equal(text.slice(sentence.start, sentence.end), sentence.text);
});

test('a link or dashes on their own belong to the sentence before', () => {
  assert.deepEqual(
    splitSentences('It broke. https://example.com/photo\n---\nPlease help.').map(({ text }) => text),
    ['It broke. https://example.com/photo\n---', 'Please help.'],
  );
});

test('no text, no sentences', () => assert.deepEqual(splitSentences(' \n '), []));
