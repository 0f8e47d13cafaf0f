import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import type { HandleInput } from '../../ingest/fact-list.ts';
import { recordId } from '../../ingest/record-id.ts';
import type { Fact, RoleName } from '../../ingest/records.ts';
import { mergeHandles, shareHandle, splitHandles } from '../../transforms/decide.ts';
import { explainCustomer } from '../../transforms/explain.ts';
import { resolve } from '../../transforms/resolve.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land, shuffled } from './land.ts';

const email = (name: string): HandleInput => ({ type: 'email', value: `${name}@example.com` });
const phone = (last: number): HandleInput => ({
  type: 'phone',
  value: `+1202555${String(100 + last).padStart(4, '0')}`,
});
const idOf = ({ type, value }: HandleInput) => recordId('handle', type, String(value));

/** A conversation in which customers with these handles took part; `agents` are handles of the other side. */
function conversation(nativeId: string, handles: HandleInput[], agents: HandleInput[] = [], clock = '09:00'): Fact[] {
  const list = factsOf('desk');
  const thread = list.thread({ nativeId, channel: 'chat', startedAt: at(clock) });
  const join = (role: RoleName) => (handle: HandleInput) => list.participant(thread, role, at(clock), handle);
  handles.forEach(join('customer'));
  agents.forEach(join('agent'));
  return list.facts;
}

async function resolved(store: Store, facts: Fact[], spec: object = {}) {
  await land(store, facts);
  await stitch(store, config(spec), effects);
  return resolve(store, config(spec), effects);
}

/** Which conversations have the same customer: their native ids, grouped. */
async function groups(store: Store): Promise<string[]> {
  const rows = await store.all<{ natives: string }>(
    `select string_agg(native_id, ' ' order by native_id) as natives
     from core.interaction group by customer_id order by natives`,
  );
  return rows.map(({ natives }) => natives);
}

const stateOf = (store: Store) =>
  Promise.all([
    store.all('select * from identity.handle_customer order by handle_id'),
    store.all('select * from identity.edge order by handle_id, other_handle_id, evidence'),
    store.all('select id, customer_id from core.interaction order by id'),
    store.all(
      'select id, display_name, first_seen_at, last_seen_at, handle_count, is_anonymous from core.customer order by id',
    ),
  ]);

test('handles that meet in a conversation are one customer, across conversations', async () => {
  const store = await Store.open();
  await resolved(store, [
    ...conversation('a', [email('ann'), phone(1)]),
    ...conversation('b', [phone(1)]),
    ...conversation('c', [email('bob')]),
  ]);
  assert.deepEqual(await groups(store), ['a b', 'c']);
  const [ann] = await store.all(
    `select display_name, handle_count, is_anonymous from core.customer where handle_count = 2`,
  );
  assert.deepEqual(ann, { display_name: 'ann@example.com', handle_count: 2, is_anonymous: false });
  await store.close();
});

test('profiles link handles of one type; conversations do not', async () => {
  const store = await Store.open();
  const crm = factsOf('crm');
  crm.profile(crm.handle(email('ann')), crm.handle(email('ann.work')), 'crm_contact', at('08:00'));
  await resolved(store, [
    ...crm.facts,
    ...conversation('a', [email('ann')]),
    ...conversation('b', [email('ann.work')]),
    // Two addresses on one thread are two people, and the phone may be either's.
    ...conversation('c', [email('bob'), email('carl'), phone(3)]),
    ...conversation('d', [email('carl')], [], '10:00'),
    ...conversation('e', [phone(3)], [], '10:00'),
  ]);
  const c = (await groups(store)).filter((group) => !group.includes('c'));
  assert.deepEqual(c.includes('a b'), true);
  const links = await store.all<{ is_used: boolean; unused_reason: string }>(
    `select is_used, unused_reason from identity.edge where evidence = 'same_thread'`,
  );
  assert.deepEqual(
    new Set(links.map(({ unused_reason }) => unused_reason)),
    new Set(['several addresses of one type in one conversation']),
  );
  await store.close();
});

test('names, general mailboxes, agents and excluded values never link', async () => {
  const store = await Store.open();
  const spec = { identity: { excludedHandles: ['+1 202 555 0199'] } };
  const pairs: HandleInput[] = [
    { type: 'name', value: 'Ann Example' },
    email('no-reply'),
    email('support+eu'),
    email('agent'),
    phone(99),
  ];
  const facts: Fact[] = [];
  pairs.forEach((shared, index) => {
    for (const side of ['a', 'b'])
      facts.push(...conversation(`${index}${side}`, [shared, { type: 'cookie', value: `${index}${side}` }]));
  });
  await resolved(store, [...facts, ...conversation('x', [phone(98)], [email('agent')])], spec);
  assert.equal((await groups(store)).length, 11);
  const reasons = await store.all<{ unused_reason: string }>(
    'select distinct unused_reason from identity.edge order by unused_reason',
  );
  assert.deepEqual(
    reasons.map(({ unused_reason }) => unused_reason),
    ['a general mailbox', 'also used by an agent', 'excluded by the configuration'],
  );
  await store.close();
});

test('a handle that meets more addresses of one type than a person has is shared', async () => {
  const store = await Store.open();
  const spec = { identity: { maximumPartners: 2 } };
  const meet = (number: number) => conversation(`c${number}`, [phone(50), email(`p${number}`)]);
  await resolved(store, [...meet(1), ...meet(2)], spec);
  assert.deepEqual(await groups(store), ['c1 c2']);
  await resolved(store, meet(3), spec);
  assert.deepEqual(await groups(store), ['c1', 'c2', 'c3']);
  const [edge] = await store.all('select distinct unused_reason from identity.edge');
  assert.equal(edge!.unused_reason, 'shared by more than 2 addresses of type email');
  await store.close();
});

test('interactions without a usable handle have an anonymous customer each', async () => {
  const store = await Store.open();
  await resolved(store, [...conversation('a', []), ...conversation('b', [email('noreply')])]);
  assert.deepEqual(await groups(store), ['a', 'b']);
  assert.deepEqual(await store.all('select count(*) as n from core.customer where is_anonymous'), [{ n: 2 }]);
  await store.close();
});

test('a second run writes nothing; a later link retires an id and leaves an alias', async () => {
  const store = await Store.open();
  await resolved(store, [...conversation('a', [email('ann')]), ...conversation('b', [phone(1)])]);
  assert.deepEqual(await resolve(store, config(), effects), { step: 'resolve', rows: 0 });
  const before = await store.all<{ id: string }>('select id from core.customer');
  await resolved(store, conversation('c', [email('ann'), phone(1)]));
  assert.deepEqual(await groups(store), ['a b c']);
  const [left] = await store.all<{ id: string }>('select id from core.customer');
  const [alias] = await store.all('select old_customer_id, customer_id from identity.customer_alias');
  assert.equal(alias!.customer_id, left!.id);
  assert.ok(before.some(({ id }) => id === alias!.old_customer_id));
  assert.equal((await explainCustomer(store, alias!.old_customer_id)).customerId, left!.id);
  await store.close();
});

test('a split undoes a merge by decision, wholly', async () => {
  const store = await Store.open();
  await resolved(store, [...conversation('a', [email('ann')]), ...conversation('b', [phone(1)])]);
  const before = await stateOf(store);
  const judgement = { handleId: idOf(email('ann')), otherHandleIds: [idOf(phone(1))], decidedBy: 'kim' };
  await mergeHandles(store, config(), { ...judgement, reason: 'she called back' }, effects);
  assert.deepEqual(await groups(store), ['a b']);
  await splitHandles(store, config(), { ...judgement, reason: 'her brother' }, effects);
  assert.deepEqual(await stateOf(store), before);
  assert.deepEqual(await store.all('select old_customer_id from identity.customer_alias'), []);
  await store.close();
});

test('a split parts what evidence joins, at its weakest link, and holds when more evidence comes', async () => {
  const store = await Store.open();
  // ann – phone 1 in two conversations, phone 1 – cookie in one: the cookie link is the weaker one.
  const cookie: HandleInput = { type: 'cookie', value: 'k' };
  await resolved(store, [
    ...conversation('a', [email('ann'), phone(1)]),
    ...conversation('b', [email('ann'), phone(1)]),
    ...conversation('c', [phone(1), cookie], [], '11:00'),
    ...conversation('d', [cookie], [], '12:00'),
  ]);
  assert.deepEqual(await groups(store), ['a b c d']);
  const cookieId = recordId('handle', 'cookie', 'desk:k');
  await splitHandles(
    store,
    config(),
    { handleId: idOf(email('ann')), otherHandleIds: [cookieId], reason: 'another person', decidedBy: 'kim' },
    effects,
  );
  assert.equal((await groups(store)).filter((group) => group.includes('a b')).length, 1);
  assert.ok(!(await groups(store)).some((group) => group.includes('a') && group.includes('d')));
  await resolved(store, conversation('e', [phone(1), cookie], [], '13:00'));
  assert.ok(!(await groups(store)).some((group) => group.includes('a') && group.includes('d')));
  const [ann] = await store.all(
    `select customer_id from identity.handle_customer where handle_id::varchar = '${idOf(email('ann'))}'`,
  );
  const { evidence, decisions } = await explainCustomer(store, ann!.customer_id);
  assert.match(
    evidence.map(({ text }) => text).join('\n'),
    /took part in 2 conversations together.*not used: parted by a decision/s,
  );
  assert.match(decisions[0]!.text, /^kim decided on 2026-06-01: ann@example.com \(email\) and .* are not one customer/);
  await store.close();
});

test('a handle declared shared links no more, and cannot be merged', async () => {
  const store = await Store.open();
  await resolved(store, [...conversation('a', [email('ann'), phone(1)]), ...conversation('b', [phone(1)])]);
  const handleId = idOf(phone(1));
  await shareHandle(store, config(), { handleId, reason: 'reception desk', decidedBy: 'kim' }, effects);
  assert.deepEqual(await groups(store), ['a', 'b']);
  const judgement = { handleId, otherHandleIds: [idOf(email('ann'))], reason: '', decidedBy: 'kim' };
  await assert.rejects(
    mergeHandles(store, config(), judgement, effects),
    /invalid merge: .*; expected a handle of one/,
  );
  await store.close();
});

test('any order and slicing of the same evidence gives the same customers', async () => {
  const spec = { identity: { maximumPartners: 2 } };
  const facts = [
    ...conversation('a', [email('ann'), phone(1)]),
    ...conversation('b', [phone(1), { type: 'cookie', value: 'k' }], [email('desk')]),
    ...conversation('c', [email('desk'), phone(2)], [], '10:00'),
    ...[1, 2, 3].flatMap((number) => conversation(`s${number}`, [phone(7), email(`p${number}`)])),
    ...conversation('t', [email('p1'), phone(2)], [], '11:00'),
    ...conversation('u', [{ type: 'name', value: 'Ann' }], [], '12:00'),
  ];
  const run = async (slices: Fact[][]) => {
    const store = await Store.open();
    for (const slice of slices) await resolved(store, slice, spec);
    const state = await stateOf(store);
    await store.close();
    return state;
  };
  const expected = await run([facts]);
  for (let seed = 1; seed <= 6; seed++) {
    const mixed = shuffled(facts, seed);
    const size = 3 + seed * 2;
    const slices = Array.from({ length: Math.ceil(mixed.length / size) }, (_, index) =>
      mixed.slice(index * size, (index + 1) * size),
    );
    assert.deepEqual(await run(slices), expected, `seed ${seed}`);
  }
});
