import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { exportVcon } from '../../commands/export.ts';
import { land } from '../../ingest/land.ts';
import { createDelivery, storeDeliveries } from '../../ingest/deliveries.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { openCommand } from './command.ts';

interface Vcon {
  readonly uuid: string;
  readonly parties: { readonly mailto?: string }[];
  readonly dialog: { readonly start: string; readonly body?: string }[];
}

const chatOf = (last: string, day: string, body: string) => ({
  uuid: `00000000-0000-8000-8000-0000000000${last}`,
  vcon: '0.4.0',
  created_at: `${day}T10:00:00Z`,
  parties: [{ mailto: 'mailto:ana.roy@example.com', name: 'Ana Roy', role: 'customer' }],
  dialog: [{ type: 'text', start: `${day}T09:00:00Z`, parties: [0], mediatype: 'text/plain', body }],
});

/** A store with one chat of each of three days. */
async function open(t: TestContext) {
  const command = await openCommand(t);
  const { config, effects } = command;
  const found = await command.inStore(async (store) => {
    const chats = [
      chatOf('a1', '2026-03-02', 'It broke.'),
      chatOf('a2', '2026-03-04', 'Write to ana.roy@example.com.'),
      chatOf('a3', '2026-03-06', 'It works.'),
    ];
    const given = { source: 'vcon', via: 'file', format: 'json', receivedAt: effects.now(), headers: {} } as const;
    const bodies = chats.map((chat) => Buffer.from(JSON.stringify(chat)));
    await storeDeliveries(
      store,
      bodies.map((body) => createDelivery({ ...given, body })),
    );
    for (const step of [land, stitch, resolve]) await step(store, config, effects);
    return store.all<{ id: string }>('select id::varchar as id from core.interaction order by started_at');
  });
  return { ...command, ids: found.map(({ id }) => id) };
}

test('named conversations are printed in the order asked for, one JSON object per line', async (t) => {
  const { effects, ids, rows, said } = await open(t);
  await exportVcon([ids[2]!, ids[0]!], {}, effects);
  const printed = rows<Vcon>();
  assert.deepEqual(
    printed.map(({ uuid, dialog }) => [uuid, dialog[0]!.body]),
    [
      [ids[2], 'It works.'],
      [ids[0], 'It broke.'],
    ],
  );
  assert.equal(said.at(-1), 'exported 2 conversations');
});

test('all that began at a time or later are printed', async (t) => {
  const { effects, rows } = await open(t);
  const daysSince = async (since: string) => {
    await exportVcon([], { since }, effects);
    return rows<Vcon>().map(({ dialog }) => dialog[0]!.start.slice(0, 10));
  };
  assert.deepEqual((await daysSince('2026-03-04T09:00:00Z')).sort(), ['2026-03-04', '2026-03-06']);
  assert.deepEqual(await daysSince('2026-03-07'), []);
});

test('redacted, addresses stand neither in the words nor among the parties', async (t) => {
  const { effects, ids, taken } = await open(t);
  await exportVcon([ids[1]!], {}, effects);
  assert.match(taken(), /Write to ana\.roy@example\.com/);
  await exportVcon([ids[1]!], { redact: true }, effects);
  const redacted = taken();
  assert.match(redacted, /Write to /);
  assert.doesNotMatch(redacted, /ana\.roy|Ana Roy/);
});

test('a running server is asked, page by page', async (t) => {
  const { effects, rows, serve } = await open(t);
  const asked = await serve({ vcons: [{ uuid: 'one' }], next: null });
  await exportVcon([], { since: '2026-03-01', redact: true }, effects);
  assert.deepEqual(rows(), [{ uuid: 'one' }]);
  const { searchParams, pathname } = new URL(asked()[0]!.path, 'http://localhost');
  assert.deepEqual(
    [pathname, searchParams.get('since'), searchParams.get('redact'), searchParams.get('recording')],
    ['/v1/vcons', '2026-03-01T00:00:00.000Z', 'true', 'false'],
  );
});

test('what is asked wrongly is answered in one line', async (t) => {
  const { ids, type } = await open(t);
  const both = await type('export', 'vcon', ids[0]!, '--since', '2026-03-01');
  assert.deepEqual([both.code, both.said], [64, 'error: expected ids of conversations, or --since\n']);
  assert.deepEqual(await type('export', 'vcon'), both);
  const day = await type('export', 'vcon', '--since', 'yesterday');
  assert.equal(day.code, 64);
  assert.equal(day.said, 'error: invalid --since: yesterday; expected a day or a time such as 2026-03-01\n');
  const nobody = await type('export', 'vcon', '00000000-0000-4000-8000-000000000000');
  assert.equal(nobody.code, 66);
  assert.match(nobody.said, /^error: invalid conversation: 0{8}-.*; expected/);
});
