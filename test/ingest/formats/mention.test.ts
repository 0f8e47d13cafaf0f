import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../data/store.ts';
import { discourse } from '../../../ingest/connectors/discourse/discourse.ts';
import { facebookPage } from '../../../ingest/connectors/facebook-page.ts';
import { mastodon } from '../../../ingest/connectors/mastodon/mastodon.ts';
import { reddit } from '../../../ingest/connectors/reddit/reddit.ts';
import { xTwitter } from '../../../ingest/connectors/x-twitter/x-twitter.ts';
import { youtube } from '../../../ingest/connectors/youtube/youtube.ts';
import type { Connector } from '../../../ingest/connector.ts';
import { hasName } from '../../../ingest/formats/mention.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { config, effects, land } from '../../transforms/land.ts';
import { mapDocument, of } from '../connectors/real-payloads.ts';

const concerns = (connector: Connector, document: unknown, settings: object = {}) =>
  of(mapDocument(connector, document, { settings }).facts, 'thread').map(({ mention }) => mention);

test('a name counts as words of their own, in any case and writing', () => {
  assert.ok(hasName('I love ACME!', 'Acme'));
  assert.ok(hasName('@acme where is it', 'acme'));
  assert.ok(hasName('Acmes Tochter, nicht Acme', 'acme'));
  assert.ok(hasName('Компания Ромашка молчит', 'ромашка'));
  assert.ok(!hasName('acmeology', 'Acme'));
});

test('a visitor of our page turns to us, a comment answers us, our own post is neither', () => {
  const change = (value: object) => ({
    object: 'page',
    entry: [
      {
        id: '1',
        time: 1767261600,
        changes: [{ field: 'feed', value: { created_time: 1767261600, verb: 'add', ...value } }],
      },
    ],
  });
  const post = { item: 'status', post_id: '1_10', message: 'Where is it?', from: { id: '7', name: 'Ana' } };
  assert.deepEqual(concerns(facebookPage, change(post)), ['addressed']);
  const comment = { ...post, item: 'comment', comment_id: '10_11', parent_id: '1_10' };
  assert.deepEqual(concerns(facebookPage, change(comment)), ['reply']);
  assert.deepEqual(concerns(facebookPage, change({ ...post, from: { id: '1', name: 'Shop' } })), [undefined]);
});

test('Mastodon: an answer and an opening address turn to us, a tag and a name speak of us', () => {
  const status = (text: string, more: object = {}) => ({
    id: '5',
    created_at: '2026-01-01T10:00:00.000Z',
    account: { id: '9', acct: 'ana@social.example.org' },
    content: `<p>${text}</p>`,
    visibility: 'public',
    mentions: [],
    ...more,
  });
  const settings = { ownAccounts: ['shop'], ownNames: ['Parcel Shop'] };
  const us = { mentions: [{ id: '1', acct: 'shop', username: 'shop' }] };
  assert.deepEqual(concerns(mastodon, status('@shop it is late', us), settings), ['addressed']);
  assert.deepEqual(concerns(mastodon, status('late again', { ...us, in_reply_to_account_id: '1' }), settings), [
    'addressed',
  ]);
  assert.deepEqual(concerns(mastodon, status('no luck with @shop', us), settings), ['mention']);
  assert.deepEqual(concerns(mastodon, status('no luck with the parcel shop'), settings), ['mention']);
  assert.deepEqual(concerns(mastodon, status('nice weather'), settings), [undefined]);
});

test('Reddit and Discourse: our own places, tags and names', () => {
  const post = (title: string, subreddit: string) => ({
    kind: 't3',
    data: { name: 't3_1', created_utc: 1767261600, author: 'ana', title, selftext: 'text', subreddit },
  });
  const settings = { ownAccounts: ['shop_team'], ownCommunities: ['ParcelShop'], ownNames: ['Parcel Shop'] };
  assert.deepEqual(concerns(reddit, post('Late', 'parcelshop'), settings), ['addressed']);
  assert.deepEqual(concerns(reddit, post('u/shop_team is this normal', 'pics'), settings), ['mention']);
  assert.deepEqual(concerns(reddit, post('Parcel Shop is slow', 'pics'), settings), ['mention']);
  assert.deepEqual(concerns(reddit, post('My cat', 'pics'), settings), [undefined]);
  const topic = (cooked: string, category_slug: string) => ({
    post: {
      topic_id: 1,
      post_number: 1,
      created_at: '2026-01-01T10:00:00.000Z',
      username: 'ana',
      user_id: 3,
      cooked,
      category_slug,
    },
  });
  const forum = { ownAccounts: ['dana'], ownCategories: ['support'] };
  assert.deepEqual(concerns(discourse, topic('<p>Late</p>', 'support'), forum), ['addressed']);
  assert.deepEqual(concerns(discourse, topic('<p>Ask @dana</p>', 'lounge'), forum), ['mention']);
  assert.deepEqual(concerns(discourse, topic('<p>Good morning</p>', 'lounge'), forum), [undefined]);
});

test('X and YouTube: whom a post answers or names first, and whose video it is under', () => {
  const post = (text: string, more: object = {}) => ({
    data: [{ id: '1450000000000000001', text, author_id: '7', created_at: '2026-01-01T10:00:00.000Z', ...more }],
  });
  const settings = { ownAccounts: ['shop'], ownNames: ['Parcel Shop'] };
  const entities = { mentions: [{ start: 0, end: 5, username: 'shop', id: '1' }] };
  assert.deepEqual(concerns(xTwitter, post('@shop late', { entities }), settings), ['addressed']);
  assert.deepEqual(concerns(xTwitter, post('look, @shop', { entities }), settings), ['mention']);
  assert.deepEqual(concerns(xTwitter, post('Parcel Shop, again'), settings), ['mention']);
  assert.deepEqual(concerns(xTwitter, post('good morning'), settings), [undefined]);
  const comment = (channelId: string) => ({
    kind: 'youtube#comment',
    id: 'c1',
    snippet: {
      channelId,
      textOriginal: 'Great',
      publishedAt: '2026-01-01T10:00:00Z',
      authorChannelId: { value: 'UCana' },
    },
  });
  assert.deepEqual(concerns(youtube, comment('UCus'), { ownChannels: ['UCus'] }), ['reply']);
  assert.deepEqual(concerns(youtube, comment('UCother'), { ownChannels: ['UCus'] }), [undefined]);
});

test('a conversation is chatter, unless one of its posts concerns us or we wrote in it', async () => {
  const status = (id: string, acct: string, text: string, parent?: string) => ({
    id,
    created_at: `2026-01-01T10:00:0${id}.000Z`,
    account: { id: acct, acct },
    content: `<p>${text}</p>`,
    visibility: 'public',
    mentions: [],
    ...(parent && { in_reply_to_id: parent, in_reply_to_account_id: 'x' }),
  });
  const posts = [
    status('1', 'ana', 'what a day'),
    status('2', 'bo', 'so hot', '1'),
    status('3', 'cy', 'anybody know a good shop?'),
    status('4', 'shop', 'We are one.', '3'),
    status('5', 'di', 'Parcel Shop is late'),
  ];
  const store = await Store.open();
  const settings = { ownAccounts: ['shop'], ownNames: ['Parcel Shop'] };
  await land(store, mapDocument(mastodon, posts, { settings }).facts);
  await stitch(store, config(), effects);
  await resolve(store, config(), effects);
  await buildMarts(store, config(), effects);
  const rows = await store.all('select native_id, mention from mart.interaction_fact order by native_id');
  assert.deepEqual(rows, [
    { native_id: '1', mention: 'chatter' },
    { native_id: '3', mention: 'reply' },
    { native_id: '5', mention: 'mention' },
  ]);
  await store.close();
});
