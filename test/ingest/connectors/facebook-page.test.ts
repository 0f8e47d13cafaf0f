import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facebookPage } from '../../../ingest/connectors/facebook-page.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { of, withPayloads } from './real-payloads.ts';

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
    of(facts, 'link').map((link) => [link.threadId, link.otherThreadId]),
    [[threadId('88_10'), threadId('88_9')]],
  );
});

test('real payloads', withPayloads('facebook-page'), () => {
  assert.deepEqual(countPayloads(facebookPage, 'facebook-page'), { ok: 11 });
});
