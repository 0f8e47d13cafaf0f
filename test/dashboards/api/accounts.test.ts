import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountChange, AccountDetail, AccountList } from '../../../dashboards/api/schemas/accounts.ts';
import type { CustomerDetail, CustomerList } from '../../../dashboards/api/schemas/customers.ts';
import { FactList } from '../../../ingest/fact-list.ts';
import { recordId } from '../../../ingest/record-id.ts';
import type { Fact } from '../../../ingest/records.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { silentLogger } from '../../../logger.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { keyFor, now, openApp } from './fixture.ts';

const at = new Date('2026-03-02T09:00:00Z');

/** Two companies, one of which stands in two sources, and two people of the first. */
function facts(): Fact[] {
  const crm = new FactList({ source: 'crm' }, 1);
  crm.account({ nativeId: '10001', name: 'Acme', plan: 'gold', domains: ['acme.example'] });
  crm.account({ nativeId: '10002', name: 'Bolt' });
  const people: [string, Omit<Parameters<FactList['person']>[0], 'nativeId' | 'handleId'>][] = [
    ['ann', { name: 'Ann Able', language: 'en', consent: 'opted_out', accountIds: [crm.accountId('10001')] }],
    ['bob', { name: 'Bob Bell' }],
  ];
  for (const [id, more] of people) {
    const threadId = crm.thread({ nativeId: `chat ${id}`, channel: 'chat', startedAt: at });
    const handleId = crm.participant(threadId, 'customer', at, { type: 'contact_id', value: id });
    crm.profile(handleId, crm.handle({ type: 'email', value: `${id}@acme.example` }), 'contact', at);
    crm.person({ nativeId: id, handleId, ...more });
  }
  const desk = new FactList({ source: 'desk' }, 2);
  desk.account({ nativeId: '81', name: 'Acme Ltd', externalIds: ['crm:10001'] });
  return [...crm.facts, ...desk.facts];
}

async function openFilled(t: Parameters<typeof openApp>[0]) {
  const opened = await openApp(t);
  const { store, config, app } = opened;
  await store.transaction((session) => mergeFacts(session, facts()));
  for (const step of [stitch, resolve, buildMarts]) await step(store, config, { logger: silentLogger, now });
  const headers = await keyFor(store, 'admin');
  const read = async <T>(url: string): Promise<T> => (await app.inject({ url, headers })).json() as T;
  return { ...opened, headers, read };
}

test('accounts are listed with what their members amount to, and found by name, domain and id', async (t) => {
  const { read } = await openFilled(t);
  const list = await read<AccountList>('/v1/accounts?sort=members');
  assert.deepEqual(
    list.accounts.map(({ name, memberCount, interactionCount, sources }) => [
      name,
      memberCount,
      interactionCount,
      sources,
    ]),
    [
      ['Acme Ltd', 2, 2, ['crm', 'desk']],
      ['Bolt', 0, 0, ['crm']],
    ],
  );
  for (const text of ['acme', 'acme.example', list.accounts[0]!.id])
    assert.equal((await read<AccountList>(`/v1/accounts?text=${text}`)).total, 1);
  const first = await read<AccountList>('/v1/accounts?sort=name&limit=1');
  const second = await read<AccountList>(`/v1/accounts?sort=name&limit=1&cursor=${first.nextCursor}`);
  assert.deepEqual([first.accounts[0]!.name, second.accounts[0]!.name, second.nextCursor], ['Acme Ltd', 'Bolt', null]);
});

test('one account shows its records, why they are one, and how each customer came to it', async (t) => {
  const { read } = await openFilled(t);
  const id = recordId('account', 'desk', '81');
  const detail = await read<AccountDetail>(`/v1/accounts/${id}`);
  assert.deepEqual(
    detail.records.map(({ source, nativeId, plan }) => [source, nativeId, plan]),
    [
      ['crm', '10001', 'gold'],
      ['desk', '81', null],
    ],
  );
  assert.deepEqual(
    detail.evidence.map(({ evidence, value, isUsed }) => [evidence, value, isUsed]),
    [['names the other record', 'crm:10001', true]],
  );
  assert.deepEqual(
    detail.members
      .map(({ displayName, evidence, detail: domain, isMain }) => [displayName, evidence, domain, isMain])
      .sort(),
    [
      ['Ann Able', 'stated', null, true],
      ['Bob Bell', 'email_domain', 'acme.example', true],
    ],
  );
});

test('customers are listed by account, and show theirs with their profile', async (t) => {
  const { read } = await openFilled(t);
  const [acme] = (await read<AccountList>('/v1/accounts?sort=members')).accounts;
  const { customers } = await read<CustomerList>(`/v1/customers?account=${acme!.id}`);
  assert.deepEqual(customers.map(({ displayName }) => displayName).sort(), ['Ann Able', 'Bob Bell']);
  const ann = customers.find(({ displayName }) => displayName === 'Ann Able')!;
  const detail = await read<CustomerDetail>(`/v1/customers/${ann.id}`);
  assert.deepEqual(
    [detail.profile!.displayName, detail.profile!.language, detail.profile!.consent, detail.profile!.sources],
    ['Ann Able', 'en', 'opted_out', 'crm'],
  );
  assert.deepEqual(
    detail.accounts.map(({ id, name, isCurrent }) => [id, name, isCurrent]),
    [[acme!.id, 'Acme Ltd', true]],
  );
});

test('a record is parted from an account and joined again by those who may, with the reason kept', async (t) => {
  const { app, store, headers, read } = await openFilled(t);
  const [acme] = (await read<AccountList>('/v1/accounts?sort=members')).accounts;
  const payload = { recordIds: [recordId('account', 'desk', '81')], reason: 'another Acme' };
  const refused = await app.inject({
    method: 'POST',
    url: `/v1/accounts/${acme!.id}/split`,
    headers: await keyFor(store, 'analyst'),
    payload,
  });
  assert.equal(refused.statusCode, 403);
  const split = await app.inject({ method: 'POST', url: `/v1/accounts/${acme!.id}/split`, headers, payload });
  const { accountIds } = split.json() as AccountChange;
  assert.equal(accountIds.length, 2);
  const merged = await app.inject({
    method: 'POST',
    url: '/v1/accounts/merge',
    headers,
    payload: { accountId: accountIds[0], otherAccountId: accountIds[1], reason: 'the same after all' },
  });
  assert.equal((merged.json() as AccountChange).accountIds.length, 1);
  const detail = await read<AccountDetail>(`/v1/accounts/${acme!.id}`);
  assert.deepEqual(
    detail.decisions.map(({ kind, reason }) => [kind, reason]),
    [
      ['same', 'the same after all'],
      ['different', 'another Acme'],
    ],
  );
  const actions = await store.all("select action from ops.audit where action like '%account%' order by action");
  assert.deepEqual(actions, [{ action: 'merge accounts' }, { action: 'split account' }]);
});

test('an account that is not there is not found', async (t) => {
  const { app, headers } = await openFilled(t);
  const answer = await app.inject({ url: `/v1/accounts/${recordId('account', 'crm', 'none')}`, headers });
  assert.equal(answer.statusCode, 404);
});
