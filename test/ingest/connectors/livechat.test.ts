import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { livechat } from '../../../ingest/connectors/livechat.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

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

  it('reads archived chats, and gives what was said the ids that webhooks give', () => {
    const { facts, outcomes } = mapFixture(livechat, 'archives.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['chat ok', 'chat.message ok', 'chat.message ok'],
    );
    const [question, whisper] = of(facts, 'utterance');
    assert.deepEqual([question!.role, question!.text], ['customer', 'Where is it?']);
    assert.equal(whisper!.id, of(mapFixture(livechat, 'whisper.json').facts, 'utterance')[0]!.id);
    assert.equal(of(facts, 'thread')[0]!.status, 'closed');
  });

  it('erases deleted events and threads, and says where a notice does not name them', () => {
    const notice = (action: string, payload: object) => mapDocument(livechat, { action, payload });
    const gone = mapFixture(livechat, 'event-deleted.json');
    const [erased] = of(gone.facts, 'utterance');
    assert.equal(erased!.id, of(mapFixture(livechat, 'whisper.json').facts, 'utterance')[0]!.id);
    assert.ok(erased!.deletedAt);
    assert.ok(of(mapFixture(livechat, 'thread-deleted.json').facts, 'thread')[0]!.deletedAt);
    assert.equal(notice('chat_deleted', { chat_id: 'C1' }).outcomes[0]!.status, 'reject');
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
