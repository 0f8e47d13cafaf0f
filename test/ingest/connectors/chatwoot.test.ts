import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Store } from '../../../data/store.ts';
import { chatwoot } from '../../../ingest/connectors/chatwoot/chatwoot.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { recordId } from '../../../ingest/record-id.ts';
import type { Fact } from '../../../ingest/records.ts';
import { assertReasons, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

const map = (name: string) =>
  mapDocument(chatwoot, JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/chatwoot', name), 'utf8')));
const thread = recordId('thread', 'chatwoot', 'conversation/42');
const contact = (id: number) => recordId('handle', 'contact_id', `chatwoot:${id}`);
const cookie = recordId('handle', 'cookie', 'chatwoot:11111111-2222-4333-8444-555555555555');

describe('chatwoot', () => {
  it('maps a message, its conversation and the message inside it, whatever spelling of type and time they use', () => {
    const { outcomes, facts } = map('message-created.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind }) => nativeKind),
      ['message_created', 'conversation', 'conversation.message'],
    );
    const said = of(facts, 'utterance').map(({ role, text, isAutomatic, occurredAt }) => [
      role,
      text,
      isAutomatic,
      occurredAt!.toISOString(),
    ]);
    assert.deepEqual(said, [
      ['customer', 'Hello, where is my order?', false, '2026-03-02T09:00:05.000Z'],
      ['system', 'We answer within a minute.', true, '2026-03-02T09:00:06.000Z'],
    ]);
    const conversation = of(facts, 'thread')[1]!;
    assert.deepEqual([conversation.channel, conversation.status, conversation.account], ['chat', 'pending', '1']);
    assert.equal(of(facts, 'queue')[0]!.name, 'Shop chat');
    assert.ok(of(facts, 'thread').every(({ id }) => id === thread));
  });

  it('is the same message inside a webhook and inside a conversation, in either order', async () => {
    const outer = map('message-created.json').facts;
    const nested = {
      id: 700,
      conversation_id: 42,
      message_type: 0,
      created_at: 1772442005,
      updated_at: '2026-03-02T09:00:05.000Z',
      content: 'Hello, where is my order?',
      sender_type: 'Contact',
      sender_id: 21,
    };
    const inner = mapDocument(chatwoot, {
      id: 42,
      channel: 'Channel::WebWidget',
      status: 'open',
      updated_at: 1772442020.5,
      messages: [nested],
      event: 'conversation_updated',
    }).facts;
    const state = async (batches: Fact[][]) => {
      const store = await Store.open();
      for (const facts of batches) await store.transaction((session) => mergeFacts(session, facts));
      const rows = await store.all(
        'select native_id, role, text, occurred_at, native_time from core.utterance order by native_id',
      );
      await store.close();
      return rows;
    };
    const rows = await state([outer, inner]);
    assert.deepEqual(
      rows.map(({ native_id }) => native_id),
      ['message/700', 'message/701'],
    );
    assert.deepEqual(await state([inner, outer]), rows);
  });

  it('links the contact a visitor becomes to the one before by the address within the inbox', () => {
    const links = ['message-created.json', 'status-changed.json'].flatMap((name) => of(map(name).facts, 'profile'));
    for (const id of [21, 22])
      assert.ok(links.some(({ handleId, otherHandleId }) => handleId === contact(id) && otherHandleId === cookie));
    assert.ok(links.some(({ otherHandleId }) => otherHandleId === recordId('handle', 'email', 'jane@example.net')));
  });

  it('tells bot, agent and note apart', () => {
    const said = ['bot-answer.json', 'agent-answer.json', 'private-note.json'].map(
      (name) => of(map(name).facts, 'utterance')[0]!,
    );
    assert.deepEqual(
      said.map(({ role, visibility }) => [role, visibility]),
      [
        ['bot', 'public'],
        ['agent', 'public'],
        ['agent', 'internal'],
      ],
    );
    assert.equal(said[1]!.agentId, recordId('agent', 'chatwoot', '8'));
    assert.equal(said[1]!.replyToId, recordId('utterance', 'chatwoot', 'message/700'));
    assert.deepEqual(said[1]!.media, [{ mediaId: '60', name: 'file', byteSize: 2048 }]);
  });

  it('tells handing over, solving and reopening by what changed', () => {
    const events = (name: string) =>
      of(map(name).facts, 'event')
        .filter(({ kind }) => kind !== 'started')
        .map(({ kind }) => kind);
    assert.deepEqual(events('status-changed.json'), ['status_changed', 'handed_over', 'assigned']);
    assert.deepEqual(events('resolved.json'), ['answered', 'status_changed', 'solved']);
    assert.deepEqual(events('reopened.json'), ['status_changed', 'reopened']);
    const [ticket] = of(map('status-changed.json').facts, 'thread');
    assert.deepEqual(
      [ticket!.status, ticket!.priority, ticket!.tags, ticket!.version],
      ['open', 'normal', ['delivery'], 1772442030250],
    );
    assert.equal(of(map('status-changed.json').facts, 'queue')[0]!.name, 'Delivery');
  });

  it('says why a message could not be sent', () => {
    const message = { id: 8, conversation_id: 42, message_type: 1, content: 'Hello', created_at: 1772442005 };
    const failed = { status: 'failed', content_attributes: { external_error: 'Number not on WhatsApp' } };
    const { facts } = mapDocument(chatwoot, { ...message, ...failed, updated_at: '2026-03-02T09:02:00.000Z' });
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value }) => [kind, value]),
      [['failed', 'Number not on WhatsApp']],
    );
  });

  it('erases a deleted message', () => {
    const { outcomes, facts } = map('message-deleted.json');
    assert.equal(outcomes[0]!.status, 'ok');
    const [gone] = of(facts, 'utterance');
    assert.deepEqual(
      [gone!.nativeId, gone!.text, gone!.deletedAt!.toISOString()],
      ['message/703', undefined, '2026-03-02T09:03:00.500Z'],
    );
  });

  it('reads the rating a visitor gave, one to five', () => {
    const [rating] = of(map('rating.json').facts, 'survey');
    assert.deepEqual(
      [rating!.kind, rating!.score, rating!.scaleMin, rating!.scaleMax, rating!.comment],
      ['csat', 5, 1, 5, 'Quick!'],
    );
  });

  it('knows a visitor before the first word', () => {
    const [link] = of(map('webwidget-triggered.json').facts, 'profile');
    assert.deepEqual([link!.handleId, link!.otherHandleId], [contact(21), cookie]);
    assert.equal(of(map('contact-updated.json').facts, 'profile').length, 3);
  });

  it('ignores typing, keeps what it does not know, refuses what is no webhook', () => {
    assert.equal(map('typing.json').outcomes[0]!.status, 'ignored');
    assert.equal(map('unknown.json').outcomes[0]!.status, 'unknown');
    assert.throws(() => mapDocument(chatwoot, { id: 1 }), /expected an object with event/);
  });

  it('reads the report of ratings, the list of agents, and what an automation sends', () => {
    const rating = { rating: 4, message_id: 105, conversation_id: 9, created_at: 1767261600, contact: { id: 33 } };
    const [answer] = of(mapDocument(chatwoot, [rating]).facts, 'survey');
    assert.deepEqual([answer!.nativeId, answer!.score, answer!.scaleMax], ['message/105', 4, 5]);
    const agents = mapDocument(chatwoot, [{ id: 2, name: 'Ann', email: 'ann@example.com', role: 'agent' }]);
    assert.equal(of(agents.facts, 'agent')[0]!.name, 'Ann');
    const sent = {
      event: 'automation_event.message_created',
      id: 9,
      inbox_id: 4,
      status: 'open',
      updated_at: 1767261600.5,
    };
    assert.equal(of(mapDocument(chatwoot, { ...sent, messages: [] }).facts, 'thread')[0]!.status, 'open');
  });
});

describe('chatwoot, what was asked for', () => {
  const kim = { id: 7, name: 'Kim', email: 'kim@example.net', phone_number: null, created_at: 1772442005 };

  it('takes no contact of a page for a conversation', () => {
    const { facts, outcomes } = mapDocument(chatwoot, {
      meta: { count: 2 },
      payload: [kim, { id: 3, title: 'lamp' }],
    });
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['contact ok', 'row unknown'],
    );
    assert.deepEqual(of(facts, 'thread'), []);
    assert.equal(of(facts, 'person')[0]!.name, 'Kim');
  });

  it('knows the channel of a conversation of a page', () => {
    const meta = { sender: { id: 21 }, channel: 'Channel::Email' };
    const conversation = { id: 43, inbox_id: 1, meta, messages: [], status: 'open', timestamp: 1772442005 };
    const { facts } = mapDocument(chatwoot, { data: { meta: {}, payload: [conversation] } });
    assert.equal(of(facts, 'thread')[0]!.channel, 'email');
  });

  it('knows the contact who wrote a message of a page by number', () => {
    const message = { id: 6, conversation_id: 42, message_type: 0, content: 'Hello', created_at: 1772442005 };
    const { facts } = mapDocument(chatwoot, { ...message, sender_type: 'Contact', sender_id: 21 });
    assert.equal(of(facts, 'utterance')[0]!.handleId, contact(21));
  });

  it('reads one conversation, one contact or one message alone', () => {
    const message = { id: 5, conversation_id: 42, message_type: 0, content: 'Hello', created_at: 1772442005 };
    const conversation = { id: 42, inbox_id: 1, status: 'open', messages: [message], timestamp: 1772442005 };
    for (const [document, kinds] of [
      [conversation, ['conversation', 'conversation.message']],
      [{ payload: kim }, ['contact']],
      [message, ['page.message']],
    ] as const)
      assert.deepEqual(
        mapDocument(chatwoot, document).outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
        kinds.map((kind) => [kind, 'ok']),
      );
  });
});

describe('chatwoot, real payloads', withPayloads('chatwoot'), () => {
  const read = (name: string) => mapBytes(chatwoot, readPayload('chatwoot', name), 'json')[0]!;

  it('maps every one', () => {
    const mapped = payloadNames('chatwoot').map(read);
    assertReasons(mapped);
    assert.ok(mapped.every(({ outcomes }) => outcomes.every(({ status }) => status === 'ok')));
  });

  it('reads who said what when', () => {
    const [said] = of(read('docs-message-created.json').facts, 'utterance');
    assert.deepEqual(
      [said!.nativeId, said!.role, said!.text, said!.occurredAt!.toISOString()],
      ['message/118', 'customer', 'hi', '2021-07-23T18:02:48.000Z'],
    );
    assert.equal(
      of(read('docs-message-created.json').facts, 'thread')[1]!.startedAt!.toISOString(),
      '2021-07-23T18:02:48.000Z',
    );
  });

  it('takes a resolved conversation at the word of its event, not of its stale status', () => {
    const { facts } = read('docs-conversation-resolved.json');
    assert.equal(of(facts, 'thread')[0]!.status, 'solved');
    const solved = of(facts, 'event').find(({ kind }) => kind === 'solved');
    assert.equal(solved!.occurredAt.toISOString(), '2021-07-23T18:05:20.000Z');
    assert.ok(of(facts, 'handle').some(({ type, value }) => type === 'email' && value === 'jane@acme.inc'));
  });
});
