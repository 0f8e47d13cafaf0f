import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describePulling, pullingPagePath } from './pull-table.ts';

test('docs/pulling.md says of every plan what the code says', () => {
  assert.equal(readFileSync(pullingPagePath, 'utf8'), describePulling(), 'run `npm run docs`');
});
