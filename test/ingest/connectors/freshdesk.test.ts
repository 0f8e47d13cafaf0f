import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshdesk } from '../../../ingest/connectors/freshdesk/freshdesk.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('freshdesk', () => {
  const { facts } = mapFixture(freshdesk, 'tickets.json');

  it('reads a ticket by its numbers, with its conversation', () => {
    const [ticket] = of(facts, 'thread');
    assert.deepEqual(
      [ticket!.channel, ticket!.status, ticket!.priority, ticket!.tags],
      ['email', 'solved', 'high', ['delivery']],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['customer', 'Where is it?', 'public'],
        ['agent', 'Depot', 'internal'],
        ['agent', 'On its way', 'public'],
      ],
    );
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['started', 'answered', 'solved'],
    );
  });

  it('puts a rating of 103 at the top of seven steps', () => {
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMax, rating!.comment], [7, 7, 'Good']);
  });
});

describe('freshdesk, real payloads', withPayloads('freshdesk'), () => {
  it('leaves the folders of the knowledge base out', () => {
    const mapped = payloadNames('freshdesk').flatMap((name) =>
      mapBytes(freshdesk, readPayload('freshdesk', name), 'json'),
    );
    assert.ok(
      mapped.every(({ outcomes }) => outcomes.length > 0 && outcomes.every(({ status }) => status === 'ignored')),
    );
  });
});
