import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../data/store.ts';
import type { Connector } from '../../../ingest/connector.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { connectors } from '../../../ingest/sources.ts';
import { mapFixture } from './fixture.ts';

type Rows = Record<string, any>[];

/** What stands in the store after landing fixtures: people, companies and memberships, by their source's own ids. */
async function landed(name: string, ...files: string[]): Promise<{ people: Rows; accounts: Rows; memberships: Rows }> {
  const connector: Connector = connectors.find((one) => one.name === name)!;
  const store = await Store.open();
  for (const file of files) {
    const { facts, outcomes } = mapFixture(connector, file);
    for (const outcome of outcomes) assert.notEqual(outcome.status, 'reject', JSON.stringify(outcome));
    await store.transaction((session) => mergeFacts(session, facts));
  }
  const people = await store.all('select * from core.person order by native_id');
  const accounts = await store.all('select * from core.account order by native_id');
  const memberships = await store.all('select * from core.membership order by native_id');
  await store.close();
  return { people, accounts, memberships };
}

const pick = (row: Record<string, any> | undefined, ...names: string[]): unknown[] => names.map((name) => row?.[name]);
const accountId = (source: string, nativeId: string): string => recordId('account', source, nativeId);
const personId = (source: string, nativeId: string): string => recordId('person', source, nativeId);
const day = (value: Date | null): string | undefined => value?.toISOString().slice(0, 10);

test('salesforce: accounts, contacts, their relations, merged and deleted ones, and converted leads', async () => {
  const { people, accounts, memberships } = await landed('salesforce', 'people.json');
  assert.deepEqual(pick(accounts[0], 'native_id', 'name', 'domains', 'segment', 'country', 'external_ids', 'state'), [
    '001000000000001',
    'Northwind Pumps Ltd',
    ['northwind.example'],
    'Customer - Direct',
    'Ireland',
    ['CUST-4711'],
    'active',
  ]);
  const [ann, merged, gone, lead] = people;
  assert.deepEqual(pick(ann, 'name', 'country', 'consent', 'state', 'account_ids'), [
    'Ann Able',
    'Ireland',
    'opted_out',
    'active',
    [accountId('salesforce', '001000000000001')],
  ]);
  assert.deepEqual(pick(merged, 'state', 'merged_into_id'), ['merged', personId('salesforce', '003000000000001')]);
  assert.deepEqual(pick(gone, 'state', 'account_ids'), ['deleted', []]);
  assert.deepEqual(pick(lead, 'lifecycle', 'state', 'merged_into_id'), [
    'Qualified',
    'merged',
    personId('salesforce', '003000000000001'),
  ]);
  assert.deepEqual(pick(memberships[0], 'title', 'is_primary', 'state', 'ended_at'), [
    'Decision Maker',
    true,
    'active',
    null,
  ]);
  assert.equal(day(memberships[0]!.started_at), '2024-02-02');
});

test('hubspot: companies and contacts of pages, and what notices change', async () => {
  const { people, accounts, memberships } = await landed('hubspot', 'people.json', 'people-events.json');
  assert.deepEqual(pick(accounts[0], 'name', 'domains', 'external_ids'), [
    'Northwind Pumps Group',
    ['northwind.example', 'northwind-pumps.example'],
    ['salesforce:001000000000001'],
  ]);
  const byId = new Map(people.map((person) => [person.native_id, person]));
  assert.deepEqual(pick(byId.get('501'), 'name', 'language', 'lifecycle', 'consent', 'account_ids'), [
    'Ann Able',
    'en',
    'evangelist',
    'opted_out',
    [accountId('hubspot', '7001')],
  ]);
  for (const former of ['502', '503'])
    assert.deepEqual(pick(byId.get(former), 'state', 'merged_into_id'), ['merged', personId('hubspot', '501')]);
  assert.equal(byId.get('505')!.state, 'deleted');
  assert.deepEqual(
    memberships.map((membership) => pick(membership, 'native_id', 'is_primary', 'state')),
    [
      ['501/7001', true, 'deleted'],
      ['504/7001', true, 'active'],
    ],
  );
});

test('zendesk: organisations with their domains, memberships, and users who are gone', async () => {
  const { people, accounts, memberships } = await landed('zendesk', 'organizations.json', 'organization-deleted.json');
  assert.deepEqual(
    accounts.map((account) => pick(account, 'native_id', 'name', 'domains', 'external_ids', 'state')),
    [
      ['81', 'Northwind Pumps', ['northwind.example', 'northwind-pumps.example'], ['CUST-4711'], 'active'],
      ['82', 'Closed Company', null, [], 'deleted'],
    ],
  );
  assert.deepEqual(
    people.map((person) => pick(person, 'name', 'language', 'external_ids', 'account_ids', 'state')),
    [
      ['Ann Able', 'en-IE', ['crm-501'], [accountId('zendesk', '81')], 'active'],
      ['Gone Person', 'en', null, [], 'deleted'],
    ],
  );
  assert.deepEqual(pick(memberships[0], 'person_id', 'account_id', 'is_primary'), [
    personId('zendesk', '61'),
    accountId('zendesk', '81'),
    true,
  ]);
  assert.equal(day(memberships[0]!.started_at), '2024-03-01');
});

test('intercom: companies by both their ids, contacts with country and language, deleted contacts', async () => {
  const { people, accounts } = await landed('intercom', 'companies.json', 'contact-deleted.json');
  assert.deepEqual(pick(accounts[0], 'native_id', 'name', 'domains', 'plan', 'external_ids'), [
    'co1',
    'Northwind Pumps',
    ['northwind.example'],
    'Gold',
    ['CUST-4711'],
  ]);
  assert.deepEqual(
    people.map((person) => pick(person, 'native_id', 'country', 'language', 'consent', 'account_ids', 'state')),
    [
      ['ct1', 'IRL', 'en', 'not_asked', [accountId('intercom', 'co1')], 'active'],
      ['ct2', null, null, null, null, 'deleted'],
    ],
  );
});

test('freshdesk: companies with tier and domains; a contact can have several', async () => {
  const { people, accounts } = await landed('freshdesk', 'people.json');
  assert.deepEqual(pick(accounts[0], 'name', 'domains', 'plan', 'segment'), [
    'Northwind Pumps',
    ['northwind.example'],
    'Premium',
    'Machinery',
  ]);
  assert.deepEqual(people[0]!.account_ids, [accountId('freshdesk', '4001'), accountId('freshdesk', '4002')]);
});

test('servicenow: an account with a number and a state is a company, not a case', async () => {
  const { people, accounts } = await landed('servicenow', 'people.json');
  assert.deepEqual(pick(accounts[0], 'name', 'country', 'external_ids', 'domains'), [
    'Northwind Pumps',
    'Ireland',
    ['ACCT0010001'],
    ['northwind.example'],
  ]);
  assert.deepEqual(
    people.map((person) => pick(person, 'name', 'language', 'account_ids', 'state')),
    [
      ['Ann Able', 'en', [accountId('servicenow', 'a1a1')], 'active'],
      ['Gone Person', null, [], 'deleted'],
    ],
  );
});

test('zoho-desk: what an account says of itself outranks what a contact repeats of it', async () => {
  const { people, accounts } = await landed('zoho-desk', 'people.json');
  assert.deepEqual(pick(accounts[0], 'name', 'segment', 'external_ids'), [
    'Northwind Pumps',
    'Machinery',
    ['zoho-crm:9200'],
  ]);
  assert.deepEqual(
    people.map((person) => pick(person, 'name', 'segment', 'external_ids', 'account_ids', 'state')),
    [
      ['Ann Able', 'paidUser', ['zoho-crm:9100'], [accountId('zoho-desk', '4100')], 'active'],
      ['Gone', null, null, null, 'deleted'],
    ],
  );
});

test('kustomer, front: customers under their company', async () => {
  for (const [name, person, company] of [
    ['kustomer', 'cust1', 'comp1'],
    ['front', 'crd_1', 'acc_1'],
  ] as const) {
    const { people, accounts } = await landed(name, 'people.json');
    assert.deepEqual(pick(people[0], 'native_id', 'name', 'account_ids'), [
      person,
      'Ann Able',
      [accountId(name, company)],
    ]);
    assert.deepEqual(pick(accounts[0], 'name', 'domains', 'external_ids'), [
      'Northwind Pumps',
      ['northwind.example'],
      ['CUST-4711'],
    ]);
  }
});

test('gorgias, chatwoot: what they know of a person, without companies', async () => {
  const gorgias = await landed('gorgias', 'customers.json');
  assert.deepEqual(pick(gorgias.people[0], 'name', 'language', 'external_ids'), ['Ann Able', 'en', ['crm-501']]);
  const chatwoot = await landed('chatwoot', 'contact-updated.json');
  assert.deepEqual([chatwoot.people.length, chatwoot.accounts.length], [1, 0]);
});

test('shopify: consent and country, merged customers, and who buys for a company', async () => {
  const { people, accounts, memberships } = await landed(
    'shopify',
    'consent.json',
    'customer-merge.json',
    'company-contact.json',
  );
  assert.deepEqual(pick(people[0], 'name', 'country', 'consent', 'state'), ['Ann Able', 'IE', 'opted_in', 'active']);
  assert.deepEqual(pick(people[1], 'native_id', 'state', 'merged_into_id'), [
    '1002',
    'merged',
    personId('shopify', '1001'),
  ]);
  assert.deepEqual(pick(accounts[0], 'native_id', 'name', 'external_ids'), ['21', 'Northwind Pumps', ['CUST-4711']]);
  assert.deepEqual(pick(memberships[0], 'title', 'person_id', 'account_id'), [
    'Buyer',
    personId('shopify', '1001'),
    accountId('shopify', '21'),
  ]);
});

test('square: a customer who was merged away names whom they became', async () => {
  const { people } = await landed('square', 'customer-merged.json');
  assert.deepEqual(pick(people[0], 'native_id', 'country', 'consent', 'external_ids', 'state', 'merged_into_id'), [
    'SQ2',
    'IE',
    'opted_out',
    ['crm-501'],
    'merged',
    personId('square', 'SQ4'),
  ]);
});
