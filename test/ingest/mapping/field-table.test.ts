import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeMapping, mappingPagePath } from './field-table.ts';

test('docs/mapping.md says every field and the example as they are; `npm run docs` writes it', () => {
  assert.equal(readFileSync(mappingPagePath, 'utf8'), describeMapping());
});
