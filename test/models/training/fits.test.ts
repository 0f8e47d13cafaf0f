import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestThreshold, measureAt } from '../../../models/training/best-threshold.ts';
import { fitMultinomial, readShares } from '../../../models/training/multinomial.ts';

const corners = [
  [0, 0],
  [1000, 0],
  [0, 0.001],
];
const samples = Array.from({ length: 60 }, (_, index) => {
  const truth = index % 3;
  const [left, right] = corners[truth]!;
  return { features: [left! + (index % 7), right! + (index % 5) * 1e-5], truth };
});

test('three classes are told apart, whatever the units of their features', () => {
  const model = fitMultinomial(samples, { classes: 3, ridge: 0.001, passes: 50 });
  for (const [truth, corner] of corners.entries()) {
    const shares = readShares(model, corner);
    assert.equal(shares.indexOf(Math.max(...shares)), truth);
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  }
});

test('the same samples give the same model, and a feature that never changes does no harm', () => {
  const fit = () =>
    fitMultinomial(
      samples.map(({ features, truth }) => ({ features: [...features, 7], truth })),
      { classes: 3, ridge: 0.001, passes: 5 },
    );
  assert.deepEqual(fit(), fit());
  assert.ok(fit().bias.every(Number.isFinite));
});

const judged = [
  { score: 0.9, isTrue: true },
  { score: 0.7, isTrue: true },
  { score: 0.5, isTrue: false },
  { score: 0.3, isTrue: true },
  { score: 0.1, isTrue: false },
];

test('the threshold is that of the best F1, and higher where precision weighs more', () => {
  assert.deepEqual(measureAt(judged, 0.6), { precision: 1, recall: 2 / 3 });
  assert.ok(bestThreshold(judged) > 0.1 && bestThreshold(judged) <= 0.3);
  assert.ok(bestThreshold(judged, 0.5) > 0.5);
});
