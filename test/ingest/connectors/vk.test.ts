import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vk } from '../../../ingest/connectors/vk.ts';
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
