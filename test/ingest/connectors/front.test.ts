import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { front } from '../../../ingest/connectors/front/front.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('front', () => {
  it('reads a webhook: the conversation and the customer’s new words, to the millisecond', () => {
    const { facts } = mapFixture(front, 'webhook.json');
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.text, said!.timePrecision], ['customer', 'Where is it?', 'millisecond']);
    assert.equal(said!.occurredAt!.toISOString(), '2026-01-01T10:00:00.250Z');
    assert.equal(said!.handleId, recordId('handle', 'email', 'jo@example.net'));
    assert.deepEqual(
      of(facts, 'thread').map(({ channel, status }) => [channel, status]),
      [
        ['ticket', 'open'],
        ['email', undefined],
      ],
    );
  });

  it('reads events, notes and answers, and drops drafts', () => {
    const { facts, outcomes } = mapFixture(front, 'events.json');
    const kinds = of(facts, 'event').map(({ kind }) => kind);
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'started'),
      ['assigned', 'solved', 'failed'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ text, visibility, role }) => [text, visibility, role]),
      [
        ['Depot has it', 'internal', 'agent'],
        ['It is on its way', 'public', 'agent'],
      ],
    );
    assert.ok(outcomes.some(({ status, reason }) => status === 'drop' && /draft/.test(reason!)));
    assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'event.tag' && status === 'ignored'));
    assert.equal(of(facts, 'profile').length > 0, true);
  });
});

describe('front, real payloads', withPayloads('front'), () => {
  const mapped = payloadNames('front').flatMap((name) => mapBytes(front, readPayload('front', name), 'json'));
  const facts = mapped.flatMap((one) => one.facts);

  it('maps every conversation and message', () => assert.deepEqual(countOutcomes(mapped), { ok: 36 }));

  it('cuts the quoted message off the answer', () => {
    const said = of(facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(said, [
      ['agent', 'response 123'],
      ['customer', 'testing 123'],
    ]);
  });
});
