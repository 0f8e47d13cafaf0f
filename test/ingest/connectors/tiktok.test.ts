import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tiktok } from '../../../ingest/connectors/tiktok/tiktok.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

const { facts } = mapFixture(tiktok, 'events.ndjson');

test('the JSON inside the JSON is read, and an echo is the business’s own', () => {
  const [question, answer, image] = of(facts, 'utterance');
  assert.deepEqual([question?.role, question?.text], ['customer', 'Is it in stock?']);
  assert.deepEqual([answer?.role, answer?.text, answer?.replyToId], ['agent', 'Yes, in red', question?.id]);
  assert.deepEqual(image?.media, [{ name: 'image', mediaId: 'media-9' }]);
  assert.deepEqual([...new Set(of(facts, 'participant').map(({ role }) => role))], ['customer']);
  assert.deepEqual([...new Set(of(facts, 'handle').map(({ value }) => value))], ['u1']);
});

test('a read mark covers what was said before it', () => {
  assert.equal(of(facts, 'event')[0]?.value, 'until 2026-01-05T08:01:00.000Z');
});

test('a reaction is an event of its message; a greeting that goes out by itself is a bot’s; our own reading is no receipt', () => {
  const { facts: more, outcomes } = mapFixture(tiktok, 'more.ndjson');
  const answer = of(facts, 'utterance')[1];
  assert.deepEqual(
    of(more, 'event').map(({ kind, value, utteranceId }) => [kind, value, utteranceId]),
    [
      ['reaction', '👍', answer?.id],
      ['triggered', 'im_referral_msg: ad 77', undefined],
    ],
  );
  assert.deepEqual(
    of(more, 'utterance').map(({ role, text, isAutomatic, media }) => [role, text, isAutomatic, media]),
    [['bot', 'How can we help?', true, undefined]],
  );
  assert.equal(outcomes[2]?.status, 'drop');
});

test('lists of messages write types in upper case', () => {
  const record = { message_id: '1', message_type: 'TEXT', text: { body: 'hi' }, timestamp: 1767600000000 };
  const sides = { conversation_id: 'c', from_user: { id: 'own', role: 'BUSINESS_ACCOUNT' }, to_user: { id: 'u1' } };
  const [message] = of(mapDocument(tiktok, { ...record, ...sides }).facts, 'utterance');
  assert.deepEqual([message?.role, message?.text, message?.media], ['agent', 'hi', undefined]);
});

test('a record alone tells its direction by our accounts', () => {
  const record = {
    type: 'text',
    message_id: '1',
    timestamp: 1767600000000,
    conversation_id: 'c',
    from_user: { id: 'own' },
    to_user: { id: 'u1' },
    text: { body: 'hi' },
  };
  const mapped = mapDocument(tiktok, record, { settings: { ownAccounts: ['own'] } });
  assert.equal(of(mapped.facts, 'utterance')[0]?.role, 'agent');
});

test('real payloads', withPayloads('tiktok'), () => {
  assert.deepEqual(countPayloads(tiktok, 'tiktok'), { ok: 3, refused: 1 });
  const document = JSON.parse(new TextDecoder().decode(readPayload('tiktok', 'douyin-docs-im-receive-msg.json')));
  const mapped = mapDocument(tiktok, document);
  assert.deepEqual(
    of(mapped.facts, 'utterance').map(({ role, text, timePrecision }) => [role, text, timePrecision]),
    [['customer', '这个多少钱', 'millisecond']],
  );
});

test('an answer of the API holds messages; what is set up or becomes of a video is nothing said', () => {
  const sides = { conversation_id: 'c', from_user: { id: 'u1', role: 'PERSONAL_ACCOUNT' }, to_user: { id: 'own' } };
  const row = { message_id: '5', message_type: 'TEXT', text: { body: 'hi' }, timestamp: 1767600000000, ...sides };
  const answer = { code: 0, message: 'OK', request_id: 'r', data: { messages: [row] } };
  assert.equal(of(mapDocument(tiktok, answer).facts, 'utterance')[0]?.role, 'customer');
  assert.throws(() => mapDocument(tiktok, { ...answer, data: { videos: [] } }), /without messages/);
  assert.throws(() => mapDocument(tiktok, { ...answer, code: 40104, message: 'no token' }), /error answer.*no token/);
  for (const event of ['verify_webhook', 'authorization.removed', 'video.publish.completed'])
    assert.equal(mapDocument(tiktok, { event, content: '{}' }).outcomes[0]?.status, 'ignored');
});

test('a comment is a post; the API tells whose, the event only that it is gone', () => {
  const answer = { comment_id: '8', create_time: 1767600060, text: 'Friday', owner: true, unique_identifier: 'own' };
  const comment = { comment_id: '7', create_time: 1767600000, text: 'When?', owner: false, unique_identifier: 'u1' };
  const listed = { code: 0, request_id: 'r', data: { comments: [{ ...comment, reply_list: [answer] }] } };
  const { facts: read } = mapDocument(tiktok, listed);
  assert.deepEqual(
    of(read, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'When?'],
      ['agent', 'Friday'],
    ],
  );
  assert.equal(of(read, 'link')[0]?.otherThreadId, of(read, 'thread')[0]?.id);
  const update = (comment_action: string, given = {}) => {
    const content = { comment_id: 7, parent_comment_id: 0, comment_action, timestamp: 1767600000, ...given };
    return mapDocument(tiktok, { event: 'comment.update', user_openid: 'own', content: JSON.stringify(content) });
  };
  const [gone] = of(update('delete').facts, 'utterance');
  assert.deepEqual([gone?.id, gone?.deletedAt !== undefined], [of(read, 'utterance')[0]?.id, true]);
  const [said] = of(update('insert', { text: 'When?' }).facts, 'utterance');
  assert.deepEqual([said?.text, said?.role], ['When?', undefined]);
  for (const action of ['insert', 'set_to_hidden']) assert.equal(update(action).outcomes[0]?.status, 'drop');
});

test('of what people in Europe write TikTok says nothing; how automatic messages are set is nothing said', () => {
  const { outcomes } = mapFixture(tiktok, 'europe.ndjson');
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
    [
      ['im_receive_msg_eu', 'drop'],
      ['im_auto_message_audit_update', 'ignored'],
    ],
  );
});
