import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { connectors } from '../../ingest/sources.ts';
import { checks, closeStore } from './meaning-checks.ts';
import { claimsOf, describeMeanings, meanings, meaningsPagePath, unitsOfCases } from './meanings.ts';

describe('shared meanings', () => {
  after(closeStore);
  for (const connector of connectors)
    describe(connector.name, () => {
      for (const name of claimsOf(connector))
        it(`${meanings[name].title}`, () => checks[name](unitsOfCases(connector)));
    });

  it('are listed as the code has them', () => {
    assert.equal(readFileSync(meaningsPagePath, 'utf8'), describeMeanings(), 'run npm run docs');
  });
});
