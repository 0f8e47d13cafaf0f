import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { listVconIds, readVcon } from '../../../dashboards/api/vcon/read.ts';
import { Store } from '../../../data/store.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { land } from '../../../ingest/land.ts';
import { silentLogger } from '../../../logger.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';

const config = normalizeConfig({});
const now = () => new Date('2026-03-10T00:00:00Z');
const plain = { isRedacted: false, withRecording: false };

async function openWith(t: TestContext, deliveries: readonly [source: string, document: unknown][]): Promise<Store> {
  const store = await Store.open();
  t.after(() => store.close());
  const given = { via: 'file', format: 'json', receivedAt: now(), headers: {} } as const;
  await storeDeliveries(
    store,
    deliveries.map(([source, document]) =>
      createDelivery({ ...given, source, body: Buffer.from(JSON.stringify(document)) }),
    ),
  );
  for (const step of [land, stitch, resolve]) await step(store, config, { logger: silentLogger, now });
  return store;
}

/** What a reader sees of all conversations, whatever their source calls them. */
const shownIn = async (store: Store) => ({
  conversations: await store.all(
    'select channel, direction, subject, started_at, ended_at from core.interaction order by started_at',
  ),
  utterances: await store.all(
    `select utterance.role, text, occurred_at, end_at, handle.value as handle, agent.name as agent
     from core.utterance
     left join core.handle on handle.id = utterance.handle_id
     left join core.agent on agent.id = utterance.agent_id
     order by occurred_at, text`,
  ),
  people: await store.all(
    `select handle.type, handle.value, handle.display, participant.role from core.participant
     join core.handle on handle.id = participant.handle_id order by all`,
  ),
});

const call = {
  uuid: '00000000-0000-8000-8000-0000000000a1',
  vcon: '0.4.0',
  created_at: '2026-03-05T09:10:00Z',
  subject: 'A late parcel',
  parties: [
    { tel: 'tel:+12125550142', name: 'Ana Roy', role: 'customer', mailto: 'mailto:ana.roy@example.com' },
    { mailto: 'dana@shop.example.com', name: 'Dana', role: 'agent' },
  ],
  dialog: [
    { type: 'recording', start: '2026-03-05T09:00:00Z', duration: 60.5, parties: [0, 1], meta: { direction: 'in' } },
  ],
  analysis: [
    {
      type: 'transcript',
      dialog: 0,
      vendor: 'a',
      body: [
        { party: 1, message: 'How can I help?', start: 1.5, end: 2.5 },
        { party: 0, message: 'My parcel is late, call me on +1 212 555 0142.', start: 3 },
        { message: 'Somebody speaks.', start: 5 },
      ],
    },
  ],
};

const chat = {
  uuid: '00000000-0000-8000-8000-0000000000b2',
  vcon: '0.4.0',
  created_at: '2026-03-06T09:10:00Z',
  parties: call.parties,
  dialog: [
    { type: 'text', start: '2026-03-06T09:00:00Z', parties: [0], mediatype: 'text/plain', body: 'It broke.' },
    { type: 'text', start: '2026-03-06T09:01:00Z', parties: [1], mediatype: 'text/plain', body: 'I am sorry.' },
  ],
};

test('what goes out as vCons comes in as the same conversations', async (t) => {
  const first = await openWith(t, [
    ['vcon', call],
    ['vcon', chat],
  ]);
  const ids = await listVconIds(first, { since: new Date('2026-03-01'), limit: 10 });
  assert.equal(ids.length, 2);
  const vcons = await Promise.all(ids.map((id) => readVcon(first, config, id, plain)));
  const second = await openWith(
    t,
    vcons.map((vcon) => ['vcon', JSON.parse(JSON.stringify(vcon)) as unknown]),
  );
  const [before, after] = [await shownIn(first), await shownIn(second)];
  assert.equal(before.utterances.length, 5);
  assert.deepEqual(after, before);
});

test('pages go on where the last one ended', async (t) => {
  const store = await openWith(t, [
    ['vcon', call],
    ['vcon', chat],
  ]);
  const since = new Date('2026-03-01');
  const [first] = await listVconIds(store, { since, limit: 1 });
  const rest = await listVconIds(store, { since, limit: 10, after: first });
  assert.deepEqual([rest.length, rest.includes(first!)], [1, false]);
  assert.equal((await listVconIds(store, { since: new Date('2026-03-06'), limit: 10 })).length, 1);
});

test('a call is a recording with its transcript; nobody is made up for words without a speaker', async (t) => {
  const store = await openWith(t, [['vcon', call]]);
  const [id] = await listVconIds(store, { since: new Date(0), limit: 1 });
  const vcon = await readVcon(store, config, id!, plain);
  assert.equal(vcon.vcon, '0.4.0');
  assert.equal(vcon.uuid, id);
  assert.deepEqual(
    vcon.parties.map(({ uuid: _, ...party }) => party),
    [
      { tel: 'tel:+12125550142', mailto: 'mailto:ana.roy@example.com', name: 'Ana Roy', role: 'customer' },
      { name: 'Dana', role: 'agent' },
    ],
  );
  assert.deepEqual(vcon.dialog, [
    {
      type: 'recording',
      start: '2026-03-05T09:00:00.000Z',
      duration: 60.5,
      parties: [0, 1],
      application: 'voice',
      meta: { direction: 'inbound' },
    },
  ]);
  const [{ body } = { body: [] }] = vcon.analysis as { body: { party?: number; message: string }[] }[];
  assert.deepEqual(
    body.map(({ party, message }) => [party, message]),
    [
      [1, 'How can I help?'],
      [0, 'My parcel is late, call me on +1 212 555 0142.'],
      [undefined, 'Somebody speaks.'],
    ],
  );
});

test('a masked copy has no address, and says whose copy it is', async (t) => {
  const store = await openWith(t, [['vcon', call]]);
  const [id] = await listVconIds(store, { since: new Date(0), limit: 1 });
  const vcon = await readVcon(store, config, id!, { isRedacted: true, withRecording: true });
  assert.doesNotMatch(JSON.stringify(vcon), /555|ana\.roy|Ana Roy/);
  assert.match(JSON.stringify(vcon), /call me on \[phone\]/);
  assert.notEqual(vcon.uuid, id);
  assert.deepEqual(vcon.redacted, { uuid: id, type: 'personal data masked' });
});

test('a summary and the sentiment are analyses that name their model; notes are left out', async (t) => {
  const store = await openWith(t, [['vcon', chat]]);
  const [id] = await listVconIds(store, { since: new Date(0), limit: 1 });
  await store.run("update core.utterance set visibility = 'internal' where text = 'I am sorry.'");
  await store.run(
    `insert into signal.interaction (interaction_id, model, customer_utterances, scored_utterances, sentiment, frustrated_utterances, summary, revision)
     values (?, 'encoder-1', 1, 1, -0.5, 0, 'It broke.', 1)`,
    [id!],
  );
  const vcon = await readVcon(store, config, id!, plain);
  assert.equal(vcon.dialog.length, 1);
  assert.deepEqual(
    (vcon.analysis as { type: string; vendor: string; product: string; schema: string }[]).map(
      ({ type, vendor, product, schema }) => [type, vendor, product, schema],
    ),
    [
      ['summary', 'crosstalk', 'encoder-1', 'text'],
      ['sentiment', 'crosstalk', 'encoder-1', 'crosstalk/sentiment'],
      ['report', 'crosstalk', 'encoder-1', 'crosstalk/signals'],
    ],
  );
});
