import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gorgias } from '../../../ingest/connectors/gorgias/gorgias.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

describe('gorgias', () => {
  const { facts } = mapFixture(gorgias, 'ticket.json');

  it('tells customer, note and rule apart', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility, isAutomatic }) => [
      role,
      text,
      visibility,
      isAutomatic,
    ]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public', false],
      ['agent', 'Depot', 'internal', false],
      ['system', 'We got your mail', 'public', true],
    ]);
  });

  it('reads state, receipt and rating', () => {
    const [ticket] = of(facts, 'thread');
    assert.deepEqual([ticket!.channel, ticket!.status, ticket!.priority], ['email', 'closed', 'urgent']);
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'solved', 'read'],
    );
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMax, rating!.comment], [4, 5, 'Good']);
  });
});
