import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../data/store.ts';
import type { Fact } from '../../ingest/records.ts';
import { stitch } from '../../transforms/stitch.ts';
import { at, config, effects, factsOf, land, shuffled } from './land.ts';

const customer = { type: 'phone' as const, value: '+15550100001' };

/** A phone-number pair that talks in the morning and again in the evening, with sessions cut after four hours. */
function smsPair(): Fact[] {
  const list = factsOf('sms');
  const thread = list.thread({ nativeId: 'pair', channel: 'sms', sessionGapHours: 4 });
  const handleId = list.participant(thread, 'customer', at('08:00'), customer);
  const say = (nativeId: string, clock: string, text: string) =>
    list.utterance({ threadId: thread, nativeId, occurredAt: at(clock), text, ...(handleId && { handleId }) });
  const first = say('m1', '08:00', 'Where is my parcel?');
  say('m2', '12:00', 'Hello?');
  const third = say('m3', '16:30', 'Still nothing');
  list.event({ threadId: thread, kind: 'read', occurredAt: at('20:00'), utteranceId: first });
  list.event({ threadId: thread, kind: 'assigned', occurredAt: at('16:40') });
  list.survey({ nativeId: 's1', kind: 'csat', occurredAt: at('18:00'), score: 4, threadId: thread });
  list.event({ threadId: thread, kind: 'delivered', occurredAt: at('16:31'), utteranceId: third });
  return list.facts;
}

/** Two e-mails of one conversation that arrive as threads of their own, linked by a reply, and a ticket never landed. */
function linkedMails(): Fact[] {
  const list = factsOf('mail');
  const [one, two] = ['<a@shop.example.com>', '<b@shop.example.com>'].map((nativeId, index) =>
    list.thread({ nativeId, channel: 'email', direction: index ? 'outbound' : 'inbound', subject: `Subject ${index}` }),
  ) as [string, string];
  list.utterance({ threadId: one, nativeId: 'a', occurredAt: at('09:00'), text: 'I want a refund' });
  list.utterance({ threadId: two, nativeId: 'b', occurredAt: at('10:00'), text: 'It is on its way' });
  list.link(two, one, 'in_reply_to');
  list.link(one, list.threadId('<never-arrived@shop.example.com>'), 'in_reply_to');
  return list.facts;
}

const everything = () => [...smsPair(), ...linkedMails()];

/** The whole state that stitching makes, without revisions. */
const stateOf = (store: Store) =>
  Promise.all([
    store.all(
      'select id, root_id, channel, native_id, subject, started_at, ended_at from core.interaction order by id',
    ),
    store.all('select id, interaction_id, role from core.utterance order by id'),
    store.all('select id, interaction_id from core.event order by id'),
    store.all('select id, interaction_id from core.survey order by id'),
    store.all('select thread_id, root_id from core.thread_root order by thread_id'),
  ]);

async function stitched(slices: Fact[][]): Promise<Store> {
  const store = await Store.open();
  for (const slice of slices) {
    await land(store, slice);
    await stitch(store, config(), effects);
  }
  return store;
}

test('an answer belongs to its question however long the weekend, a later word does not', async () => {
  const list = factsOf('sms');
  const threadId = list.thread({ nativeId: 'pair', channel: 'sms', sessionGapHours: 4 });
  const say = (nativeId: string, role: 'customer' | 'agent', days: number, isAutomatic = false) =>
    list.utterance({ threadId, nativeId, role, occurredAt: at('08:00', days), text: nativeId, isAutomatic });
  say('question', 'customer', 0);
  say('answer', 'agent', 2);
  say('another answer', 'agent', 3);
  say('new question', 'customer', 10);
  say('newsletter', 'agent', 11, true);
  say('too late', 'agent', 14);
  const store = await stitched([list.facts]);
  const sessions = await store.all<{ said: string }>(
    `select string_agg(text, ', ' order by occurred_at) as said
     from core.utterance
     group by interaction_id
     order by min(occurred_at)`,
  );
  assert.deepEqual(
    sessions.map(({ said }) => said),
    ['question, answer', 'another answer', 'new question', 'newsletter', 'too late'],
  );
});

test('an endless thread is cut where it was silent for longer than the gap', async () => {
  const store = await stitched([smsPair()]);
  assert.deepEqual(await store.all('select started_at, ended_at from core.interaction order by started_at'), [
    { started_at: at('08:00'), ended_at: at('12:00') }, // a silence of exactly four hours does not cut
    { started_at: at('16:30'), ended_at: at('16:40') }, // the answer to the survey does not prolong the contact
  ]);
  const places = await store.all<{ what: string; session: Date }>(
    `select what, interaction.started_at as session
     from (select kind as what, interaction_id from core.event union all select kind, interaction_id from core.survey) as part
     join core.interaction on interaction.id = part.interaction_id
     order by what`,
  );
  assert.deepEqual(places, [
    { what: 'assigned', session: at('16:30') },
    { what: 'csat', session: at('16:30') },
    { what: 'delivered', session: at('16:30') },
    { what: 'read', session: at('08:00') }, // the receipt follows its utterance, however late it comes
  ]);
  await store.close();
});

test('linked threads are one interaction with the id of the root thread', async () => {
  const store = await stitched([linkedMails()]);
  const [interaction, ...others] = await store.all('select id, root_id, native_id, started_at from core.interaction');
  const [smallest] = await store.all(
    'select min(id) as id from (select thread_id as id from core.thread_link union select other_thread_id from core.thread_link)',
  );
  assert.equal(others.length, 0);
  assert.equal(interaction!.id, smallest!.id);
  assert.deepEqual(interaction!.started_at, at('09:00'));
  await store.close();
});

test('roles come from agent, participant or, on slow channels, direction; a source that states one wins', async () => {
  const store = await Store.open();
  const list = factsOf('mail');
  const mail = list.thread({ nativeId: 'm', channel: 'email', direction: 'inbound' });
  const call = list.thread({ nativeId: 'c', channel: 'voice', direction: 'inbound' });
  const handleId = list.participant(mail, 'customer', at('09:00'), { type: 'email', value: 'ann@example.com' })!;
  list.utterance({ threadId: mail, nativeId: '1', occurredAt: at('09:00'), text: 'first of an inbound mail' });
  list.utterance({ threadId: mail, nativeId: '2', occurredAt: at('09:10'), agentId: list.agent({ nativeId: 'x' }) });
  list.utterance({ threadId: mail, nativeId: '3', occurredAt: at('09:20'), handleId });
  list.utterance({ threadId: mail, nativeId: '4', occurredAt: at('09:30') });
  list.utterance({ threadId: call, nativeId: '5', occurredAt: at('09:40') });
  await land(store, list.facts);
  await stitch(store, config(), effects);
  const roles = () => store.all('select native_id, role from core.utterance order by native_id');
  assert.deepEqual(
    (await roles()).map(({ role }) => role),
    ['customer', 'agent', 'customer', null, null],
  );
  const later = factsOf('mail', 0);
  later.utterance({ threadId: mail, nativeId: '1', role: 'bot' });
  await land(store, later.facts);
  await stitch(store, config(), effects);
  assert.equal((await roles())[0]!.role, 'bot');
  await store.close();
});

test('a mere reference makes no interaction', async () => {
  const store = await Store.open();
  const list = factsOf();
  list.thread({ nativeId: 'only named', channel: 'ticket' });
  list.link(list.threadId('a'), list.threadId('b'), 'reply');
  await land(store, list.facts);
  await stitch(store, config(), effects);
  assert.deepEqual(await store.all('select id from core.interaction'), []);
  await store.close();
});

test('a second run writes nothing, and a run from nothing changes no revision', async () => {
  const store = await stitched([everything()]);
  const revisions = () => store.all('select id, revision from core.interaction order by id');
  const before = await revisions();
  assert.deepEqual(await stitch(store, config(), effects), { step: 'stitch', rows: 0 });
  await store.run('delete from ops.progress');
  assert.equal((await stitch(store, config(), effects)).rows, 0);
  assert.deepEqual(await revisions(), before);
  await store.close();
});

test('a change bumps the revision of its interaction only', async () => {
  const store = await stitched([everything()]);
  const before = await store.all<{ id: string; revision: number }>('select id, revision from core.interaction');
  const edit = factsOf('sms', 2);
  edit.utterance({ threadId: edit.threadId('pair'), nativeId: 'm3', text: 'Still nothing today' });
  await land(store, edit.facts);
  await stitch(store, config(), effects);
  const after = await store.all<{ id: string; revision: number }>('select id, revision from core.interaction');
  const bumped = after.filter(({ id, revision }) => before.find((row) => row.id === id)!.revision !== revision);
  const [edited] = await store.all(`select interaction_id as id from core.utterance where native_id = 'm3'`);
  assert.deepEqual(
    bumped.map(({ id }) => id),
    [edited!.id],
  );
  await store.close();
});

test('any order and any slicing of the same facts give the same state', async () => {
  const expected = await stitched([everything()]);
  const state = await stateOf(expected);
  for (let seed = 1; seed <= 8; seed++) {
    const facts = shuffled(everything(), seed);
    const size = 1 + (seed % 5);
    const slices = Array.from({ length: Math.ceil(facts.length / size) }, (_, index) =>
      facts.slice(index * size, (index + 1) * size),
    );
    const store = await stitched(slices);
    assert.deepEqual(await stateOf(store), state, `seed ${seed}`);
    await store.close();
  }
  await expected.close();
});
