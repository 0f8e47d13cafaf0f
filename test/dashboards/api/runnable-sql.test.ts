import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnableSql } from '../../../dashboards/api/runnable-sql.ts';

test('values stand in the statement as literals, and text cannot end its quotes', () => {
  const sql = 'select $limit where started_at >= $from and queue in ($queue_0, $queue_1) and $unknown';
  const parameters = { limit: 5, from: new Date('2026-06-01T09:30:00Z'), queue_0: "O'Hara; drop", queue_1: '$limit' };
  assert.equal(
    runnableSql(sql, parameters),
    "select 5 where started_at >= timestamp '2026-06-01 09:30:00' and queue in ('O''Hara; drop', '$limit') and $unknown",
  );
});
