import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeOfId } from '../../../ingest/connectors/x-twitter/parts.ts';
import { xTwitter } from '../../../ingest/connectors/x-twitter/x-twitter.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

const threadId = (id: string) => recordId('thread', 'x-twitter', id);
const utteranceId = (id: string) => recordId('utterance', 'x-twitter', id);

describe('the account activity webhook', () => {
  const { facts, outcomes } = mapFixture(xTwitter, 'activity.json');

  test('has direct messages of both sides in one thread', () => {
    const [question, answer] = of(facts, 'utterance');
    assert.deepEqual([question?.role, question?.text, answer?.role], ['customer', 'Where is it? A & B', 'agent']);
    assert.deepEqual([question?.threadId, answer?.threadId], [threadId('dm/900|501'), threadId('dm/900|501')]);
    assert.equal(question?.occurredAt?.toISOString(), '2026-01-05T08:00:00.123Z');
    assert.equal(of(facts, 'thread')[0]?.channel, 'x_dm');
  });

  test('has posts with their whole text, each a thread linked to what it answers', () => {
    const [, , complaint, answer] = of(facts, 'utterance');
    assert.deepEqual([complaint?.role, complaint?.text], ['customer', '@shop no answer since Friday <sigh>']);
    assert.deepEqual([answer?.role, answer?.replyToId], ['agent', complaint?.id]);
    assert.deepEqual(
      of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
      [[threadId('2008091700000000002'), threadId('2008091700000000001')]],
    );
  });

  test('shows read marks, reposts and favorites as events of the post or message', () => {
    assert.deepEqual(
      of(facts, 'event').map(({ kind, value, utteranceId: id }) => [kind, value, id]),
      [
        ['read', undefined, utteranceId('dm/2008091800000000002')],
        ['reaction', 'repost', utteranceId('2008091700000000002')],
        ['reaction', 'favorite', utteranceId('2008091700000000002')],
      ],
    );
    assert.ok(outcomes.some(({ nativeKind, status }) => nativeKind === 'dm.typing' && status === 'ignored'));
  });

  test('erases deleted posts', () => {
    const deleted = of(facts, 'utterance').at(-1);
    assert.deepEqual(
      [deleted?.id, deleted?.deletedAt?.toISOString()],
      [utteranceId('2008091700000000001'), '2026-01-05T08:08:00.000Z'],
    );
  });
});

describe('the X Activity API, one kind of event of one account', () => {
  const { facts, outcomes } = mapFixture(xTwitter, 'subscriptions.ndjson');

  test('has direct messages of both sides, and posts that name us', () => {
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [
        ['customer', 'hello!'],
        ['agent', 'Hi Mina'],
        ['customer', 'hey @shop'],
        [undefined, undefined],
        ['customer', 'still nothing'],
      ],
    );
    const [question, answer, mention] = of(facts, 'thread');
    assert.equal(question?.id, answer?.id);
    assert.equal(mention?.mention, 'mention');
    assert.ok(of(facts, 'handle').some(({ value, display }) => value === '2222' && display === 'Mina'));
  });

  test('may have a direct message as version 2 writes it', () => {
    const payload = {
      id: '31',
      dm_conversation_id: '1111-2222',
      sender_id: '2222',
      created_at: '2026-01-05T08:00:00Z',
      text: 'hi',
    };
    const data = { event_type: 'dm.received', filter: { user_id: '1111' }, payload };
    const [said] = of(mapDocument(xTwitter, { data }).facts, 'utterance');
    assert.deepEqual([said?.role, said?.text, said?.threadId], ['customer', 'hi', threadId('dm/1111|2222')]);
  });

  test('erases deleted posts, and has a like as a reaction to the post, whoever it is by', () => {
    const [, , post, deleted] = of(facts, 'utterance');
    assert.deepEqual([deleted?.id, !!deleted?.deletedAt], [post?.id, true]);
    const [like] = of(facts, 'event');
    assert.deepEqual([like?.value, like?.utteranceId], ['favorite', post?.id]);
    const said = outcomes.filter(({ status }) => status === 'ignored').map(({ nativeKind }) => nativeKind);
    assert.deepEqual(said, ['profile.update.bio', 'dm.indicate_typing']);
  });

  test('tells up to where somebody has read', () => {
    const payload = {
      created_timestamp: '1767600000123',
      sender_id: '2222',
      target: { recipient_id: '1111' },
      last_read_event_id: '12',
    };
    const data = { event_type: 'dm.read', filter: { user_id: '1111' }, payload };
    const [mark] = of(mapDocument(xTwitter, { data }).facts, 'event');
    assert.deepEqual([mark?.kind, mark?.utteranceId], ['read', utteranceId('dm/12')]);
  });
});

test('a deletion that a stream tells of reaches the post, in either version of the API', () => {
  const status = { id_str: '2008092000000000009', user_id_str: '501' };
  const deletions = [
    { delete: { status, timestamp_ms: '1767600000123' } },
    {
      data: {
        delete: { tweet: { id: '2008092000000000009', author_id: '501' }, event_at: '2026-01-05T08:00:00.123Z' },
      },
    },
  ];
  for (const document of deletions) {
    const [gone] = of(mapDocument(xTwitter, document).facts, 'utterance');
    assert.deepEqual(
      [gone?.id, gone?.deletedAt?.toISOString()],
      [utteranceId('2008092000000000009'), '2026-01-05T08:00:00.123Z'],
    );
  }
});

test('who quotes a post of ours speaks of us', () => {
  const user = { id_str: '501', screen_name: 'erika' };
  const quoted_status = { id_str: '2008092000000000005', text: 'New colours', user: { id_str: '900' } };
  const post = { id_str: '2008092000000000006', created_at: 'Mon Jan 05 08:10:00 +0000 2026', text: 'Look', user };
  const body = { for_user_id: '900', tweet_create_events: [{ ...post, quoted_status }] };
  assert.equal(of(mapDocument(xTwitter, body).facts, 'thread')[0]?.mention, 'mention');
  const referenced_tweets = [{ type: 'quoted', id: '2008092000000000005' }];
  const data = [{ id: '2008092000000000006', text: 'Look', author_id: '501', referenced_tweets }];
  const page = { data, includes: { tweets: [{ id: '2008092000000000005', text: 'New colours', author_id: '900' }] } };
  const found = mapDocument(xTwitter, page, { settings: { ownAccounts: ['900'] } });
  assert.equal(of(found.facts, 'thread')[0]?.mention, 'mention');
});

test('an edit in the version 1 API names the versions in an object of their own', () => {
  const body = {
    for_user_id: '900',
    tweet_create_events: [
      {
        created_at: 'Mon Jan 05 08:10:00 +0000 2026',
        id_str: '2008092000000000002',
        text: '@shop order A-1001 is late',
        user: { id_str: '501', screen_name: 'erika' },
        edit_history: {
          initial_tweet_id: '2008092000000000001',
          edit_tweet_ids: ['2008092000000000001', '2008092000000000002'],
        },
      },
    ],
  };
  const [edit] = of(mapDocument(xTwitter, body).facts, 'utterance');
  assert.deepEqual([edit?.id, !!edit?.editedAt], [utteranceId('2008092000000000001'), true]);
});

test('an edit has an id of its own and is the same post with new words', () => {
  const [edit, first] = of(mapFixture(xTwitter, 'mentions.json').facts, 'utterance');
  assert.equal(edit?.id, first?.id);
  assert.deepEqual([edit?.text, !!edit?.editedAt], ['@shop order A-1001 is late', true]);
  assert.ok(edit!.version > first!.version);
});

test('an id tells the millisecond in which it was given out', () => {
  assert.equal(timeOfId('540897316908331009')?.toISOString(), '2014-12-05T15:55:44.394Z');
  assert.equal(timeOfId('28561922516'), undefined);
});

test('version 2 messages and groups', () => {
  const message = {
    id: '1',
    event_type: 'MessageCreate',
    text: 'hi',
    sender_id: '501',
    dm_conversation_id: '501-900',
    created_at: '2026-01-05T08:00:00.000Z',
  };
  const given = { settings: { ownAccounts: ['900'] } };
  const { facts } = mapDocument(xTwitter, { data: [message] }, given);
  assert.equal(of(facts, 'thread')[0]?.nativeId, 'dm/900|501');
  const group = mapDocument(xTwitter, { data: [{ ...message, dm_conversation_id: '77' }] }, given);
  assert.deepEqual(
    of(group.facts, 'thread').map(({ nativeId }) => nativeId),
    ['dm/77:501', 'dm/77'],
  );
});

test('real payloads', withPayloads('x-twitter'), () => {
  // Fifteen posts were asked for without their author: they are kept, and nobody is said to have written them.
  assert.deepEqual(countPayloads(xTwitter, 'x-twitter', { ownAccounts: ['sferik'] }), { ok: 49, reject: 1 });
});

test('a search, a list of people, an empty page, a revoked app, and who comes to a group', () => {
  const user = { id_str: '501', screen_name: 'ana', name: 'Ana' };
  const post = { id_str: '2008091700000000009', created_at: 'Mon Jan 05 08:00:00 +0000 2026', text: 'Hi', user };
  const search = mapDocument(xTwitter, { statuses: [post], search_metadata: { count: 1 } });
  assert.equal(of(search.facts, 'utterance')[0]?.text, 'Hi');
  const people = mapDocument(xTwitter, { users: [user], next_cursor: 0 });
  assert.equal(of(people.facts, 'handle')[0]?.display, 'Ana');
  const join = {
    id: '5',
    event_type: 'ParticipantsJoin',
    dm_conversation_id: '77',
    created_at: '2026-01-05T08:00:00.000Z',
  };
  for (const silent of [{ meta: { result_count: 0 } }, { user_event: { revoke: {} } }, { data: [join] }])
    assert.equal(mapDocument(xTwitter, silent).outcomes[0]?.status, 'ignored');
});

test('an error of the API says that it is one', () => {
  assert.throws(
    () => mapDocument(xTwitter, { title: 'Unauthorized', detail: 'Unauthorized', status: 401 }),
    /error answer/,
  );
});

test('an encrypted message of X Chat is refused with the reason', () => {
  const data = { event_type: 'chat.received', filter: { user_id: '77' }, payload: { encoded_event: 'AAEC' } };
  const [outcome] = mapDocument(xTwitter, { data }).outcomes;
  assert.deepEqual([outcome?.status, /encrypted/.test(outcome?.reason ?? '')], ['drop', true]);
});

test('a list or a saved search is no post', () => {
  const list = {
    id_str: '8044403',
    created_at: 'Mon Jan 05 08:00:00 +0000 2026',
    name: 'Shops',
    user: { id_str: '501' },
  };
  assert.equal(mapDocument(xTwitter, list).outcomes[0]?.status, 'unknown');
});

test('a file may hold several bodies in a list', () => {
  const deleted = { status: { id: '1', user_id: '2' }, timestamp_ms: '1767600000000' };
  const body = { for_user_id: '77', tweet_delete_events: [deleted] };
  assert.equal(of(mapDocument(xTwitter, [body, body]).facts, 'utterance').length, 2);
});
