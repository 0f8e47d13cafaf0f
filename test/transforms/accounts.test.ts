import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import type { FactList } from '../../ingest/fact-list.ts';
import { recordId } from '../../ingest/record-id.ts';
import type { Fact } from '../../ingest/records.ts';
import { decideAccounts } from '../../transforms/decide-accounts.ts';
import { eraseCustomer } from '../../transforms/erase-customer.ts';
import { buildMarts } from '../../transforms/marts.ts';
import { runQuery } from '../../transforms/query.ts';
import { resolve } from '../../transforms/resolve.ts';
import { built } from './fact-of.ts';
import { at, config, effects, factsOf, land, shuffled } from './land.ts';

type Account = Parameters<FactList['account']>[0];

const companies = (source: string, ...given: Account[]): Fact[] => {
  const list = factsOf(source);
  for (const account of given) list.account(account);
  return list.facts;
};

interface Person {
  readonly id: string;
  readonly email?: string;
  readonly accounts?: readonly string[];
  readonly version?: number;
  readonly more?: object;
}

/** A person who chatted once, with what the source knows of them. */
function person(source: string, { id, email, accounts, version = 1, more = {} }: Person): Fact[] {
  const list = factsOf(source, version);
  const thread = list.thread({ nativeId: `chat of ${id}`, channel: 'chat', startedAt: at('09:00') });
  const handleId = list.participant(thread, 'customer', at('09:00'), { type: 'contact_id', value: id });
  list.profile(handleId, list.handle({ type: 'email', value: email }), 'contact', at('09:00'));
  list.person({
    nativeId: id,
    handleId,
    accountIds: accounts?.map((account) => list.accountId(account)),
    state: 'active',
    ...more,
  });
  return list.facts;
}

const accountsOf = (store: Store): Promise<Record<string, any>[]> =>
  store.all('select * from mart.account order by name, account_id');
const edgesOf = (store: Store) =>
  store.all('select evidence, value, is_used, unused_reason from identity.account_edge order by evidence, value');
const membersOf = (store: Store) =>
  store.all(
    'select display_name, account.name as account from mart.customer left join mart.account using (account_id) order by display_name',
  );

test('records of two sources are one account where one names the other, or both carry one id', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies('salesforce', { nativeId: '001000000000001', name: 'Northwind Pumps', plan: 'gold' }),
    ...companies('hubspot', {
      nativeId: '7001',
      name: 'Northwind',
      externalIds: ['salesforce:001000000000001', 'CUST-4711'],
    }),
    ...companies('zendesk', { nativeId: '81', name: 'NW', externalIds: ['CUST-4711'] }),
    ...companies('intercom', { nativeId: 'co9', name: 'Somebody else', externalIds: ['CUST-4712'] }),
  ]);
  const accounts = await accountsOf(store);
  assert.deepEqual(accounts.map(({ record_count, sources, plan }) => [record_count, sources, plan]).sort(), [
    [1, 'intercom', null],
    [3, 'hubspot,salesforce,zendesk', 'gold'],
  ]);
  assert.deepEqual(await edgesOf(store), [
    { evidence: 'names the other record', value: 'salesforce:001000000000001', is_used: true, unused_reason: null },
    { evidence: 'same external id', value: 'CUST-4711', is_used: true, unused_reason: null },
  ]);
  await store.close();
});

test('an id that is short, or that several companies of a source carry, joins nothing and says why', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies(
      'crm',
      { nativeId: 'a', externalIds: ['17', 'SHARED-1'] },
      { nativeId: 'b', externalIds: ['SHARED-1'] },
    ),
    ...companies('desk', { nativeId: '17', externalIds: ['SHARED-1'] }),
  ]);
  assert.equal((await accountsOf(store)).length, 3);
  assert.deepEqual(
    [...new Set((await edgesOf(store)).map(({ unused_reason: reason }) => reason))].sort(),
    ["an id too short to be one company's alone", 'an id that several companies of one source carry'].sort(),
  );
  await store.close();
});

test('a domain joins records of one name only, and never one that many companies write from', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies(
      'crm',
      { nativeId: '1', name: 'Acme, Inc.', domains: ['acme.example'] },
      { nativeId: '2', name: 'Bolt', domains: ['holding.example'] },
      { nativeId: '3', name: 'Corner Shop', domains: ['gmail.com'] },
    ),
    ...companies(
      'desk',
      { nativeId: '1', name: 'ACME', domains: ['acme.example'] },
      { nativeId: '2', name: 'Cable', domains: ['holding.example'] },
      { nativeId: '3', name: 'Corner Shop', domains: ['gmail.com'] },
    ),
  ]);
  assert.deepEqual(await edgesOf(store), [
    { evidence: 'same domain', value: 'acme.example', is_used: true, unused_reason: null },
    {
      evidence: 'same domain',
      value: 'holding.example',
      is_used: false,
      unused_reason: 'a domain alone is weak evidence: the names differ',
    },
  ]);
  assert.equal((await accountsOf(store)).length, 5);
  await store.close();
});

test('customers stand under the accounts that sources state; the domain of their mail leads only those without any', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies('crm', { nativeId: '1', name: 'Acme', domains: ['acme.example'] }, { nativeId: '2', name: 'Bolt' }),
    ...companies('crm', { nativeId: '3', name: 'Shop', domains: ['gmail.com'] }),
    ...person('crm', { id: 'ann', email: 'ann@acme.example', accounts: ['2'] }),
    ...person('crm', { id: 'bob', email: 'bob@acme.example' }),
    ...person('crm', { id: 'eve', email: 'eve@gmail.com' }),
  ]);
  assert.deepEqual(await membersOf(store), [
    { display_name: 'ann@acme.example', account: 'Bolt' },
    { display_name: 'bob@acme.example', account: 'Acme' },
    { display_name: 'eve@gmail.com', account: null },
  ]);
  const [bob] = await store.all(
    "select evidence, detail, source from identity.account_customer where evidence = 'email_domain'",
  );
  assert.deepEqual(bob, { evidence: 'email_domain', detail: 'acme.example', source: 'crm' });
  await store.close();
});

test('who moves to another company leaves the first, in whatever order it is told', async () => {
  const before = person('crm', { id: 'ann', email: 'ann@example.com', accounts: ['1'], version: 1 });
  const after = person('crm', { id: 'ann', email: 'ann@example.com', accounts: ['2'], version: 2 });
  const both = companies('crm', { nativeId: '1', name: 'Acme' }, { nativeId: '2', name: 'Bolt' });
  for (const order of [
    [both, before, after],
    [after, before, both],
  ]) {
    const store = await Store.open();
    for (const facts of order) await built(store, facts);
    assert.deepEqual(await membersOf(store), [{ display_name: 'ann@example.com', account: 'Bolt' }]);
    assert.deepEqual(
      (await accountsOf(store)).map(({ name, member_count, interaction_count }) => [
        name,
        member_count,
        interaction_count,
      ]),
      [
        ['Acme', 0, 0],
        ['Bolt', 1, 1],
      ],
    );
    const facts = await store.all(
      `select name from mart.interaction_fact join mart.account on account_id = customer_account_id
       union all select name from mart.episode join mart.account on account_id = customer_account_id`,
    );
    assert.deepEqual(facts, [{ name: 'Bolt' }, { name: 'Bolt' }]);
    await store.close();
  }
});

test('a membership that has ended stays as a former one, and an address does not lead back', async () => {
  const store = await Store.open();
  const list = factsOf('crm', 5);
  list.membership({
    nativeId: 'm1',
    personId: list.personId('ann'),
    accountId: list.accountId('1'),
    startedAt: at('08:00'),
    endedAt: at('09:00'),
    state: 'deleted',
  });
  await built(store, [
    ...companies('crm', { nativeId: '1', name: 'Acme', domains: ['acme.example'] }),
    ...person('crm', { id: 'ann', email: 'ann@acme.example', accounts: ['1'] }),
    ...list.facts,
  ]);
  assert.deepEqual(
    await store.all('select evidence, is_current, started_at, ended_at, place from identity.account_customer'),
    [{ evidence: 'stated', is_current: false, started_at: at('08:00'), ended_at: at('09:00'), place: null }],
  );
  assert.equal((await accountsOf(store))[0]!.member_count, 0);
  await store.close();
});

test('of each field what was said last counts; merged and deleted records say nothing, until they are restored', async () => {
  const store = await Store.open();
  const gone = (version: number, state: 'deleted' | 'active') =>
    person('crm', { id: 'old', email: 'ann@example.com', version, more: { language: 'fr', country: 'FR', state } });
  await built(store, [
    ...person('desk', {
      id: 'ann',
      email: 'ann@example.com',
      version: 2,
      more: { name: 'Ann Able', language: 'en', consent: 'opted_out' },
    }),
    ...gone(3, 'deleted'),
  ]);
  const read = () => store.all('select display_name, language, country, consent from mart.customer');
  assert.deepEqual(await read(), [{ display_name: 'Ann Able', language: 'en', country: null, consent: 'opted_out' }]);
  await built(store, gone(4, 'active'));
  assert.deepEqual(await read(), [{ display_name: 'Ann Able', language: 'fr', country: 'FR', consent: 'opted_out' }]);
  await store.close();
});

test('what the source merged is one account; a person may part it, and take that back', async () => {
  const store = await Store.open();
  const list = factsOf('crm');
  list.account({ nativeId: '1', name: 'Acme' });
  list.account({ nativeId: '2', name: 'Acme old', state: 'merged', mergedIntoId: list.accountId('1') });
  await built(store, [...list.facts, ...person('crm', { id: 'ann', email: 'ann@example.com', accounts: ['2'] })]);
  assert.deepEqual(await membersOf(store), [{ display_name: 'ann@example.com', account: 'Acme' }]);
  const [one, other] = [recordId('account', 'crm', '1'), recordId('account', 'crm', '2')];
  const decide = async (kind: 'same' | 'different') => {
    const judgement = { kind, recordIds: [one], otherRecordIds: [other], reason: 'because', decidedBy: 'ann' } as const;
    await decideAccounts(store, config(), judgement, effects);
    await buildMarts(store, config(), effects);
  };
  await decide('different');
  assert.deepEqual((await edgesOf(store))[0], {
    evidence: 'merged by the source',
    value: 'crm',
    is_used: false,
    unused_reason: 'parted by a decision',
  });
  assert.equal((await accountsOf(store)).find(({ name }) => name === 'Acme')!.member_count, 0);
  await decide('same');
  assert.equal((await accountsOf(store))[0]!.member_count, 1);
  await store.close();
});

test('the order of facts does not matter, and a pass with nothing new writes nothing', async () => {
  const facts = [
    ...companies('crm', { nativeId: '10001', name: 'Acme', domains: ['acme.example'] }),
    ...companies('desk', {
      nativeId: '20002',
      name: 'Acme GmbH',
      domains: ['acme.example'],
      externalIds: ['crm:10001'],
    }),
    ...person('crm', { id: 'ann', email: 'ann@acme.example', accounts: ['10001'] }),
    ...person('desk', { id: 'bob', email: 'bob@acme.example' }),
  ];
  const states = await Promise.all(
    [1, 2].map(async (seed) => {
      const store = await Store.open();
      for (const fact of shuffled(facts, seed)) await land(store, [fact]);
      await built(store, []);
      const again = await resolve(store, config(), effects);
      assert.equal(again.rows, 0);
      assert.equal((await buildMarts(store, config(), effects)).rows, 0);
      const state = [await accountsOf(store), await edgesOf(store), await membersOf(store)];
      await store.close();
      return state;
    }),
  );
  assert.deepEqual(states[0], states[1]);
});

test('numbers can be asked for by account', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies('crm', { nativeId: '1', name: 'Acme' }),
    ...person('crm', { id: 'ann', email: 'ann@example.com', accounts: ['1'] }),
    ...person('crm', { id: 'bob', email: 'bob@example.com' }),
  ]);
  const [acme] = await accountsOf(store);
  const { rows } = await runQuery(
    store,
    {
      metrics: ['volume'],
      dimensions: ['customer_account'],
      filters: { from: '2026-03-01', to: '2026-03-08', customer_account: [acme!.account_id] },
    },
    { now: effects.now() },
  );
  assert.deepEqual(rows, [{ customer_account: acme!.account_id, volume: 1 }]);
  await store.close();
});

test('erasing a customer takes what sources knew of them, and leaves the company', async () => {
  const store = await Store.open();
  await built(store, [
    ...companies('crm', { nativeId: '1', name: 'Acme' }),
    ...person('crm', { id: 'ann', email: 'ann@example.com', accounts: ['1'], more: { name: 'Ann Able' } }),
  ]);
  const [customer] = await store.all<{ customer_id: string }>('select customer_id from mart.customer');
  await eraseCustomer(store, normalizeConfig({}), customer!.customer_id, effects);
  await buildMarts(store, config(), effects);
  for (const table of ['core.person', 'identity.customer_profile', 'identity.account_customer'])
    assert.deepEqual(await store.all(`select * from ${table}`), [], table);
  assert.deepEqual(
    (await accountsOf(store)).map(({ name, member_count }) => [name, member_count]),
    [['Acme', 0]],
  );
  await store.close();
});
