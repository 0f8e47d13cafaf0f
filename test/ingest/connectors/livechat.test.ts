import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { livechat } from '../../../ingest/connectors/livechat.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('livechat', () => {
  it('reads a chat with its first message', () => {
    const { facts } = mapFixture(livechat, 'chat.json');
    const said = of(facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?'],
      ['system', 'Chat assigned'],
    ]);
    assert.equal(of(facts, 'utterance')[0]!.occurredAt!.toISOString(), '2026-01-01T10:00:00.123Z');
    assert.ok(of(facts, 'handle').some(({ value }) => value === 'jo@example.net'));
  });

  it('keeps a whisper among agents, and reads rating and end', () => {
    const [whisper] = of(mapFixture(livechat, 'whisper.json').facts, 'utterance');
    assert.deepEqual([whisper!.role, whisper!.visibility], ['agent', 'internal']);
    const [rating] = of(mapFixture(livechat, 'rating.json').facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMin, rating!.scaleMax, rating!.comment], [1, 0, 1, 'Quick']);
    assert.equal(of(mapFixture(livechat, 'ended.json').facts, 'event')[0]!.kind, 'ended');
  });
});

describe('livechat, real payloads', withPayloads('livechat-text'), () => {
  const mapped = payloadNames('livechat-text').flatMap((name) =>
    mapBytes(livechat, readPayload('livechat-text', name), 'json'),
  );

  it('maps both messages as the customer’s', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 3 });
    const said = mapped.flatMap(({ facts }) =>
      of(facts, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
    );
    assert.deepEqual(said, [
      ['customer', 'first message', 'receipt'],
      ['customer', 'hello', 'millisecond'],
    ]);
  });
});
