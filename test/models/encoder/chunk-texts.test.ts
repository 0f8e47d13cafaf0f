import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchesOfOneLength, chunkSpans } from '../../../models/encoder/chunk-texts.ts';

const tokens = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('chunks end between sentences where they can, and a sentence longer than a chunk is cut', () => {
  const spans = [4, 4, 11].map((count, piece) => ({ piece, ids: tokens(count) }));
  const chunks = chunkSpans(spans, 10).map((chunk) => chunk.map(({ piece, ids }) => `${piece}: ${ids.length}`));
  assert.deepEqual(chunks, [['0: 4', '1: 4'], ['2: 10'], ['2: 1']]);
});

test('an empty text is one empty chunk', () => {
  assert.deepEqual(chunkSpans([], 10), [[]]);
});

test('rows of one length are read together, up to so many tokens', () => {
  const rows = [3, 5, 3, 3, 5].map((count, name) => ({ name, ids: tokens(count) }));
  const names = (most: number): number[][] =>
    batchesOfOneLength(rows, most).map((batch) => batch.map(({ name }) => name));
  assert.deepEqual(names(6), [[0, 2], [1], [3], [4]]);
  assert.deepEqual(names(100), [
    [0, 2, 3],
    [1, 4],
  ]);
});

test('with no room for two, each row is read alone', () => {
  const rows = [{ ids: tokens(2) }, { ids: tokens(2) }];
  assert.deepEqual(batchesOfOneLength(rows, 0), [[rows[0]], [rows[1]]]);
});
