import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mapDocument } from '../connectors/real-payloads.ts';
import { example, samplePath } from './mapped.ts';

const strange = [
  null,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e21,
  true,
  [],
  {},
  [[]],
  ['x', {}],
  'constructor',
  '9999999999999999999',
  '\u0000',
];

/** Every copy of a document in which one value, of whatever depth, is another. */
function* mutations(value: unknown): Generator<unknown> {
  yield* strange;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of mutations(inner))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  }
}

test('whatever a mapped source sends is mapped to sound facts or refused with a reason, and nothing is lost', () => {
  const document = JSON.parse(readFileSync(samplePath, 'utf8')) as { changes: unknown[] };
  let count = 0;
  for (const mutated of mutations(document)) {
    if (typeof mutated !== 'object' || mutated === null) continue;
    const { outcomes } = mapDocument(example, mutated);
    const given = (mutated as { changes?: unknown }).changes;
    const expected = Array.isArray(given) ? given.flat(9).length : outcomes.length;
    assert.equal(outcomes.length, expected, JSON.stringify(given));
    for (const { status, reason } of outcomes)
      if (status === 'reject') assert.match(reason ?? '', /missing|invalid|expected|without/);
    count++;
  }
  assert.ok(count > 1000, `${count}`);
});
