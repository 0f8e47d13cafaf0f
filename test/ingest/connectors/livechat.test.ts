import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { livechat } from '../../../ingest/connectors/livechat/livechat.ts';
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
    assert.equal(of(mapFixture(livechat, 'ended.json').facts, 'thread')[0]!.status, 'closed');
  });

  it('reads what was chosen in a form, and takes the welcome for nobody’s', () => {
    const event = (given: object) =>
      mapDocument(livechat, {
        action: 'incoming_event',
        payload: {
          chat_id: 'C1',
          thread_id: 'T1',
          event: { id: 'T1_7', created_at: '2026-01-01T10:00:02Z', ...given },
        },
      });
    const fields = [
      { type: 'name', label: 'Name', answer: 'Jo' },
      { type: 'radio', label: 'Reason', answer: { id: '1', label: 'Delivery' } },
      { type: 'checkbox', label: 'Parcels', answers: [{ label: 'First' }, { label: 'Second' }] },
    ];
    const [form] = of(event({ type: 'filled_form', author_id: 'c-1', fields }).facts, 'utterance');
    assert.deepEqual([form!.role, form!.text], ['customer', 'Name: Jo\nReason: Delivery\nParcels: First, Second']);
    const greeting = { type: 'message', text: 'Hello', author_id: 'ana@example.com' };
    const [said] = of(event({ ...greeting, properties: { lc2: { welcome_message: true } } }).facts, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic, said!.agentId], ['system', true, undefined]);
  });

  it('ignores a press of a button, whose words come as a message, and other changes that say nothing', () => {
    for (const action of ['incoming_rich_message_postback', 'incoming_customer', 'thread_properties_deleted'])
      assert.equal(mapDocument(livechat, { action, payload: { chat_id: 'C1' } }).outcomes[0]!.status, 'ignored');
    const added = { action: 'user_added_to_chat', payload: { chat_id: 'C1', user: { id: 'ana@example.com' } } };
    assert.equal(mapDocument(livechat, added).outcomes[0]!.status, 'drop');
  });

  it('reads archived chats, and gives what was said the ids that webhooks give', () => {
    const { facts, outcomes } = mapFixture(livechat, 'archives.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['chat ok', 'chat.message ok', 'chat.message ok', 'chat.system_message ok', 'chat.custom ignored'],
    );
    const [question, whisper] = of(facts, 'utterance');
    assert.deepEqual([question!.role, question!.text], ['customer', 'Where is it?']);
    assert.equal(whisper!.id, of(mapFixture(livechat, 'whisper.json').facts, 'utterance')[0]!.id);
    const [thread] = of(facts, 'thread');
    const [begun] = of(mapFixture(livechat, 'chat.json').facts, 'thread');
    assert.equal(thread!.status, 'closed');
    assert.deepEqual([begun!.status, thread!.version > Date.parse('2026-01-01T10:00:00Z')], ['open', true]);
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.comment], [0, 'Too slow']);
    assert.equal(rating!.occurredAt.toISOString(), '2026-01-01T10:09:00.000Z');
  });

  it('takes back a rating, tells who left, and knows what earlier versions called the same', () => {
    const notice = (action: string, payload: object) =>
      mapDocument(livechat, { action, payload: { chat_id: 'C1', thread_id: 'T1', ...payload } });
    const [gone] = of(notice('thread_properties_deleted', { properties: { rating: ['score'] } }).facts, 'survey');
    assert.equal(gone!.id, of(mapFixture(livechat, 'rating.json').facts, 'survey')[0]!.id);
    assert.ok(gone!.deletedAt);
    const left = notice('user_removed_from_chat', { user_id: 'ana@example.com' });
    assert.equal(of(left.facts, 'event')[0]!.kind, 'left');
    const joined = notice('chat_user_added', { user: { id: 'ana@example.com' }, user_type: 'agent' });
    assert.equal(of(joined.facts, 'event')[0]!.kind, 'joined');
    assert.equal(of(notice('thread_closed', {}).facts, 'thread')[0]!.status, 'closed');
    const rated = notice('chat_thread_properties_updated', { properties: { rating: { score: { value: 0 } } } });
    assert.equal(of(rated.facts, 'survey')[0]!.score, 0);
  });

  it('reads the last events of chats that are listed, and chats of version 2', () => {
    const event = { id: 'T1_2', type: 'message', text: 'Hi', author_id: 'c-1', created_at: '2026-01-01T10:00:05Z' };
    const listed = mapDocument(livechat, {
      chats_summary: [{ id: 'C1', last_event_per_type: { message: { thread_id: 'T1', event } }, users: [] }],
    });
    assert.equal(
      of(listed.facts, 'utterance')[0]!.threadId,
      of(mapFixture(livechat, 'ended.json').facts, 'thread')[0]!.id,
    );
    const { facts, outcomes } = mapFixture(livechat, 'version-2.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['former_chat ok', 'former_missed_chat unknown'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['system', 'Hello', 'public'],
        ['customer', 'Where is it?', 'public'],
        ['agent', 'Ask the depot', 'internal'],
      ],
    );
    const [thread] = of(facts, 'thread');
    assert.deepEqual([thread!.status, thread!.endedAt!.toISOString()], ['closed', '2026-01-01T10:02:00.000Z']);
    assert.deepEqual([of(facts, 'survey')[0]!.score, of(facts, 'measure')[0]!.unit], [1, 'second']);
  });

  it('reads from the notices of a chat when it was given to somebody else and when it was closed', () => {
    const notice = (id: string, system_message_type: string, created_at: string) => ({
      id,
      type: 'system_message',
      text: 'Notice',
      system_message_type,
      created_at,
    });
    const events = [
      notice('T1_1', 'chat_transferred', '2026-01-01T10:01:00Z'),
      notice('T1_2', 'routing.assigned_inactive', '2026-01-01T10:02:00Z'),
      notice('T1_3', 'customer_banned', '2026-01-01T10:03:00Z'),
    ];
    const thread = { id: 'T1', active: false, created_at: '2026-01-01T10:00:00Z', events };
    const { facts } = mapDocument(livechat, { chats: [{ id: 'C1', thread }] });
    assert.deepEqual(
      of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['started', '2026-01-01T10:00:00.000Z'],
        ['transferred', '2026-01-01T10:01:00.000Z'],
        ['transferred', '2026-01-01T10:02:00.000Z'],
      ],
    );
    assert.equal(of(facts, 'thread')[0]!.endedAt!.toISOString(), '2026-01-01T10:03:00.000Z');
  });

  it('erases deleted events and threads, and says where a notice does not name them', () => {
    const notice = (action: string, payload: object) => mapDocument(livechat, { action, payload });
    const gone = mapFixture(livechat, 'event-deleted.json');
    const [erased] = of(gone.facts, 'utterance');
    assert.equal(erased!.id, of(mapFixture(livechat, 'whisper.json').facts, 'utterance')[0]!.id);
    assert.ok(erased!.deletedAt);
    const event = { id: 'T1_8', type: 'message', text: 'My card is …', author_id: 'c-1', deleted: true };
    const shown = mapDocument(livechat, {
      action: 'incoming_event',
      payload: { chat_id: 'C1', thread_id: 'T1', event },
    });
    assert.ok(of(shown.facts, 'utterance')[0]!.deletedAt);
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
