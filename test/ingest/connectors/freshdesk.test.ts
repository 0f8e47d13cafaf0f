import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshdesk } from '../../../ingest/connectors/freshdesk/freshdesk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

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

  it('refuses a rating that is not of the seven steps', () => {
    const rating = { id: 1, ticket_id: 7, created_at: '2026-01-01T10:00:00Z', ratings: { default_question: 3 } };
    const { outcomes } = mapDocument(freshdesk, [rating]);
    assert.match(outcomes[0]!.reason!, /^invalid rating: 3; expected one of -103/);
  });

  it('reads what an automation rule posts: words instead of numbers, and no time', () => {
    const mapped = mapFixture(freshdesk, 'rule-webhook.json');
    assert.deepEqual(mapped.outcomes, [{ nativeKind: 'rule webhook', status: 'ok' }]);
    const [ticket] = of(mapped.facts, 'thread');
    assert.equal(ticket!.id, recordId('thread', 'freshdesk', 'ticket/71'));
    assert.deepEqual(
      [ticket!.channel, ticket!.status, ticket!.priority, ticket!.startedAt],
      ['portal', 'open', 'high', undefined],
    );
    assert.deepEqual(
      of(mapped.facts, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
      [['customer', 'It came in two parts', 'receipt']],
    );
    assert.deepEqual(
      of(mapped.facts, 'handle').map(({ type, value }) => [type, value]),
      [['email', 'kim@example.net']],
    );
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
