import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addKey, dropKey, printKeys } from '../../commands/keys.ts';
import { verifyKey } from '../../dashboards/api/keys.ts';
import { openCommand } from './command.ts';

test('a key is printed once, listed without its secret, and revoked for good', async (t) => {
  const { effects, inStore, rows, taken } = await openCommand(t);
  await addKey('notebook', 'analyst', effects);
  const key = taken().trim();
  assert.match(key, /^ct_[\da-f]{32}_[\w-]{43}$/);
  await printKeys(effects);
  const [listed] = rows<{ id: string; name: string; role: string }>();
  assert.deepEqual([listed!.name, listed!.role], ['notebook', 'analyst']);
  assert.ok(!JSON.stringify(listed).includes(key.split('_')[2]!));
  assert.equal((await inStore((store) => verifyKey(store, key)))!.name, 'notebook');
  await dropKey(listed!.id, effects);
  assert.equal(await inStore((store) => verifyKey(store, key)), undefined);
  await assert.rejects(dropKey(listed!.id, effects), /expected the id of a key that is in use/);
});

test('a wrong role or key is named', async (t) => {
  const { type } = await openCommand(t);
  const role = await type('keys', 'add', 'notebook', 'king');
  assert.equal(role.code, 64);
  assert.match(role.said, /^error: invalid role: king; expected one of .*analyst/);
  for (const id of ['00000000-0000-4000-8000-000000000000', 'notebook']) {
    const { code, said } = await type('keys', 'revoke', id);
    assert.deepEqual([code, said], [66, `error: invalid key: ${id}; expected the id of a key that is in use\n`]);
  }
});
