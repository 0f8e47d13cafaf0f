import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyzeTexts } from '../../../models/analyze.ts';
import { Encoder } from '../../../models/encoder/encoder.ts';

// Another model folder: 16 dimensions, no segments, German and English, at most 32 tokens; its words have a value each.
const folder = join(import.meta.dirname, '../small-model');

const analyze = async (...texts: string[]) => {
  const encoder = Object.assign(await Encoder.load(folder), { folder });
  try {
    const inputs = texts.map((text, index) => ({ id: String(index), text }));
    return await analyzeTexts(inputs, { encoder, withVectors: true });
  } finally {
    await encoder.close();
  }
};

test('an encoder of another size and language scores what it reads', async () => {
  const [good, bad] = await analyze(
    'Das ist sehr gut, danke, ich bin zufrieden!',
    'Mein Paket kommt nicht, ich warte seit drei Wochen.',
  );
  assert.deepEqual(
    [good, bad].map((row) => [row!.language, row!.sentiment!.label, row!.act, row!.vector!.length]),
    [
      ['de', 'positive', 'praise', 16],
      ['de', 'negative', 'complaint', 16],
    ],
  );
});

test('what it does not list is marked with its language and not scored', async () => {
  const [row] = await analyze("Bonjour, mon colis n'est toujours pas arrivé et personne ne me répond depuis lundi.");
  assert.deepEqual([row!.language, row!.sentiment, row!.intents], ['fr', null, null]);
});

test('texts longer than the model takes are read in chunks', async () => {
  const encoder = await Encoder.load(folder);
  const [encoded] = await encoder.encode([Array.from({ length: 10 }, () => 'das ist sehr gut und das ist sehr gut')]);
  await encoder.close();
  assert.ok(encoded!.chunks.length > 1);
  assert.ok(encoded!.chunks.every(({ tokens }) => tokens <= 32));
});
