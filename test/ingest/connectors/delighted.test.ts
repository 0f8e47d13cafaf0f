import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delighted } from '../../../ingest/connectors/delighted.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

test('a response says its score, its words and who answered; a later one is the same, changed', () => {
  const [score] = of(mapFixture(delighted, 'webhook.json').facts, 'survey');
  assert.deepEqual(
    [score?.kind, score?.score, score?.scaleMin, score?.scaleMax, score?.comment],
    ['nps', 3, 0, 10, 'Nobody called me back.'],
  );
  assert.deepEqual(
    [score?.occurredAt.toISOString(), score?.threadId],
    ['2026-03-05T09:00:00.000Z', recordId('thread', 'zendesk', 'ticket/4711')],
  );
  const list = mapFixture(delighted, 'list.json');
  const [earlier] = of(list.facts, 'survey');
  assert.equal(earlier?.id, score?.id);
  assert.ok(earlier!.version < score!.version);
  assert.deepEqual(
    list.outcomes.map(({ status }) => status),
    ['ok', 'reject', 'reject'],
  );
});
