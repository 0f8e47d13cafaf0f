import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkAnyOrder,
  checkEditsAndDeletes,
  checkKeepsUnknown,
  checkMapsOrRefuses,
  checkPure,
  checkTwiceIsOnce,
  factsOfSample,
} from '../contract.ts';
import { example, exampleSamples } from './mapped.ts';

const samples = exampleSamples();

describe('a mapped source keeps the contract', () => {
  it('has fixtures that give facts', () => {
    assert.ok(samples.some((sample) => factsOfSample(example, sample).length > 0));
  });
  it('maps or refuses every unit, with a reason', () => checkMapsOrRefuses(example, samples));
  it('is pure', () => checkPure(example, samples));
  it('takes a second delivery as the first', () => checkTwiceIsOnce(example, samples));
  it('gives the same state in any order', () => checkAnyOrder(example, samples));
  it('keeps unknown kinds', () =>
    checkKeepsUnknown(
      example,
      samples.find(({ name }) => name.startsWith('unknown.'))!,
    ));
  it('lets edits and deletes reach the text', () => checkEditsAndDeletes(example, samples));
});
