import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kustomer } from '../../../ingest/connectors/kustomer/kustomer.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

describe('kustomer', () => {
  const { facts } = mapFixture(kustomer, 'page.json');

  it('reads messages by direction, and notes as internal', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Depot', 'internal'],
      ['agent', 'On its way', 'public'],
    ]);
  });

  it('joins a conversation to its customer, and reads when it was done', () => {
    const customer = recordId('handle', 'contact_id', 'kustomer:cu1');
    assert.ok(of(facts, 'participant').some(({ handleId }) => handleId === customer));
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    assert.ok(of(facts, 'event').some(({ kind }) => kind === 'solved'));
  });
});
