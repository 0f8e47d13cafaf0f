import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeText } from '../../../ingest/formats/place.ts';

test('a place is told by its name and address, each once', () => {
  assert.equal(placeText(['Harbour Shop', '2 Quay St'], 52.1, 4.3), 'Harbour Shop, 2 Quay St');
  assert.equal(placeText(['2 Quay St', '2 Quay St'], 52.1, 4.3), '2 Quay St');
});

test('without a name, by the point where it lies; without that, not at all', () => {
  assert.equal(placeText([undefined, ' '], 0, '-4.5'), '0, -4.5');
  assert.equal(placeText([], undefined, undefined), undefined);
});
