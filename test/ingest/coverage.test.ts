import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { coveragePath, describeCoverage } from './coverage.ts';

test('docs/sources.md says what the code does; `npm run docs` writes it', () => {
  assert.equal(readFileSync(coveragePath, 'utf8'), describeCoverage());
});
