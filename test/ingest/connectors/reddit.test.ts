import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reddit } from '../../../ingest/connectors/reddit/reddit.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

test('a post and its comments are one conversation of several people', () => {
  const { facts, outcomes } = mapFixture(reddit, 'page.json', { ownAccounts: ['shopcare'] });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, editedAt, deletedAt }) => [role, text, editedAt?.getTime(), deletedAt]),
    [
      ['customer', 'Shop & refunds\n\nWhere is my refund?', undefined, undefined],
      ['agent', 'Please send us a message.', 1_772_701_400_000, undefined],
      ['customer', undefined, undefined, receivedAt],
    ],
  );
  assert.equal(of(facts, 'link').length, 2);
  assert.equal(new Set(of(facts, 'participant').map(({ threadId }) => threadId)).size, 2);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ok', 'ignored', 'reject'],
  );
});

const comment = { name: 't1_c9', body: 'Same here', author: 'bo', created_utc: 1772701500, edited: false };
const listing = (...given: object[]) => ({ json: { data: { things: given.map((data) => ({ kind: 't1', data })) } } });

test('who left Reddit is nobody in particular; a moderating program is no customer', () => {
  const left = { ...comment, author: '[deleted]' };
  const program = { ...comment, name: 't1_c10', author: 'AutoModerator', author_fullname: 't2_m' };
  const { facts } = mapDocument(reddit, listing(left, program));
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Same here'],
      ['bot', 'Same here'],
    ],
  );
  assert.deepEqual(
    of(facts, 'participant').map(({ role }) => role),
    ['bot'],
  );
});

test('what Reddit took away is gone, however it says so', () => {
  const policy = '[ Removed by Reddit on account of violating the [content policy](/help/contentpolicy). ]';
  const link = {
    name: 't3_p9',
    title: '[deleted by user]',
    author: '[deleted]',
    selftext: '',
    created_utc: 1772701500,
  };
  const { facts } = mapDocument(reddit, [listing({ ...comment, body: policy }), { kind: 't3', data: link }]);
  assert.deepEqual(
    of(facts, 'utterance').map(({ text, deletedAt }) => [text, deletedAt]),
    [
      [undefined, receivedAt],
      [undefined, receivedAt],
    ],
  );
});

test('a real comment has its author and seconds', withPayloads('reddit'), () => {
  const name = 'index-10325141390-comment.json';
  const mapped = mapFile(reddit, name, readPayload('reddit', name));
  assert.deepEqual(countOutcomes(mapped), { ok: 1 });
  const { facts } = mapped[0]!;
  const [said] = of(facts, 'utterance');
  assert.deepEqual(
    [said?.nativeId, said?.role, said?.occurredAt?.toISOString()],
    ['t1_hscdq7x', 'customer', '2022-01-12T13:09:36.000Z'],
  );
  assert.deepEqual(
    of(facts, 'handle').map(({ value, display }) => [value, display]),
    [['reddit:t2_1pyka', 'ScottAlexander']],
  );
});

test('archives write posts and comments without the wrapper', () => {
  const shared = { subreddit: 'example', author: 'ana', created_utc: 1772701500 };
  const bare = [
    { ...shared, id: 'p1', title: 'Is it down?', selftext: '' },
    { ...shared, id: 'c1', link_id: 't3_p1', parent_id: 't3_p1', body: 'Same here' },
  ];
  const { facts, outcomes } = mapDocument(reddit, bare);
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, text }) => [nativeId, text]),
    [
      ['t3_p1', 'Is it down?'],
      ['t1_c1', 'Same here'],
    ],
  );
  assert.deepEqual(
    outcomes.map(({ nativeKind }) => nativeKind),
    ['post', 'comment'],
  );
});

test('an error of the API says that it is one', () => {
  assert.throws(() => mapDocument(reddit, { message: 'Not Found', error: 404 }), /error answer/);
});

test('a private message to us turns to us, and leads to the one it answers', () => {
  const data = {
    name: 't4_b',
    parent_id: 't4_a',
    author: 'ana',
    dest: 'ShopCare',
    subject: 're: Order',
    body: 'Thanks',
  };
  const given = { settings: { ownAccounts: ['shopcare'] } };
  const { facts } = mapDocument(reddit, { kind: 't4', data: { ...data, created_utc: 1772701500 } }, given);
  assert.deepEqual([of(facts, 'utterance')[0]?.text, of(facts, 'thread')[0]?.mention], ['Thanks', 'addressed']);
  assert.equal(of(facts, 'link').length, 1);
});

test('the answers to a private message come within it; what Reddit or a community sends is of no customer', () => {
  const message = (name: string, given: object = {}) => ({
    kind: 't4',
    data: { name, author: 'bo', body: 'Hello', subject: 'Refund &amp; more', created_utc: 1772701500, ...given },
  });
  const answer = message('t4_m2', { author: 'shopcare', parent_id: 't4_m1' });
  const notice = message('t4_m3', { author: 'reddit', distinguished: 'admin' });
  const community = message('t4_m4', { author: null, subreddit: 'shop' });
  const children = [
    message('t4_m1', { replies: { kind: 'Listing', data: { children: [answer] } } }),
    notice,
    community,
  ];
  const given = { settings: { ownAccounts: ['shopcare'] } };
  const { facts, outcomes } = mapDocument(reddit, { kind: 'Listing', data: { children } }, given);
  assert.deepEqual(
    of(facts, 'utterance').map(({ nativeId, role }) => [nativeId, role]),
    [
      ['t4_m1', 'customer'],
      ['t4_m2', 'agent'],
    ],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'drop', 'drop'],
  );
  assert.equal(of(facts, 'thread')[0]?.subject, 'Refund & more');
});

test('what is told in the name of the moderators is said by a program; an account says nothing', () => {
  const { facts } = mapDocument(reddit, listing({ ...comment, author: 'shop-ModTeam' }));
  assert.equal(of(facts, 'utterance')[0]?.role, 'bot');
  const account = { id: 'a1', name: 'bo', created_utc: 1500000000, link_karma: 1, subreddit: {} };
  assert.deepEqual(mapDocument(reddit, account).outcomes, [{ nativeKind: 't2', status: 'ignored' }]);
});

test('a comment that comes through the inbox is addressed to whose inbox it is', () => {
  const given = { settings: { ownAccounts: ['shopcare'] } };
  const { facts } = mapDocument(reddit, listing({ ...comment, was_comment: true, dest: 'shopcare' }), given);
  assert.equal(of(facts, 'thread')[0]?.mention, 'addressed');
});

test('what is written to the moderators is one conversation with them', () => {
  const said = (id: string, author: object, given: object = {}) => ({
    [id]: { id, author, bodyMarkdown: `Message ${id}`, date: '2026-03-05T09:00:00.000000+0000', ...given },
  });
  const member = { name: 'bo', isMod: false, isOp: true };
  const moderator = { name: 'shopcare', isMod: true };
  const document = {
    conversation: {
      id: '3a1',
      subject: 'Refund',
      owner: { displayName: 'shop', type: 'subreddit' },
      authors: [member, moderator],
      objIds: [...['m1', 'm2', 'm3', 'm4'].map((id) => ({ id, key: 'messages' })), { id: 'a1', key: 'modActions' }],
    },
    messages: {
      ...said('m1', member),
      ...said('m2', moderator),
      ...said('m3', moderator, { isInternal: true }),
      ...said('m4', { name: 'reddit', isMod: false, isAdmin: true }),
    },
    modActions: { a1: { id: 'a1', actionTypeId: 2, author: moderator } },
  };
  const { facts, outcomes } = mapDocument(reddit, document);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ok', 'drop', 'ignored'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]),
    [
      ['customer', 'Message m1', 'public'],
      ['agent', 'Message m2', 'public'],
      ['agent', 'Message m3', 'internal'],
    ],
  );
  const [thread] = of(facts, 'thread');
  assert.deepEqual([thread?.nativeId, thread?.direction, thread?.account], ['modmail/3a1', 'inbound', 'shop']);
  assert.equal(new Set(of(facts, 'thread').map(({ id }) => id)).size, 1);
});

test('a page with nothing on it says nothing', () => {
  const pages = [{ kind: 'Listing', data: { children: [] } }, { json: { errors: [] } }];
  assert.deepEqual(countOutcomes(pages.map((page) => mapDocument(reddit, page))), { ignored: 2 });
});
