import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../data/store.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { findTablesWith } from '../../data/find-tables-with.ts';
import { at, config, effects, factsOf, land } from '../../transforms/land.ts';
import { keyFor, openApp } from './fixture.ts';

async function filled(): Promise<{ store: Store; id: string }> {
  const store = await Store.open();
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 'one', channel: 'chat', startedAt: at('09:00') });
  const handleId = facts.participant(threadId, 'customer', at('09:00'), { type: 'email', value: 'jane@example.com' });
  facts.utterance({
    nativeId: 'm1',
    threadId,
    role: 'customer',
    occurredAt: at('09:00'),
    text: 'my attic leaks',
    ...(handleId && { handleId }),
  });
  await land(store, facts.facts);
  await stitch(store, config(), effects);
  await resolve(store, config(), effects);
  const [row] = await store.all<{ id: string }>('select customer_id as id from core.interaction');
  return { store, id: row!.id };
}

test('an administrator erases a customer; the note of it names nobody', async (t) => {
  const { store, id } = await filled();
  const { app } = await openApp(t, { store });
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/customers/${id}/erase`,
    headers: await keyFor(store, 'admin'),
    payload: { reason: 'asked to be forgotten' },
  });
  const { customerId, ...counts } = answer.json<Record<string, unknown>>();
  assert.deepEqual(counts, { interactions: 1, utterances: 1, handles: 1, deliveries: 0 });
  for (const trace of ['jane@example.com', 'attic', id])
    assert.deepEqual(await findTablesWith(store, trace), [], trace);
  const [note] = await store.all('select actor, action, subject, detail from ops.audit');
  assert.deepEqual(
    { ...note, detail: JSON.parse(note!.detail as string) },
    {
      actor: 'admin of the test',
      action: 'erase customer',
      subject: customerId,
      detail: { reason: 'asked to be forgotten', ...counts },
    },
  );
  const [interaction] = await store.all('select customer_id from core.interaction');
  assert.equal(interaction!.customer_id, customerId);
});

test('nobody else may, and somebody unknown cannot be erased', async (t) => {
  const { store, id } = await filled();
  const { app } = await openApp(t, { store });
  const ask = async (role: 'supervisor' | 'admin', customer: string) =>
    (
      await app.inject({
        method: 'POST',
        url: `/v1/customers/${customer}/erase`,
        headers: await keyFor(store, role),
        payload: { reason: 'r e a' },
      })
    ).statusCode;
  assert.equal(await ask('supervisor', id), 403);
  assert.equal(await ask('admin', '00000000-0000-5000-8000-000000000000'), 404);
  assert.notDeepEqual(await findTablesWith(store, 'attic'), []);
});
