import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshchat } from '../../../ingest/connectors/freshchat/freshchat.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

describe('freshchat', () => {
  it('keeps private messages internal', () => {
    const [said] = of(mapFixture(freshchat, 'note.json').facts, 'utterance');
    assert.deepEqual(
      [said!.role, said!.text, said!.visibility, said!.media!.length],
      ['agent', 'Depot', 'internal', 1],
    );
    assert.equal(said!.occurredAt!.toISOString(), '2026-01-01T10:00:01.250Z');
  });

  it('reads the parts of older webhooks, which name no actor', () => {
    const { facts } = mapFixture(freshchat, 'older.json');
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['customer', 'Where is my lamp?']);
    assert.equal(said!.handleId, recordId('handle', 'contact_id', 'freshchat:u-1'));
  });

  it('reads a page of messages, and knows the customer where only the agent speaks', () => {
    const { facts, outcomes } = mapFixture(freshchat, 'messages.json');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['agent', 'It left today', 'public'],
        ['bot', 'Sounds annoyed', 'internal'],
      ],
    );
    assert.deepEqual(
      of(facts, 'participant').map(({ handleId, role }) => [handleId, role]),
      [[recordId('handle', 'contact_id', 'freshchat:u-1'), 'customer']],
    );
  });

  it('takes a resolution as solving', () => {
    const { facts } = mapFixture(freshchat, 'resolved.json');
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    assert.equal(of(facts, 'event')[0]!.kind, 'solved');
  });

  const change = (action: string, data: object) =>
    mapDocument(freshchat, {
      actor: { actor_type: 'agent', actor_id: 'a9' },
      action,
      action_time: '2026-01-01T10:00:00.000Z',
      data,
    });

  it('takes an assignment to a group as queueing, and one to nobody as none', () => {
    const conversation = { conversation_id: 'c1', status: 'new' };
    const assignment = (to_agent_id: string, to_group_id: string) =>
      change('conversation_assignment', {
        assignment: {
          assignor: 'system',
          to_agent_id,
          to_group_id,
          from_agent_id: '',
          from_group_id: '',
          conversation,
        },
      });
    const [agent, group] = [assignment('a9', 'g1'), assignment('', 'g1')].map(({ facts }) => of(facts, 'event')[0]!);
    assert.deepEqual([agent!.kind, agent!.agentId], ['assigned', recordId('agent', 'freshchat', 'a9')]);
    assert.deepEqual(
      [group!.kind, group!.agentId, group!.queueId],
      ['queued', undefined, recordId('queue', 'freshchat', 'g1')],
    );
    assert.deepEqual(assignment('', '').outcomes[0], {
      nativeKind: 'conversation_assignment',
      status: 'drop',
      reason: 'an assignment to nobody',
    });
  });

  it('reads the parts inside a collection, and who wrote from the notice where the message does not say', () => {
    const message = {
      id: 'm7',
      conversation_id: 'c1',
      message_parts: [
        {
          collection: { sub_parts: [{ text: { content: 'Which size?' } }, { quick_reply_button: { label: 'Small' } }] },
        },
        { file: { name: 'sizes.pdf', content_type: 'application/pdf', file_size_in_bytes: 321 } },
      ],
    };
    const [said] = of(change('message_create', { message }).facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['agent', 'Which size?\nSmall']);
    assert.deepEqual(said!.media, [{ name: 'sizes.pdf', mimeType: 'application/pdf', byteSize: 321 }]);
  });

  it('reads what the API answers: a conversation with its messages, pages of people', () => {
    const conversation = {
      conversation_id: 'c1',
      status: 'resolved',
      channel_id: 'ch1',
      assigned_agent_id: 'a9',
      user_id: 'u-1',
      created_time: '2026-01-01T09:00:00.000Z',
      updated_time: '2026-01-01T10:00:00.000Z',
      messages: [
        {
          id: 'm1',
          actor_type: 'user',
          actor_id: 'u-1',
          message_parts: [{ text: { content: 'Hello' } }],
          created_time: '2026-01-01T09:00:00.000Z',
        },
      ],
    };
    const { facts, outcomes } = mapDocument(freshchat, conversation);
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['conversation ok', 'message ok'],
    );
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    assert.equal(of(facts, 'utterance')[0]!.threadId, of(facts, 'thread')[0]!.id);
    const people = [
      { users: [{ id: 'u-1', first_name: 'Kim', email: 'kim@example.net', created_time: '2026-01-01T08:00:00.000Z' }] },
      { agents: [{ id: 'a9', first_name: 'Ada', last_name: 'Agent', groups: ['g1'] }] },
      { groups: [{ id: 'g1', name: 'Delivery', routing_type: 'INTELLIASSIGN' }] },
    ].flatMap((page) => mapDocument(freshchat, page).facts);
    assert.deepEqual(
      [of(people, 'agent')[0]!.name, of(people, 'queue')[0]!.name, of(people, 'profile').length],
      ['Ada Agent', 'Delivery', 1],
    );
  });

  it('reads the buttons that somebody pressed, and where the customer wrote', () => {
    const message = {
      id: 'm8',
      conversation_id: 'c1',
      actor_type: 'user',
      message_source: 'fb_messenger',
      in_reply_to: { message_id: 'm7' },
      message_parts: [{ callback: { label: 'Small', payload: 's' } }],
    };
    const { facts } = change('message_create', { message });
    const [said] = of(facts, 'utterance');
    assert.deepEqual([said!.text, said!.replyToId], ['Small', recordId('utterance', 'freshchat', 'm7')]);
    assert.equal(of(facts, 'thread')[0]!.channel, 'messenger');
  });

  it('reads what the app platform sends: the conversation, its people, what changed', () => {
    const conversation = {
      conversation_id: 'c1',
      channel_id: 'ch1',
      user_id: 'u-1',
      status: 'resolved',
      assigned_agent_id: 'a9',
      created_time: '2026-01-01T09:00:00.000Z',
      messages: [
        {
          id: 'm1',
          actor_type: 'user',
          actor_id: 'u-1',
          message_parts: [{ text: { content: 'Hello' } }],
          created_time: '2026-01-01T09:00:00.000Z',
        },
      ],
    };
    const { facts, outcomes } = mapDocument(freshchat, {
      event: 'onConversationUpdate',
      timestamp: 1767261600,
      data: {
        actor: { type: 'agent', id: 'a9' },
        associations: { user: { id: 'u-1', email: 'kim@example.net' }, agent: { id: 'a9', first_name: 'Ada' } },
        changes: { model_changes: { status: ['assigned', 'resolved'], assigned_agent_id: [null, 'a9'] } },
        conversation,
      },
    });
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      [
        'user ok',
        'agent ok',
        'conversation ok',
        'message ok',
        'conversation_resolution ok',
        'conversation_assignment ok',
      ],
    );
    assert.deepEqual(
      of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['solved', '2026-01-01T10:00:00.000Z'],
        ['assigned', '2026-01-01T10:00:00.000Z'],
      ],
    );
    assert.deepEqual([of(facts, 'utterance')[0]!.text, of(facts, 'agent')[0]!.name], ['Hello', 'Ada']);
  });
});

describe('freshchat, real payloads', withPayloads('freshchat'), () => {
  it('maps what a user said', () => {
    const [mapped] = mapBytes(freshchat, readPayload('freshchat', 'courier-valid-receive.json'), 'json');
    const [said] = of(mapped!.facts, 'utterance');
    assert.deepEqual(
      [said!.role, said!.text, said!.occurredAt!.toISOString()],
      ['customer', 'Test 2', '2019-06-21T17:43:20.866Z'],
    );
  });
});
