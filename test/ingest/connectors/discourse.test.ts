import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discourse } from '../../../ingest/connectors/discourse/discourse.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

test('posts of a topic answer each other; staff answer for the company, whispers stay inside', () => {
  const { facts, outcomes } = mapFixture(discourse, 'topic.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, visibility, editedAt }) => [
      role,
      text,
      visibility,
      editedAt?.toISOString(),
    ]),
    [
      ['customer', 'The import fails.', 'public', undefined],
      ['agent', 'Fixed in 2.1.', 'public', '2026-03-05T09:20:00.000Z'],
      ['agent', 'Known bug.', 'internal', undefined],
    ],
  );
  assert.equal(of(facts, 'thread').find(({ subject }) => subject)?.nativeId, '7/1');
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ok', 'ok', 'drop', 'reject'],
  );
});

test('a deleted post is a tombstone of the same post', () => {
  const [gone] = of(mapFixture(discourse, 'deleted.json').facts, 'utterance');
  const said = of(mapFixture(discourse, 'topic.json').facts, 'utterance')[1];
  assert.deepEqual(
    [gone?.id, gone?.text, gone?.deletedAt?.toISOString()],
    [said?.id, undefined, '2026-03-05T09:40:00.000Z'],
  );
  assert.equal(mapFixture(discourse, 'user.json').outcomes[0]?.status, 'drop');
});

const post = {
  id: 75,
  topic_id: 7,
  post_number: 5,
  post_type: 1,
  username: 'ana',
  user_id: 5,
  created_at: '2026-03-05T10:00:00.000Z',
};

test('a quote is not said by who quotes it; a link is said by its address', () => {
  const quote = '<aside class="quote"><blockquote><aside class="quote">Old.</aside><p>Fixed.</p></blockquote></aside>';
  const link = '<aside class="onebox" data-onebox-src="https://example.com/a"><p>About us</p></aside>';
  const [said] = of(mapDocument(discourse, { ...post, cooked: `${quote}<p>No, see</p>${link}` }).facts, 'utterance');
  assert.deepEqual(said?.text?.split(/\s+/), ['No,', 'see', 'https://example.com/a']);
});

test('words in the colour of staff are said; what is destroyed is deleted', () => {
  const [said] = of(mapDocument(discourse, { ...post, post_type: 2, staff: true, cooked: 'Hi' }).facts, 'utterance');
  assert.deepEqual([said?.role, said?.text], ['agent', 'Hi']);
  const hidden = { ...post, hidden: true, cooked_hidden: true, cooked: '<p>Hidden by the community.</p>' };
  assert.equal(of(mapDocument(discourse, hidden).facts, 'utterance')[0]?.text, undefined);
  const headers = { 'x-discourse-event': 'post_destroyed' };
  const [gone] = of(mapDocument(discourse, { post: { ...post, cooked: 'Hi' } }, { headers }).facts, 'utterance');
  assert.deepEqual([gone?.text, gone?.deletedAt !== undefined], [undefined, true]);
});

test('a page of posts without their topic holds posts only', () => {
  const page = { id: 7, post_stream: { posts: [{ ...post, cooked: 'Hi' }] } };
  assert.deepEqual(countOutcomes([mapDocument(discourse, page)]), { ok: 1 });
  const topic = { id: 7, title: 'Import fails', created_at: post.created_at, deleted_at: '2026-03-06T10:00:00.000Z' };
  assert.ok(of(mapDocument(discourse, { topic }).facts, 'thread')[0]?.deletedAt);
  const [asBefore, headers] = [{ topic: { ...topic, deleted_at: null } }, { 'x-discourse-event': 'topic_destroyed' }];
  assert.deepEqual(of(mapDocument(discourse, asBefore, { headers }).facts, 'thread')[0]?.deletedAt, receivedAt);
});

test('real deliveries map or say nothing', withPayloads('discourse'), () => {
  const mapped = (name: string) => mapFile(discourse, name, readPayload('discourse', name));
  const [webhook] = mapped('fedora-webhook-post-created.json');
  const [thread] = of(webhook!.facts, 'thread');
  assert.deepEqual([thread?.nativeId, thread?.account], ['46582/3', 'project']);
  const [said] = of(mapped('nango-post-proxy-posts-create-topic.json')[0]!.facts, 'utterance');
  assert.equal(said?.role, 'agent');
  assert.ok(said?.text?.includes('How to register an Application'));
  assert.deepEqual(countOutcomes(mapped('nango-post-proxy-categories-create-category.json')), { drop: 1 });
});

test('the test of a webhook says nothing; a list of topics has titles', () => {
  assert.equal(mapDocument(discourse, { ping: 'OK' }).outcomes[0]?.status, 'ignored');
  assert.equal(mapDocument(discourse, { assign: { topic_id: 7 } }).outcomes[0]?.status, 'drop');
  const topics = [{ id: 7, title: 'Import fails', created_at: post.created_at, last_posted_at: post.created_at }];
  const { facts } = mapDocument(discourse, { users: [], topic_list: { topics } });
  assert.deepEqual(
    of(facts, 'thread').map(({ nativeId, subject }) => [nativeId, subject]),
    [['7/1', 'Import fails']],
  );
});

test('an error of the forum is no post', () => {
  assert.throws(() => mapDocument(discourse, { errors: ['not found'], error_type: 'not_found' }), /error answer/);
  assert.equal(mapDocument(discourse, { success: 'OK' }).outcomes[0]?.status, 'ignored');
});

test('emoji are said by their names', () => {
  const cooked =
    '<p>Great <img src="/e.png" title=":smile:" class="emoji" alt=":smile:"><img src="/photo.png" alt="a"></p>';
  assert.equal(of(mapDocument(discourse, { ...post, cooked }).facts, 'utterance')[0]?.text, 'Great :smile:');
});

test('a like is a reaction to its post', () => {
  const { facts } = mapFixture(discourse, 'like.json');
  const [said] = of(mapFixture(discourse, 'topic.json').facts, 'utterance');
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, utteranceId, threadId }) => [kind, value, utteranceId, threadId]),
    [['reaction', 'like', said?.id, said?.threadId]],
  );
});

test('a message of the chat stands as a post does, and answers another', () => {
  const message = {
    id: 9,
    message: 'Any *news*?',
    cooked: '<p>Any <em>news</em>?</p>',
    created_at: '2026-03-05T10:00:00Z',
    edited: false,
    in_reply_to: { id: 8 },
    user: { id: 5, username: 'ana', name: 'Ana Roy', staff: false },
  };
  const chat = (given: object = {}) =>
    mapDocument(discourse, { chat_message: { message: { ...message, ...given }, channel: { id: 2, slug: 'help' } } });
  const said = chat();
  assert.deepEqual(
    of(said.facts, 'utterance').map(({ nativeId, role, text, visibility }) => [nativeId, role, text, visibility]),
    [['chat/9', 'customer', 'Any news?', 'public']],
  );
  assert.equal(of(said.facts, 'link').length, 1);
  assert.deepEqual(of(chat({ edited: true }).facts, 'utterance')[0]?.editedAt, receivedAt);
  const [gone] = of(chat({ deleted_at: '2026-03-05T10:05:00Z' }).facts, 'utterance');
  assert.deepEqual([gone?.text, gone?.deletedAt?.toISOString()], [undefined, '2026-03-05T10:05:00.000Z']);
  const staff = of(chat({ user: { id: 2, username: 'max', staff: true } }).facts, 'utterance');
  assert.equal(staff[0]?.role, 'agent');
});

test('lists of posts are read; what else the forum keeps is known and says nothing', () => {
  assert.deepEqual(countOutcomes([mapDocument(discourse, [{ ...post, cooked: '<p>Hi</p>' }])]), { ok: 1 });
  const people = [{ id: 5, username: 'ana', trust_level: 1 }];
  const found = { posts: [], topics: [], grouped_search_result: {} };
  assert.deepEqual(countOutcomes([people, found].map((each) => mapDocument(discourse, each))), { ignored: 2 });
  const held = [{ flag: { id: 1 } }, { queued_post: { id: 2, raw: 'Hi', state: 1 } }];
  assert.deepEqual(countOutcomes(held.map((each) => mapDocument(discourse, each))), { drop: 2 });
});
