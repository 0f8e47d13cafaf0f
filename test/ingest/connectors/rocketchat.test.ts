import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rocketchat } from '../../../ingest/connectors/rocketchat/rocketchat.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

describe('rocketchat', () => {
  it('reads a message of a channel and its edit', () => {
    const [said] = of(mapFixture(rocketchat, 'message.json', { agents: ['ana'] }).facts, 'utterance');
    const [edited] = of(mapFixture(rocketchat, 'edited.json', { agents: ['ana'] }).facts, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['customer', 'Where is it?']);
    assert.deepEqual(
      [edited!.id, edited!.text, edited!.version > said!.version],
      [said!.id, 'Where is my parcel?', true],
    );
  });

  it('reads both sides of a session with a visitor', () => {
    const { facts } = mapFixture(rocketchat, 'session.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [
        ['customer', 'Hello'],
        ['agent', 'Hi'],
      ],
    );
    assert.equal(of(facts, 'thread')[0]!.status, 'closed');
  });

  it('knows the room of a visitor by the token that what the visitor writes carries', () => {
    const { facts, outcomes } = mapFixture(rocketchat, 'visitor-room.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
      [
        ['agent', 'Asked for the parcel, told', 'internal'],
        ['agent', 'It left today', 'public'],
        ['bot', 'One moment', 'public'],
        ['customer', 'Where is it?', 'public'],
      ],
    );
    assert.ok(of(facts, 'thread').every(({ channel }) => channel === 'chat'));
    assert.deepEqual(
      of(facts, 'event').map(({ kind }) => kind),
      ['ended', 'resumed', 'held', 'transferred'],
    );
    assert.equal(of(facts, 'thread')[0]!.status, 'closed');
    assert.ok(of(facts, 'agent').some(({ nativeId, name }) => nativeId === 'a2' && name === 'Bo Day'));
    assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'notice.e2e' && status === 'drop'));
  });

  it('takes a chat that was closed without words, and one that went to a department, for what they are', () => {
    const session = { _id: 'S7', createdAt: '2026-01-01T10:00:00.000Z', visitor: { _id: 'w2', token: 'k2' } };
    const closing = { _id: 'm9', username: 'ana', agentId: 'a1', ts: '2026-01-01T10:09:00.000Z', closingMessage: true };
    const closed = mapDocument(rocketchat, { ...session, type: 'LivechatSession', messages: [closing] });
    assert.deepEqual(
      closed.outcomes.map(({ status }) => status),
      ['ok', 'ignored'],
    );
    const moved = { ...session, type: 'LivechatSessionForwarded', departmentId: 'D2', oldDepartmentId: 'D1' };
    const { facts } = mapDocument(rocketchat, moved);
    const [queue] = of(facts, 'queue');
    const [transferred] = of(facts, 'event').filter(({ kind }) => kind === 'transferred');
    assert.deepEqual([queue!.nativeId, transferred!.queueId], ['D2', queue!.id]);
  });

  it('names an agent of a session in full, and takes words left by a visitor once', () => {
    const session = { _id: 'S8', type: 'Message', createdAt: '2026-01-01T10:00:00.000Z', visitor: { _id: 'w2' } };
    const messages = [{ _id: 'm8', username: 'ana', agentId: 'a1', msg: 'Hi', ts: '2026-01-01T10:00:05.000Z' }];
    const agent = { _id: 'a1', username: 'ana', name: 'Ana Lee' };
    const { facts } = mapDocument(rocketchat, { ...session, agent, messages });
    assert.deepEqual([...new Set(of(facts, 'agent').map(({ name }) => name))], ['Ana Lee']);
    const left = { type: 'LivechatOfflineMessage', sentAt: session.createdAt, message: 'Call me' };
    const offline = mapDocument(rocketchat, { ...left, visitor: { email: 'jo@example.net' } });
    assert.deepEqual(offline.outcomes.length, 1);
  });

  it('takes neither pages seen nor the words for leaving as said by a visitor', () => {
    const { facts, outcomes } = mapFixture(rocketchat, 'forwarded.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [['agent', undefined]],
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ignored', 'ignored', 'ok'],
    );
    const [transferred] = of(facts, 'event').filter(({ kind }) => kind === 'transferred');
    assert.equal(transferred!.occurredAt.toISOString(), '2026-01-01T10:05:00.000Z');
  });

  it('tells the messages of older servers apart, which have no id', () => {
    const session = { type: 'LivechatSession', _id: 'S9', createdAt: '2016-06-01T18:41:16.856Z', visitor: { _id: '' } };
    const messages = [
      { username: 'guest-1', msg: 'Hello', ts: session.createdAt },
      { username: 'ana', agentId: 'a1', msg: 'Hi', ts: session.createdAt },
    ];
    const said = of(mapDocument(rocketchat, { ...session, messages }).facts, 'utterance');
    assert.deepEqual(
      said.map(({ role, text }) => [role, text]),
      [
        ['customer', 'Hello'],
        ['agent', 'Hi'],
      ],
    );
    assert.notEqual(said[0]!.id, said[1]!.id);
  });

  it('reads what a visitor leaves while nobody is there', () => {
    const { facts } = mapFixture(rocketchat, 'offline.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [['customer', 'Please call me.']],
    );
    assert.equal(of(facts, 'handle')[0]!.value, 'jo@example.net');
  });

  it('sees the file of an upload, and leaves out what became of rooms and users', () => {
    const uploaded = { channel_id: 'R1', message_id: 'm7', timestamp: '2026-01-01T10:00:00Z', user_id: 'u1', text: '' };
    const file = { _id: 'f1', name: 'a.png', type: 'image/png', size: 12 };
    const { facts } = mapDocument(rocketchat, { ...uploaded, user: { _id: 'u1' }, message: { _id: 'm7', file } });
    assert.deepEqual(of(facts, 'utterance')[0]!.media, [
      { mediaId: 'f1', name: 'a.png', mimeType: 'image/png', byteSize: 12 },
    ]);
    const joined = {
      channel_id: 'R1',
      timestamp: '2026-01-01T10:00:00Z',
      user_id: 'u1',
      user: { _id: 'u1' },
      room: {},
    };
    assert.equal(mapDocument(rocketchat, joined).outcomes[0]!.status, 'ignored');
  });

  it('knows a message that the API gives for the one the webhook sent', () => {
    const said = { _id: 'm1', rid: 'R1', msg: 'Where is it?', ts: '2026-01-01T10:00:00.250Z', u: { _id: 'u1' } };
    const notice = { ...said, _id: 'm0', msg: 'jo', t: 'uj' };
    const { facts, outcomes } = mapDocument(rocketchat, { messages: [notice, said], success: true });
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ignored', 'ok'],
    );
    assert.equal(of(facts, 'utterance')[0]!.id, of(mapFixture(rocketchat, 'message.json').facts, 'utterance')[0]!.id);
  });
});

it('rocketchat takes words without a name, while nobody serves the chat, for the visitor’s', () => {
  const session = {
    type: 'LivechatSessionQueued',
    _id: 'S8',
    createdAt: '2026-01-01T10:00:00Z',
    visitor: { _id: 'v8' },
  };
  const messages = [{ _id: 'm9', msg: 'Anybody there?', ts: '2026-01-01T10:00:05Z' }];
  assert.equal(of(mapDocument(rocketchat, { ...session, messages }).facts, 'utterance')[0]!.role, 'customer');
});

it('rocketchat reads what an app writes in attachments', () => {
  const attachments = [
    { title: 'Ticket 7', text: 'is open' },
    { message_link: 'https://chat.example.com/x', text: 'said by others' },
  ];
  const alert = { channel_id: 'R1', message_id: 'm8', timestamp: '2026-01-01T10:00:00Z', user_id: 'u3', text: '' };
  const [said] = of(mapDocument(rocketchat, { ...alert, bot: { i: 'i1' }, attachments }).facts, 'utterance');
  assert.deepEqual([said!.role, said!.text], ['bot', 'Ticket 7\nis open']);
});

it('rocketchat erases a message that was deleted, and leaves answers without messages out', () => {
  const [said] = of(mapFixture(rocketchat, 'messages.json').facts, 'utterance');
  const [gone] = of(mapFixture(rocketchat, 'removed.json').facts, 'utterance');
  assert.deepEqual([gone!.id, gone!.deletedAt!.toISOString()], [said!.id, '2026-01-01T11:00:00.000Z']);
  assert.equal(mapDocument(rocketchat, { channels: [], success: true }).outcomes[0]!.status, 'ignored');
});

describe('rocketchat, real payloads', withPayloads('rocketchat'), () => {
  it('refuses a message without words', () => {
    const [mapped] = mapBytes(rocketchat, readPayload('rocketchat', 'courier-empty-msg.json'), 'json');
    assert.match(mapped!.outcomes[0]!.reason!, /neither words nor files/);
  });
});
