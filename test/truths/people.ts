import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tradeCompanies, tradeCompanyOf } from '../../data/demo/trade.ts';
import { crossChannelCustomers, sharedHandles } from '../../data/demo/truths.ts';
import { customerOf, customersOf, on, type PlantedDemo } from './demo.ts';
import { isBehindSharedHandle, shownPeople, usesSharedHandle } from './identity.ts';
import type { Found } from './links.ts';
import { comparePartitions, rounded } from './measures.ts';

/** Who is who: customers and agents. */
export function testPeople({ store, conversations, found }: PlantedDemo): void {
  const contactsOf = (key: string): Found[] => found.filter(({ contact }) => contact.customer.key === key);

  test('people who use several channels are one customer each, as far as the sources show it', (t) => {
    const own = found.filter((one) => !isBehindSharedHandle(one));
    const overall = comparePartitions(own, ({ contact }) => contact.customer.key, customerOf);
    const shown = comparePartitions(own, shownPeople(own), customerOf);
    t.diagnostic(`pairs of contacts: precision ${rounded(overall.precision)}, recall ${rounded(overall.recall)}`);
    t.diagnostic(`recall of what chat forms and helpdesk profiles show: ${rounded(shown.recall)}`);
    assert.ok(overall.precision > 0.995, `precision ${overall.precision}`);
    assert.ok(shown.recall > 0.995, `recall ${shown.recall}`);
    // Four in ten people never show telephone and e-mail together, and nobody shows a user name on Mastodon with either.
    assert.ok(overall.recall > 0.65, `recall overall ${overall.recall}`);
    for (const { key, channels } of crossChannelCustomers) {
      assert.equal(new Set(contactsOf(key).map(({ contact }) => contact.channel)).size, channels.length, key);
      assert.equal(customersOf(contactsOf(key)).size, 1, key);
    }
  });

  test('people behind one telephone or one mailbox are never merged', () => {
    for (const { people, reason } of sharedHandles) {
      const others = new Map<string, string>();
      for (const { key } of people)
        for (const customer of customersOf(contactsOf(key).filter(({ contact }) => !usesSharedHandle(contact)))) {
          assert.equal(others.get(customer) ?? key, key, `${reason}: ${key}`);
          others.set(customer, key);
        }
      assert.equal(new Set(others.values()).size, people.length, reason);
    }
    // Seven people answer the switchboard, so that its calls belong to none of them.
    const [switchboard] = sharedHandles;
    const known = customersOf(
      switchboard!.people.flatMap(({ key }) => contactsOf(key)).filter(({ contact }) => contact.channel === 'chat'),
    );
    for (const { key } of switchboard!.people)
      for (const call of contactsOf(key).filter(({ contact }) => contact.channel === 'voice'))
        assert.ok(!known.has(customerOf(call)), key);
  });

  test('an agent has one name in all sources, and a mailbox is nobody', async () => {
    for (const { contact, fact } of on(found, 'chat', 'email', 'ticket'))
      if (fact.agent !== null) assert.equal(fact.agent, contact.agent.name, contact.key);
    const names = await store.all<{ agent: string }>(
      'select distinct agent from mart.interaction_fact where agent is not null',
    );
    const known = new Set(conversations.map(({ contact }) => contact.agent.name));
    assert.deepEqual(
      names.map(({ agent }) => agent).filter((name) => !known.has(name)),
      [],
    );
  });

  test('whoever buys for a company counts under its account, and nobody else does', async () => {
    const rows = await store.all<{ customer_id: string; name: string; owner: string }>(
      `select cast(customer.customer_id as varchar) as customer_id, account.name, account.owner
       from mart.customer
       join mart.account on account.account_id = customer.account_id`,
    );
    const accounts = new Map(rows.map((row) => [row.customer_id, row]));
    const shown = found.filter(({ contact, fact }) => fact.customer_id && contact.channel === 'email');
    assert.ok(shown.some(({ contact }) => tradeCompanyOf(contact.customer)));
    for (const { contact, fact } of shown) {
      const company = tradeCompanyOf(contact.customer);
      const account = accounts.get(fact.customer_id!);
      assert.equal(account?.name, company?.name, contact.key);
      assert.equal(account?.owner, company?.manager.name, contact.key);
    }
    const names = new Set(rows.map(({ name }) => name));
    // Of some companies nobody was in touch, in a demo of this size.
    assert.ok(names.size > tradeCompanies.length / 2, [...names].join());
    assert.ok([...names].every((name) => tradeCompanies.some((company) => company.name === name)));
  });
}
