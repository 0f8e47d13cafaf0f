import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readDepartureRows } from '../../commands/churn.ts';
import { Store } from '../../data/store.ts';
import { importDepartures, type DepartureRow } from '../../ingest/departures.ts';
import { recordId } from '../../ingest/record-id.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { eraseCustomer } from '../../transforms/erase-customer.ts';
import { addContacts, daysBeforeEnd, effects } from '../models/churn/churn-world.ts';
import { config } from '../transforms/land.ts';

async function openStore(t: TestContext): Promise<Store> {
  const store = await Store.open();
  t.after(() => store.close());
  return store;
}

const report = (store: Store, rows: readonly DepartureRow[], replaces = false) =>
  importDepartures(store, rows, { file: 'left.csv', replaces }, effects);

const hello = (customer: string, days: number) => ({
  customer,
  at: daysBeforeEnd(days),
  channel: 'email' as const,
  intent: 'order.status',
  act: 'thanks' as const,
});

const left = (store: Store) =>
  store.all('select display_name, has_left, left_at from mart.customer where has_left order by left_at');

test('an address, a number or a customer id, with a day or a time, say who left and when', async (t) => {
  const store = await openStore(t);
  const id = recordId('customer', 'any');
  const found = await report(store, [
    { customer: ' Ann@Example.com ', left_at: '2026-03-31' },
    { customer: '+1 (212) 555-0100', left_at: '2026-03-31T15:00:00Z' },
    { customer: id, left_at: '2026-04-01 08:30:00+02:00' },
    { customer: '4711', type: 'crm_id', source: 'hubspot', date: '2026-04-02' },
  ]);
  assert.deepEqual(found, { rows: 4, added: 4, rejected: [] });
  assert.deepEqual(
    await store.all('select handle_id, other_handle_id, customer_id, left_at from core.departure order by left_at'),
    [
      {
        handle_id: recordId('handle', 'phone', '+12125550100'),
        other_handle_id: recordId('handle', 'whatsapp_id', '12125550100'),
        customer_id: null,
        left_at: new Date('2026-03-31T15:00:00Z'),
      },
      {
        handle_id: recordId('handle', 'email', 'ann@example.com'),
        other_handle_id: null,
        customer_id: null,
        left_at: new Date('2026-03-31T23:59:59Z'),
      },
      { handle_id: null, other_handle_id: null, customer_id: id, left_at: new Date('2026-04-01T06:30:00Z') },
      {
        handle_id: recordId('handle', 'crm_id', 'hubspot:4711'),
        other_handle_id: null,
        customer_id: null,
        left_at: new Date('2026-04-02T23:59:59Z'),
      },
    ],
  );
});

test('rows that cannot be read are kept with the reason, and the file again changes nothing', async (t) => {
  const store = await openStore(t);
  const rows = [
    { customer: 'ann@example.com', left_at: '2026-03-31' },
    { customer: 'ann@example.com', left_at: '2026-03-31' },
    { customer: '', left_at: '2026-03-31' },
    { customer: 'bo@example.com', left_at: '31.3.2026' },
    { customer: 'bo@example.com', left_at: '2026-02-30' },
    { customer: 'bo@example.com', left_at: '2036-01-01' },
    { customer: 'bo@example.com' },
    { customer: 'no address', left_at: '2026-03-31' },
    { customer: 'x', type: 'fax', left_at: '2026-03-31' },
  ];
  const first = await report(store, rows);
  assert.equal(first.added, 1);
  assert.deepEqual(
    first.rejected.map(({ row, reason }) => [row, reason.split(';')[0]]),
    [
      [3, 'missing customer'],
      [4, 'invalid left_at: 31.3.2026'],
      [5, 'invalid left_at: 2026-02-30'],
      [6, 'invalid left_at: 2036-01-01'],
      [7, 'missing left_at'],
      [8, 'invalid phone: no address'],
      [9, 'invalid type: fax'],
    ],
  );
  const again = await report(store, rows);
  assert.equal(again.added, 0);
  assert.deepEqual(await store.all('select row_number, excerpt from ops.departure_reject order by 1 limit 1'), [
    { row_number: 3, excerpt: '{"customer":"","left_at":"2026-03-31"}' },
  ]);
  assert.deepEqual(await store.all('select count(*) as count from ops.departure_reject'), [{ count: 7 }]);
});

test('a departure finds its customer once the address is used, and a later contact takes it back', async (t) => {
  const store = await openStore(t);
  await report(store, [{ customer: 'ann@example.com', left_at: '2026-05-20' }]);
  await addContacts(store, [hello('bo', 40)]);
  assert.deepEqual(await left(store), []);
  await addContacts(store, [hello('ann', 30)]);
  assert.deepEqual(await left(store), [
    { display_name: 'ann@example.com', has_left: true, left_at: new Date('2026-05-20T23:59:59Z') },
  ]);
  await addContacts(store, [hello('ann', 3)]);
  assert.deepEqual(await left(store), []);
});

test('a new list replaces the old one', async (t) => {
  const store = await openStore(t);
  await addContacts(store, [hello('ann', 40), hello('bo', 40)]);
  await report(store, [{ customer: 'ann@example.com', left_at: '2026-05-20' }]);
  await buildMarts(store, config(), effects);
  await report(store, [{ customer: 'bo@example.com', left_at: '2026-05-21' }], true);
  await buildMarts(store, config(), effects);
  assert.deepEqual(
    (await left(store)).map((row) => row.display_name),
    ['bo@example.com'],
  );
});

test('the event of a source says so too, and who is erased has not left', async (t) => {
  const store = await openStore(t);
  await addContacts(store, [hello('ann', 40), hello('bo', 40)]);
  await report(store, [{ customer: 'bo@example.com', left_at: '2026-05-21' }]);
  await store.run(
    `insert into core.event (id, thread_id, source, kind, occurred_at, interaction_id, revision)
     select uuid(), thread_id, 'desk', 'churned', timestamp '2026-05-02', interaction_id, nextval('core.revision')
     from core.utterance where native_id like 'ann %'`,
  );
  await buildMarts(store, config(), effects);
  const found = await store.all<{ customer_id: string; evidence: string }>(
    'select customer_id, evidence from mart.departure order by left_at',
  );
  assert.deepEqual(
    found.map(({ evidence }) => evidence),
    ['event', 'reported'],
  );
  await eraseCustomer(store, config(), found[1]!.customer_id, effects);
  assert.deepEqual(await store.all('select * from core.departure'), []);
});

test('files are CSV with any common separator, or NDJSON', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'departures-'));
  t.after(() => rm(folder, { recursive: true }));
  const read = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return readDepartureRows(join(folder, name));
  };
  const row = { customer: 'ann@example.com', left_at: '2026-03-31' };
  assert.deepEqual(await read('a.csv', '\ufeffCustomer;Left_at\nann@example.com;2026-03-31\n\n'), [row]);
  assert.deepEqual(await read('b.ndjson', `${JSON.stringify(row)}\nnot json\n[]\n`), [
    row,
    { line: 'not json' },
    { line: '[]' },
  ]);
  await assert.rejects(readDepartureRows(join(folder, 'missing.csv')), /expected a readable file/);
});
