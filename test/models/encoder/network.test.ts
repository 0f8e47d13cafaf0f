import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Network } from '../../../models/encoder/network.ts';

const rows = [
  [5, 6, 7, 8],
  [12, 30, 3, 23],
];

async function load(folder: string) {
  const network = await Network.load(folder);
  const [alone, together] = [await network.run(rows.slice(0, 1)), await network.run(rows)];
  await network.close();
  return { readsTogether: network.readsTogether, alone, together: together.slice(0, alone.length) };
}

test('the shipped network gives a text the same states, to the bit, whatever is read beside it', async () => {
  const { readsTogether, alone, together } = await load(normalizeConfig({}).model.folder);
  assert.equal(readsTogether, true);
  assert.deepEqual(together, alone);
});

test('a network that scales over its whole input is known as one, and will be read text by text', async () => {
  const { readsTogether, alone, together } = await load(join(import.meta.dirname, 'scaled-together'));
  assert.equal(readsTogether, false);
  assert.notDeepEqual(together, alone);
});
