import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectors } from '../../ingest/sources.ts';
import {
  checkAnyOrder,
  checkEditsAndDeletes,
  checkKeepsUnknown,
  checkMapsOrRefuses,
  checkPure,
  checkTwiceIsOnce,
  factsOfSample,
} from './contract.ts';
import { fixturesOf, hasPayloads, payloadsOf } from './samples.ts';

for (const connector of connectors) {
  const fixtures = fixturesOf(connector);
  const samples = [...fixtures, ...payloadsOf(connector)];
  describe(`${connector.name} keeps the contract (${fixtures.length} fixtures, ${hasPayloads ? 'real payloads too' : 'real payloads absent'})`, () => {
    it('has fixtures that give facts', () => {
      assert.ok(fixtures.some((sample) => factsOfSample(connector, sample).length > 0));
    });
    it('maps or refuses every unit, with a reason', () => checkMapsOrRefuses(connector, samples));
    it('is pure', () => checkPure(connector, samples));
    it('takes a second delivery as the first', () => checkTwiceIsOnce(connector, samples));
    it('gives the same state in any order', () => checkAnyOrder(connector, samples));
    it('keeps unknown kinds', () => {
      const unknown = fixtures.find(({ name }) => name.startsWith('unknown.'));
      assert.ok(unknown, 'expected a fixture unknown.<extension> with a kind the source may add one day');
      checkKeepsUnknown(connector, unknown);
    });
    it('lets edits and deletes reach the text', () => checkEditsAndDeletes(connector, samples));
  });
}
