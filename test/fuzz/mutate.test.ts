import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../data/demo/random.ts';
import { mutate } from './mutate.ts';

const body = (text: string) => ({ format: 'json' as const, body: Buffer.from(text) });

test('the same random numbers give the same bytes', () => {
  const given = body('{"id": 1, "text": "hello", "tags": ["a", "b"]}');
  for (const seed of ['a', 'b', 'c'])
    assert.deepEqual(mutate(given, new Random(seed)), mutate(given, new Random(seed)));
});

test('a document deeper than can be written is left as it is', () => {
  const deep = body(`${'['.repeat(7_000)}${']'.repeat(7_000)}`);
  for (let seed = 0; seed < 20; seed++) assert.ok(mutate(deep, new Random(`${seed}`)).length > 0);
});
