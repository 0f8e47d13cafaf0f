import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attitudeOf } from '../../../models/evaluation/goemotions.ts';

test('emotions have one attitude, or none that is told', () => {
  const of = (...emotions: string[]) => attitudeOf(new Set(emotions));
  assert.equal(of('joy', 'gratitude'), 'positive');
  assert.equal(of('anger'), 'negative');
  assert.equal(of('neutral'), 'neutral');
  assert.equal(of('joy', 'sadness'), undefined);
  assert.equal(of('neutral', 'annoyance'), undefined);
  assert.equal(of('surprise'), undefined);
});
