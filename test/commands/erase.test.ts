import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erase } from '../../commands/erase.ts';
import { openCommand } from './command.ts';

// What leaves the store is in test/transforms/erase-customer.test.ts.

test('a running server erases whom an address belongs to, and says when the bytes are gone', async (t) => {
  const id = '00000000-0000-4000-8000-000000000001';
  const { effects, said, serve, taken } = await openCommand(t);
  const asked = await serve({ customers: [{ id }], interactions: 2, utterances: 5, handles: 1, deliveries: 3 });
  await erase('ann@example.com', { reason: 'asked by letter' }, effects);
  assert.equal(taken(), 'erased 5 utterances of 2 conversations, 1 addresses; looked into 3 deliveries\n');
  const [search, erasure] = asked();
  assert.equal(search!.path, '/v1/customers?text=ann%40example.com&limit=2');
  assert.deepEqual(
    [erasure!.path, JSON.parse(erasure!.body.toString())],
    [`/v1/customers/${id}/erase`, { reason: 'asked by letter' }],
  );
  assert.match(said.join('\n'), /when the server starts the next time: restart it\ncopies outside the store/);
});

test('nobody is erased by an address that nobody has, and the address is not repeated', async (t) => {
  const { type } = await openCommand(t);
  const { code, said } = await type('erase', 'ann@example.com', '--reason', 'asked by letter');
  assert.equal(code, 66);
  assert.match(said, /^error: invalid person: nobody by that address; expected a customer id or an address/);
  const reason = await type('erase', 'ann@example.com');
  assert.equal(reason.code, 64);
  assert.match(reason.said, /required option '--reason <text>' not specified/);
});
