import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knowledgeBase } from '../../../ingest/connectors/knowledge-base.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, mapDocument, of } from './real-payloads.ts';

test('searches are words of the customer, what they found and opened are events, votes are scores', () => {
  const { facts, outcomes } = mapFixture(knowledgeBase, 'log.csv');
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['return lamp', 'refund', 'Says nothing about lamps'],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['searched', '0'],
      ['searched', '7'],
      ['viewed', 'a-12 at 2'],
    ],
  );
  assert.deepEqual(
    of(facts, 'survey').map(({ score, scaleMax, question }) => [score, scaleMax, question]),
    [[0, 1, 'How refunds work']],
  );
  assert.equal(new Set(of(facts, 'thread').map(({ id }) => id)).size, 1);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ok', 'ok', 'reject', 'reject', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('a log of other columns needs their names; without sessions silence parts visits', () => {
  const bytes = new TextEncoder().encode('wann,suche,treffer,kunde\n2026-03-05 10:00:00,Rückgabe,3,u-9\n');
  const columns = { time: 'wann', query: 'suche', results: 'treffer', user: 'kunde' };
  const [mapped] = mapFile(knowledgeBase, 'a.csv', bytes, { columns, timeZone: 'Europe/Berlin' });
  const [thread] = of(mapped!.facts, 'thread');
  assert.deepEqual([thread?.sessionGapHours, thread?.startedAt?.toISOString()], [0.5, '2026-03-05T09:00:00.000Z']);
  assert.throws(() => mapFile(knowledgeBase, 'a.csv', bytes, { columns: { wann: 'time' } }), /expected names of/);
});

test('a vote may be true or false, or one of Zendesk', () => {
  const scoreOf = (row: object) =>
    of(mapDocument(knowledgeBase, { session_id: 's', created_at: '2026-03-05T09:00:00Z', ...row }).facts, 'survey')[0]
      ?.score;
  assert.deepEqual(
    [
      scoreOf({ article: 'a', helpful: true }),
      scoreOf({ article: 'a', helpful: false }),
      scoreOf({ item_type: 'Article', item_id: 5, value: -1 }),
    ],
    [1, 0, 0],
  );
});
