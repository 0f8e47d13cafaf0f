import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import { knowledgeBase } from '../../ingest/connectors/knowledge-base.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { mapFile } from '../ingest/connectors/fixture.ts';
import { at, config, effects, factsOf, land } from './land.ts';

const log = `session,time,email,query,results,article
s1,2026-03-02T08:00:00Z,ana@example.com,return lamp,0,
s1,2026-03-02T08:01:00Z,ana@example.com,refund,7,
s1,2026-03-02T08:02:00Z,ana@example.com,,,a-12
s2,2026-03-02T08:00:00Z,bo@example.com,return lamp,0,
`;

async function searchesAfter(...batches: (typeof kb)[]) {
  const store = await Store.open();
  for (const facts of batches) {
    await land(store, facts);
    await stitch(store, config(), effects);
    await resolve(store, config(), effects);
    await buildMarts(store, config(), effects);
  }
  const rows = await store.all(
    `select query, count_results, is_opened, next_channel, seconds_to_contact from mart.search order by interaction_id, searched_at`,
  );
  await store.close();
  return rows;
}

const kb = mapFile(knowledgeBase, 'log.csv', new TextEncoder().encode(log)).flatMap(({ facts }) => facts);

/** Ana calls an hour after she searched. */
function call() {
  const list = factsOf('phone');
  const threadId = list.thread({ nativeId: 'c1', channel: 'voice', direction: 'inbound', startedAt: at('09:00') });
  const handleId = list.participant(threadId, 'customer', at('09:00'), { type: 'email', value: 'ana@example.com' });
  list.utterance({
    threadId,
    nativeId: 'u1',
    role: 'customer',
    text: 'My lamp broke',
    occurredAt: at('09:00'),
    ...(handleId && { handleId }),
  });
  return list.facts;
}

test('a search knows what it found, whether it led to an article, and the contact that came after it', async () => {
  const expected = [
    { query: 'refund', count_results: 7, is_opened: true, next_channel: 'voice', seconds_to_contact: 3540 },
    { query: 'return lamp', count_results: 0, is_opened: false, next_channel: null, seconds_to_contact: null },
    { query: 'return lamp', count_results: 0, is_opened: false, next_channel: 'voice', seconds_to_contact: 3600 },
  ];
  const inOrder = (rows: Record<string, unknown>[]) =>
    rows.toSorted(
      (a, b) =>
        JSON.stringify(a.query).localeCompare(JSON.stringify(b.query)) ||
        Number(a.seconds_to_contact) - Number(b.seconds_to_contact),
    );
  assert.deepEqual(inOrder(await searchesAfter(kb, call())), expected);
  assert.deepEqual(inOrder(await searchesAfter(call(), kb)), expected);
});
