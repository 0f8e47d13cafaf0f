import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reddit } from '../../../ingest/connectors/reddit.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, of, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

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
