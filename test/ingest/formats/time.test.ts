import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromIsoOrEpoch } from '../../../ingest/formats/time.ts';

test('a time is read from ISO 8601, epoch seconds or milliseconds', () => {
  const times = ['2024-10-22T17:33:38+00:00', 1729618418, '1729618418', 1729618418000].map(fromIsoOrEpoch);
  for (const time of times) assert.equal(time?.toISOString(), '2024-10-22T17:33:38.000Z');
});

test('what is no time is none', () => {
  for (const given of [undefined, null, '', 'yesterday', {}, '2024-10-22'])
    assert.equal(fromIsoOrEpoch(given), undefined);
});
