import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facebookPage } from '../../../ingest/connectors/facebook-page.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const threadId = (id: string) => recordId('thread', 'facebook-page', id);

test('comments under one post are conversations of their own; an answer belongs to the comment it answers', () => {
  const { facts } = mapFixture(facebookPage, 'feed.json');
  assert.deepEqual(
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('88_2'), threadId('88_1')]],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, editedAt, deletedAt }) => [role, text, !!editedAt, !!deletedAt]),
    [
      ['customer', 'My order never came', false, false],
      ['agent', 'Sorry! Which order?', false, false],
      ['customer', 'spam', false, false],
      ['customer', 'My order A-1001 never came', true, false],
      [undefined, undefined, false, true],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [['reaction', 'angry']],
  );
});

test('the API gives posts with their comments, and what the page published is the page’s', () => {
  const { facts } = mapFixture(facebookPage, 'posts.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['agent', 'New colours'],
      ['customer', 'Lovely'],
      ['agent', 'Thank you'],
    ],
  );
  assert.deepEqual(
    of(facts, 'thread').map(({ mention }) => mention),
    [undefined, 'reply', undefined],
  );
  assert.deepEqual(
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('88_10'), threadId('88_9')]],
  );
});

test('a list of comments does not name the page, so that nobody is taken for a customer who may be the page', () => {
  const comment = { id: '88_9', message: 'Thank you', created_time: '2026-01-05T08:02:00+0000', from: { id: '9003' } };
  const { facts } = mapDocument(facebookPage, { data: [comment] });
  assert.deepEqual([of(facts, 'utterance')[0]?.role, of(facts, 'thread')[0]?.account], [undefined, undefined]);
  assert.deepEqual(of(facts, 'participant'), []);
});

test('older webhooks name the author in fields of their own; a story is nobody’s words, a like of the page no reaction', () => {
  const value = { item: 'comment', verb: 'add', comment_id: '88_4', post_id: '9003_88', created_time: 1767600290 };
  const change = (given: object) => ({
    entry: [{ id: '9003', time: 1767600300, changes: [{ field: 'feed', value: given }] }],
  });
  const { facts } = mapDocument(
    facebookPage,
    change({ ...value, message: 'Hi', sender_id: 7004, sender_name: 'Mina' }),
  );
  assert.deepEqual([of(facts, 'utterance')[0]?.role, of(facts, 'handle')[0]?.display], ['customer', 'Mina']);
  const story = { id: '9003_90', story: 'Shop updated its photo.', created_time: '2026-01-05T08:02:00+0000' };
  assert.equal(of(mapDocument(facebookPage, story).facts, 'utterance')[0]?.text, undefined);
  const like = mapDocument(facebookPage, change({ item: 'like', verb: 'add', user_id: 7004 }));
  assert.equal(like.outcomes[0]?.status, 'drop');
});

test('real payloads', withPayloads('facebook-page'), () => {
  assert.deepEqual(countPayloads(facebookPage, 'facebook-page'), { ok: 11 });
});

test('changes of the page itself are nothing said', () => {
  const changes = [
    { field: 'conversations', value: { page_id: '9003', thread_id: 't_1' } },
    { field: 'leadgen', value: { leadgen_id: '5', form_id: '6', created_time: 1767600000 } },
    { field: 'hologram', value: {} },
  ];
  const { outcomes } = mapDocument(facebookPage, {
    object: 'page',
    entry: [{ id: '9003', time: 1767600300, changes }],
  });
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ignored', 'ignored', 'unknown'],
  );
});

test('a recommendation is a review; a post of others that names the page speaks of it; messages are another source’s', () => {
  const rating = { item: 'rating', verb: 'add', open_graph_story_id: '77', created_time: 1767600000 };
  const said = { reviewer_id: '7001', reviewer_name: 'Ana', review_text: 'Never again' };
  const named = { item: 'post', verb: 'add', post_id: '7002_5', sender_id: '7002', created_time: 1767600000 };
  const changes = [
    { field: 'ratings', value: { ...rating, ...said, recommendation_type: 'NEGATIVE' } },
    { field: 'mention', value: { ...named, message: 'Look at Example Shop' } },
    { field: 'mention', value: named },
    { field: 'ratings', value: { item: 'reaction', verb: 'add' } },
  ];
  const entry = [{ id: '9003', time: 1767600300, changes, messaging: [{ sender: { id: '7001' } }] }];
  const { facts, outcomes } = mapDocument(facebookPage, { object: 'page', entry });
  assert.deepEqual(
    outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
    [
      ['ratings.rating.add', 'ok'],
      ['mention.post.add', 'ok'],
      ['mention.post.add', 'drop'],
      ['ratings.reaction.add', 'reject'],
      ['messaging', 'reject'],
    ],
  );
  assert.deepEqual(
    of(facts, 'thread').map(({ channel, mention, direction }) => [channel, mention, direction]),
    [
      ['review', undefined, 'inbound'],
      ['social', 'mention', 'inbound'],
    ],
  );
  assert.deepEqual(
    of(facts, 'survey').map(({ score, scaleMin, scaleMax }) => [score, scaleMin, scaleMax]),
    [[0, 0, 1]],
  );
  const removed = [
    { id: '9003', time: 1767600900, changes: [{ field: 'ratings', value: { ...rating, verb: 'remove' } }] },
  ];
  const gone = mapDocument(facebookPage, { object: 'page', entry: removed }).facts;
  assert.ok(of(gone, 'survey').every(({ deletedAt }) => deletedAt) && of(gone, 'utterance')[0]?.deletedAt);
});

test('recommendations of the API are those of the webhook; what the page writes under one answers it', () => {
  const open_graph_story = { id: '77' };
  const rating = { created_time: '2026-01-05T08:00:00+0000', reviewer: { id: '7001', name: 'Ana' }, open_graph_story };
  const listed = mapDocument(facebookPage, {
    data: [{ ...rating, has_rating: false, recommendation_type: 'negative', review_text: 'Never again' }],
  }).facts;
  assert.deepEqual(
    [of(listed, 'utterance')[0]?.text, of(listed, 'survey')[0]?.score, of(listed, 'thread')[0]?.nativeId],
    ['Never again', 0, '77'],
  );
  const value = { item: 'comment', verb: 'add', comment_id: '77_1', post_id: '9003_77', parent_id: '9003_77' };
  const written = { open_graph_story_id: '77', sender_id: '9003', created_time: 1767600000, message: 'We are sorry' };
  const changes = [{ field: 'ratings', value: { ...value, ...written } }];
  const { facts } = mapDocument(facebookPage, { object: 'page', entry: [{ id: '9003', time: 1767600300, changes }] });
  assert.deepEqual(
    [of(facts, 'utterance')[0]?.role, of(facts, 'link')[0]?.otherThreadId],
    ['agent', of(listed, 'thread')[0]?.id],
  );
  const bare = mapDocument(facebookPage, changes[0]).facts;
  assert.deepEqual([of(bare, 'utterance')[0]?.text, of(bare, 'utterance')[0]?.role], ['We are sorry', undefined]);
});

test('an album, a form that was filled in and a message to the page are no posts', () => {
  const at = { created_time: '2026-01-05T08:00:00+0000' };
  const message = { ...at, id: 'm_1', message: 'Hi', to: { data: [] } };
  const { outcomes } = mapDocument(facebookPage, {
    data: [{ ...at, id: '5', name: 'Shop' }, { ...at, id: '6' }, message],
  });
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['unknown', 'unknown', 'unknown'],
  );
});

test('a file may hold several bodies in a list', () => {
  const value = { item: 'post', verb: 'add', post_id: '9003_1', created_time: 1767600000, message: 'Hi' };
  const body = { object: 'page', entry: [{ id: '9003', time: 1767600300, changes: [{ field: 'feed', value }] }] };
  assert.equal(of(mapDocument(facebookPage, [body, body]).facts, 'utterance').length, 2);
});
