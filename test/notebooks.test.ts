import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Store } from '../data/store.ts';

const notebook = JSON.parse(readFileSync(join(import.meta.dirname, '../docs/examples/first-look.ipynb'), 'utf8')) as {
  cells: { cell_type: string; source: string[] }[];
};
const statements = notebook.cells
  .filter((cell) => cell.cell_type === 'code')
  .flatMap(({ source }) => [...source.join('').matchAll(/"""([^"]+)"""/g)].map(([, sql]) => sql!));

test('every query of the notebook runs on the marts', async () => {
  assert.equal(statements.length, 4);
  const store = await Store.open();
  for (const sql of statements) await store.all(sql);
  await store.close();
});
