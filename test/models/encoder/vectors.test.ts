import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Encoder } from '../../../models/encoder/encoder.ts';
import { cosine, packVector, unpackVector } from '../../../models/encoder/vectors.ts';

test('packing to bytes keeps the cosine between texts within 0.01', async () => {
  const encoder = await Encoder.load(normalizeConfig({}).model.folder);
  const texts = [
    'my parcel is late',
    'where is my order',
    'great service',
    'I lost my card',
    'can I change my flight?',
  ];
  const vectors = (await encoder.encode(texts.map((text) => [text]))).map(({ vector }) => vector);
  const packed = vectors.map((vector) => unpackVector(packVector(vector)));
  for (const [i, left] of vectors.entries())
    for (const [j, right] of vectors.entries())
      assert.ok(Math.abs(cosine(left, right) - cosine(packed[i]!, packed[j]!)) < 0.01);
  await encoder.close();
});

test('a vector of zeros stays one', () => {
  assert.deepEqual([...unpackVector(packVector(new Float32Array(3)))], [0, 0, 0]);
});

test('the largest value keeps its sign and size', () => {
  const [first, second] = unpackVector(packVector(Float32Array.from([-2, 1])));
  assert.ok(Math.abs(first! + 2) < 1e-6 && Math.abs(second! - 1) < 0.01);
});
