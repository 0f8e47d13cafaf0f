import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instagram } from '../../../ingest/connectors/instagram.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(instagram, 'conversation.json');
const threadId = (id: string) => recordId('thread', 'instagram', id);

test('an unsent message is a tombstone', () => {
  const [said, unsent] = of(facts, 'utterance').filter(({ nativeId }) => nativeId === 'i_3');
  assert.equal(said?.text, 'wrong chat');
  assert.deepEqual([unsent?.deletedAt?.toISOString(), unsent?.text], ['2026-01-05T08:01:30.000Z', undefined]);
});

test('a read mark names the message, an answer to a story is triggered by it', () => {
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['triggered', 'story_reply'],
      ['read', undefined],
    ],
  );
});

test('comments are social posts with a thread each, linked to what they answer', () => {
  const [comment, answer] = of(facts, 'thread').slice(-2);
  assert.deepEqual([comment?.channel, comment?.direction, answer?.direction], ['social', 'inbound', 'outbound']);
  assert.deepEqual(
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('c_2'), threadId('c_1')]],
  );
  assert.deepEqual(
    of(facts, 'participant')
      .slice(-2)
      .map(({ role }) => role),
    ['customer', 'agent'],
  );
});

test('the account’s own comment is told by the id that only it has', () => {
  const from = { id: '555', username: 'shop.example', self_ig_scoped_id: '777' };
  const value = { id: 'c_3', text: 'Thank you', from, media: { id: '88' } };
  const { facts: own } = mapDocument(instagram, {
    object: 'instagram',
    entry: [{ id: '9002', time: 1767600300, changes: [{ field: 'comments', value }] }],
  });
  assert.deepEqual([of(own, 'utterance')[0]?.role, of(own, 'participant')[0]?.role], ['agent', 'agent']);
});

test('a change may stand in the entry itself; what an account writes to itself is no contact', () => {
  const value = { id: 'c_4', text: 'Lovely', from: { id: '7004', username: 'ada.example' }, media: { id: '88' } };
  const alone = { object: 'instagram', entry: [{ id: '9002', time: 1767600300, field: 'comments', value }] };
  assert.equal(of(mapDocument(instagram, alone).facts, 'utterance')[0]?.text, 'Lovely');
  const message = { mid: 'i_9', text: 'test', is_echo: true, is_self: true };
  const item = { sender: { id: '9002' }, recipient: { id: '777' }, timestamp: 1767600300000, message };
  const { outcomes } = mapDocument(instagram, { object: 'instagram', entry: [{ id: '9002', messaging: [item] }] });
  assert.equal(outcomes[0]?.status, 'drop');
});

test('an app that subscribes by field gets messages as changes', () => {
  const value = {
    sender: { id: '7' },
    recipient: { id: '9' },
    timestamp: '1767600000',
    message: { mid: 'm', text: 'hello' },
  };
  const mapped = mapDocument(instagram, {
    object: 'instagram',
    entry: [{ id: '9', changes: [{ field: 'messages', value }] }],
  });
  const [message] = of(mapped.facts, 'utterance');
  assert.deepEqual([message?.text, message?.occurredAt?.toISOString()], ['hello', '2026-01-05T08:00:00.000Z']);
});

test('real payloads', withPayloads('instagram'), () => {
  assert.deepEqual(countPayloads(instagram, 'instagram'), { ok: 6, unknown: 1, refused: 1 });
});

test('a comment may come without its author; a mention names ids only; a story’s reach is nothing said', () => {
  const changes = [
    { field: 'comments', value: { id: 'c_5', text: 'Nice' } },
    { field: 'mentions', value: { media_id: '88', comment_id: 'c_6' } },
    { field: 'story_insights', value: { media_id: '89', reach: 3 } },
  ];
  const entry = [{ id: '9002', time: 1767600300, changes }];
  const { facts: said, outcomes } = mapDocument(instagram, [{ object: 'instagram', entry }]);
  assert.deepEqual(
    of(said, 'utterance').map(({ text, role, handleId }) => [text, role, handleId]),
    [['Nice', undefined, undefined]],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'drop', 'ignored'],
  );
});

test('the name beside an echo is the account’s, not the customer’s', () => {
  const message = { mid: 'i_8', text: 'We do', is_echo: true };
  const item = {
    sender: { id: '9002', username: 'shop.example' },
    recipient: { id: '7002' },
    timestamp: 1767600060000,
  };
  const entry = [{ id: '9002', messaging: [{ ...item, message }] }];
  const [handle] = of(mapDocument(instagram, { object: 'instagram', entry }).facts, 'handle');
  assert.deepEqual([handle?.value, handle?.display], ['7002', undefined]);
});

test('comments of the API are posts; ownAccounts tell whose', () => {
  const at = { timestamp: '2026-01-05T08:00:00+0000' };
  const answer = { ...at, id: '12', text: 'Friday', username: 'example.shop' };
  const comment = { ...at, id: '11', text: 'When?', from: { id: '501', username: 'ana' }, replies: { data: [answer] } };
  const said = (settings: object) =>
    of(mapDocument(instagram, { data: [comment] }, { settings }).facts, 'utterance').map(({ role, text }) => [
      role,
      text,
    ]);
  assert.deepEqual(said({ ownAccounts: ['example.shop'] }), [
    ['customer', 'When?'],
    ['agent', 'Friday'],
  ]);
  assert.deepEqual(said({})[0], [undefined, 'When?']);
  const [link] = of(mapDocument(instagram, { data: [comment] }).facts, 'link');
  assert.deepEqual([link?.threadId, link?.otherThreadId], [threadId('12'), threadId('11')]);
});

test('of a conversation of the API the professional account is told by the form of its id', () => {
  const shop = { id: '17841400000000001', username: 'example.shop' };
  const ana = { id: '501', username: 'ana' };
  const message = { id: 'aWd1', created_time: '2026-01-05T08:00:00+0000', message: 'Hello' };
  const data = [{ ...message, from: ana, to: { data: [shop] } }];
  const { facts: read } = mapDocument(instagram, {
    id: 'aWdf',
    participants: { data: [shop, ana] },
    messages: { data },
  });
  assert.deepEqual([of(read, 'utterance')[0]?.role, of(read, 'thread')[0]?.account], ['customer', shop.id]);
});
