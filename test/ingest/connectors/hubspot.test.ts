import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hubspot } from '../../../ingest/connectors/hubspot/hubspot.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('hubspot', () => {
  const { facts } = mapFixture(hubspot, 'records.json');

  it('reads a conversation: both sides, the note, the end', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', 'public'],
      ['agent', 'Depot', 'internal'],
      ['agent', 'On its way', 'public'],
      ['agent', 'Asked again', 'internal'],
    ]);
    assert.ok(of(facts, 'event').some(({ kind }) => kind === 'solved'));
  });

  it('reads a call in milliseconds', () => {
    const [duration] = of(facts, 'measure');
    assert.deepEqual([duration!.name, duration!.value, duration!.unit], ['call_duration', 61_000, 'millisecond']);
    const ended = of(facts, 'event').find(({ kind }) => kind === 'ended');
    assert.equal(ended!.occurredAt.toISOString(), '2026-01-02T10:01:01.000Z');
  });

  it('takes every address of a contact, and a changed one from a webhook', () => {
    const emails = of(facts, 'handle').flatMap(({ type, value }) => (type === 'email' ? [value] : []));
    assert.deepEqual([...new Set(emails)], ['jo@example.net', 'jo2@example.net']);
    const changed = mapFixture(hubspot, 'webhook.json');
    assert.deepEqual(
      changed.outcomes.map(({ status }) => status),
      ['ok', 'ignored'],
    );
    assert.equal(of(changed.facts, 'profile').length, 1);
  });
});

describe('hubspot, real payloads', withPayloads('hubspot'), () => {
  const mapped = payloadNames('hubspot').flatMap((name) => mapBytes(hubspot, readPayload('hubspot', name), 'json'));

  it('maps every contact', () => {
    assert.deepEqual(Object.keys(countOutcomes(mapped)), ['ok']);
    assert.ok(
      of(
        mapped.flatMap(({ facts }) => facts),
        'handle',
      ).some(({ value }) => value === 'emailmaria@hubspot.com'),
    );
  });
});
