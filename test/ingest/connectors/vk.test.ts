import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vk } from '../../../ingest/connectors/vk/vk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(vk, 'events.ndjson');
const threadId = (id: string) => recordId('thread', 'vk', id);

test('the community’s words are told from the person’s, and by whom of its team', () => {
  const [question, answer, edit] = of(facts, 'utterance');
  assert.deepEqual([question?.role, answer?.role, edit?.text], ['customer', 'agent', 'It arrives today']);
  assert.equal(question?.threadId, answer?.threadId);
  assert.equal(answer?.agentId, recordId('agent', 'vk', '900'));
  assert.equal(edit?.id, answer?.id);
});

test('a chat keeps its people apart, and its messages are numbered within it', () => {
  const said = of(facts, 'utterance')[3];
  assert.deepEqual([said?.nativeId, said?.threadId], ['2000000001/9', threadId('2000000001:502')]);
  assert.deepEqual(said?.media, [{ name: 'a.pdf', mediaId: '502_5', byteSize: 12 }]);
});

test('wall comments are social posts, linked to the comment they answer', () => {
  assert.deepEqual(
    of(facts, 'link')
      .slice(-1)
      .map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('wall-77_11'), threadId('wall-77_10')]],
  );
  assert.ok(of(facts, 'utterance').at(-1)?.deletedAt);
});

test('another community is not ours; a note of the chat says nothing; an answer in a chat leads to its message', () => {
  const sent = (given: object) =>
    mapDocument(vk, {
      type: 'message_new',
      group_id: 77,
      object: {
        message: {
          id: 0,
          conversation_message_id: 12,
          date: 1767600000,
          from_id: 502,
          peer_id: 2000000001,
          text: 'x',
          ...given,
        },
      },
    });
  const [other] = of(sent({ from_id: -88 }).facts, 'utterance');
  assert.deepEqual([other?.role, other?.threadId], ['bot', threadId('2000000001')]);
  assert.equal(sent({ text: '', action: { type: 'chat_invite_user', member_id: 5 } }).outcomes[0]?.status, 'drop');
  const [answer] = of(sent({ reply_message: { conversation_message_id: 9, from_id: 503 } }).facts, 'utterance');
  assert.equal(answer?.replyToId, recordId('utterance', 'vk', '2000000001/9'));
  const comment = { id: 30, from_id: -88, owner_id: -77, post_id: 4, date: 1767600000, text: 'We sell it too' };
  const wall = mapDocument(vk, { type: 'wall_reply_new', group_id: 77, object: comment }).facts;
  assert.equal(of(wall, 'utterance')[0]?.role, 'customer');
});

test('names in a text are read as names', () => {
  const comment = {
    id: 31,
    from_id: -77,
    owner_id: -77,
    date: 1767600000,
    text: '[id503|Mina], please write to [club77|@shop]',
  };
  const [said] = of(mapDocument(vk, { type: 'wall_reply_new', group_id: 77, object: comment }).facts, 'utterance');
  assert.deepEqual([said?.text, said?.sourceText], ['Mina, please write to @shop', comment.text]);
});

test('real payloads', withPayloads('vk'), () => {
  assert.deepEqual(countPayloads(vk, 'vk'), { ok: 4 });
});

test('comments stand under photos, videos and products and in discussions too, each counted there', () => {
  const said = (type: string, given: object) =>
    mapDocument(vk, { type, group_id: 77, object: { id: 5, from_id: 503, date: 1767600000, text: 'Hi', ...given } });
  const ids = (
    [
      ['photo_comment_new', { photo_owner_id: -77, photo_id: 8 }],
      ['market_comment_edit', { market_owner_id: -77, item_id: 9 }],
      ['board_post_new', { topic_owner_id: -77, topic_id: 3 }],
    ] as const
  ).map(
    ([type, given]) => of(said(type, given).facts, 'thread').map(({ nativeId, mention }) => [nativeId, mention])[0],
  );
  assert.deepEqual(ids, [
    ['photo-77_8_5', 'reply'],
    ['market-77_9_5', 'reply'],
    ['board-77_3_5', 'addressed'],
  ]);
  const [gone] = of(said('photo_comment_delete', { owner_id: -77, photo_id: 8 }).facts, 'utterance');
  assert.deepEqual([gone?.nativeId, gone?.deletedAt !== undefined], ['photo-77_8_5', true]);
  assert.equal(said('wall_reply_restore', { owner_id: -77 }).outcomes[0]?.status, 'drop');
});

test('a like is a reaction to a post or comment of the wall; who joins and what is ordered is nothing said', () => {
  const like = { liker_id: 503, object_type: 'comment', object_owner_id: -77, object_id: 10, post_id: 4 };
  const send = (type: string, object: object) => mapDocument(vk, { type, group_id: 77, object });
  assert.deepEqual(
    [...of(send('like_add', like).facts, 'event'), ...of(send('like_remove', like).facts, 'event')].map(
      ({ kind, value, utteranceId }) => [kind, value, utteranceId],
    ),
    ['like', 'removed'].map((value) => ['reaction', value, recordId('utterance', 'vk', 'wall-77_10')]),
  );
  assert.equal(send('like_add', { ...like, object_type: 'photo' }).outcomes[0]?.status, 'drop');
  for (const type of ['group_join', 'market_order_new', 'photo_new', 'user_block'])
    assert.equal(send(type, { user_id: 503 }).outcomes[0]?.status, 'ignored');
});

test('VK escapes signs; its long poll holds many events; a shared post speaks of us by its own words alone', () => {
  const message = { id: 30, date: 1767600000, from_id: 501, peer_id: 501, text: 'Size &lt; 40 &amp; &quot;blue&quot;' };
  const copy_history = [{ id: 4, owner_id: -77 }];
  const repost = { id: 6, from_id: 503, owner_id: 503, date: 1767600000, text: 'Try them', copy_history };
  const updates = [
    { type: 'message_new', group_id: 77, object: { message } },
    { type: 'wall_repost', group_id: 77, object: repost },
    { type: 'wall_repost', group_id: 77, object: { ...repost, text: '' } },
  ];
  const { facts: said, outcomes } = mapDocument(vk, { ts: '5', updates });
  assert.deepEqual(
    of(said, 'utterance').map(({ text, sourceText }) => [text, sourceText]),
    [
      ['Size < 40 & "blue"', message.text],
      ['Try them', undefined],
    ],
  );
  assert.equal(of(said, 'thread').at(-1)?.mention, 'mention');
  assert.equal(outcomes[2]?.status, 'drop');
  assert.deepEqual(mapDocument(vk, { ts: '5', updates: [] }).outcomes, []);
});

test('a page of a conversation holds both sides; a voice message says what VK heard', () => {
  const voice = { type: 'audio_message', audio_message: { id: 3, owner_id: 501, transcript: 'Where is it?' } };
  const asked = { id: 40, date: 1767600000, from_id: 501, peer_id: 501, out: 0, text: '', attachments: [voice] };
  const answered = { id: 41, date: 1767600060, from_id: -77, peer_id: 501, out: 1, text: 'On its way' };
  const { facts: said } = mapDocument(vk, { response: { count: 2, items: [answered, asked] } });
  assert.deepEqual(
    of(said, 'utterance').map(({ nativeId, role, text }) => [nativeId, role, text]),
    [
      ['41', 'agent', 'On its way'],
      ['40', 'customer', 'Where is it?'],
    ],
  );
  assert.ok(of(said, 'thread').every(({ nativeId, account }) => nativeId === '501' && account === '77'));
  const last = mapDocument(vk, { response: { items: [{ conversation: {}, last_message: answered }] } });
  assert.equal(of(last.facts, 'utterance')[0]?.role, 'agent');
  const comment = { id: 20, owner_id: -77, post_id: 10, from_id: 501, date: 1767600000, text: 'Nice' };
  const below = { ...comment, id: 21, from_id: -77, text: 'Thanks', reply_to_comment: 20 };
  const wall = mapDocument(vk, { response: { items: [{ ...comment, thread: { count: 1, items: [below] } }] } });
  assert.deepEqual(
    of(wall.facts, 'thread').map(({ nativeId, direction }) => [nativeId, direction]),
    [
      ['wall-77_20', 'inbound'],
      ['wall-77_21', 'outbound'],
    ],
  );
  assert.throws(() => mapDocument(vk, { response: { items: [{ id: 1, title: 'Blue shoe' }] } }), /expected a type/);
});

test('before peers had ids, what we wrote names the person it went to', () => {
  const object = { id: 61, date: 1767600000, out: 1, user_id: 501, from_id: -77, body: 'On its way' };
  const { facts: sent } = mapDocument(vk, { type: 'message_reply', group_id: 77, object });
  assert.deepEqual([of(sent, 'thread')[0]?.nativeId, of(sent, 'utterance')[0]?.role], ['501', 'agent']);
  assert.deepEqual(
    of(sent, 'handle').map(({ value }) => value),
    ['501'],
  );
});

test('a read mark leads to the last message that was read; what we read ourselves is none', () => {
  const read = (from_id: number) =>
    mapDocument(vk, { type: 'message_read', group_id: 77, object: { from_id, peer_id: 501, read_message_id: 41 } });
  const [mark] = of(read(501).facts, 'event');
  assert.deepEqual(
    [mark?.kind, mark?.utteranceId, mark?.timePrecision],
    ['read', recordId('utterance', 'vk', '41'), 'receipt'],
  );
  assert.equal(read(-77).outcomes[0]?.status, 'drop');
});

test('a form that was filled in is the customer’s words', () => {
  const { facts: given } = mapFixture(vk, 'lead.json');
  assert.deepEqual(
    of(given, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
    [['customer', 'When?: Morning, Evening\nAbout?: My parcel', 'receipt']],
  );
});
