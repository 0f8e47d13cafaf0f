import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InteractionList } from '../../../dashboards/api/schemas/interactions.ts';
import type { TopicList } from '../../../dashboards/api/schemas/topics.ts';
import type { Store } from '../../../data/store.ts';
import { fact, idOf, insert, keyFor, now, openApp } from './fixture.ts';

const day = (number: number) => new Date(Date.UTC(2026, 1, number, 9));

/** A conversation in which a customer said one thing, about a topic where one is named. */
async function say(store: Store, name: string, given: { at: Date; text: string; channel?: string; topic?: string }) {
  const [id, utterance] = [idOf('thread', name), idOf('utterance', name)];
  const { at: occurredAt, text, channel = 'voice', topic } = given;
  await insert(store, 'mart.interaction_fact', fact(name, { channel, started_at: occurredAt }));
  await insert(store, 'core.utterance', {
    id: utterance,
    thread_id: id,
    interaction_id: id,
    source: 'demo',
    native_id: name,
    role: 'customer',
    occurred_at: occurredAt,
    text,
    version: 1,
    revision: 1,
  });
  if (topic !== undefined)
    await insert(store, 'signal.topic_utterance', {
      utterance_id: utterance,
      interaction_id: id,
      topic_id: idOf('topic', topic),
      similarity: 0.9 - text.length / 1000,
    });
}

const findTopic = (store: Store, name: string) =>
  insert(store, 'signal.topic', {
    topic_id: idOf('topic', name),
    model: 'test',
    label: `${name}, never comes`,
    words: JSON.stringify([name, 'never comes']),
    example_utterance_ids: '[]',
    centroid: new Uint8Array(2),
    scale: 1,
    count_utterances: 8,
    weekly: '[]',
    growth: null,
    is_growing: false,
    is_new: false,
    first_found_at: day(1),
    made_at: now(),
    revision: 1,
  });

/** Codes by phone once a week and often in the last, parcels by e-mail twice a week, one conversation about neither. */
async function openTopics(t: Parameters<typeof openApp>[0]) {
  const { app, store } = await openApp(t);
  for (const name of ['code', 'parcel']) await findTopic(store, name);
  for (let week = 0; week < 5; week++)
    await say(store, `code ${week}`, {
      at: day(1 + 7 * week),
      text: `no code, ${'again '.repeat(week)}`,
      topic: 'code',
    });
  for (let more = 0; more < 12; more++)
    await say(store, `late ${more}`, { at: day(28), text: 'no code', topic: 'code' });
  for (let week = 0; week < 5; week++)
    for (const half of [0, 1])
      await say(store, `parcel ${week} ${half}`, { at: day(1 + 7 * week), text: 'no parcel', channel: 'email', topic: 'parcel' }); // prettier-ignore
  await say(store, 'other', { at: day(28), text: 'hello' });
  const ask = async (query = '') => (await app.inject(`/v1/topics${query}`)).json<TopicList>();
  return { app, store, ask };
}

test('topics come with label, size, share, weekly course, growth and different example sentences', async (t) => {
  const { ask } = await openTopics(t);
  const { topics, conversations, model } = await ask();
  assert.deepEqual([conversations, model], [28, 'test']);
  const [code, parcel] = topics;
  assert.deepEqual(
    [code!.label, code!.words, code!.conversations, code!.share],
    ['code, never comes', ['code', 'never comes'], 17, 17 / 28],
  );
  assert.deepEqual(
    code!.weekly.map(({ utterances }) => utterances),
    [1, 1, 1, 1, 13],
  );
  assert.equal(code!.weekly.at(-1)!.from, '2026-02-23');
  assert.deepEqual([code!.isGrowing, parcel!.isGrowing], [true, false]);
  assert.deepEqual(code!.examples.map(({ text }) => text.trim())[0], 'no code');
  assert.equal(new Set(code!.examples.map(({ text }) => text)).size, code!.examples.length);
  assert.deepEqual(
    parcel!.examples.map(({ text }) => text),
    ['no parcel'],
  );
  assert.match(parcel!.examples[0]!.interactionId, /^[0-9a-f-]{36}$/);
});

test('size and examples are of the period and channel asked for; the course runs on to the newest week', async (t) => {
  const { ask } = await openTopics(t);
  const early = await ask('?from=2026-02-01&to=2026-02-10');
  assert.equal(early.conversations, 6);
  assert.deepEqual(
    early.topics.map(({ conversations, share, examples, weekly }) => [
      conversations,
      share,
      examples.length,
      weekly.length,
    ]),
    [
      [4, 4 / 6, 1, 5],
      [2, 2 / 6, 2, 5],
    ],
  );
  const [first, second] = (await ask('?channel=email')).topics;
  assert.deepEqual([first!.label, first!.conversations, second!.conversations], ['parcel, never comes', 10, 0]);
  assert.deepEqual(
    first!.weekly.map(({ utterances }) => utterances),
    [2, 2, 2, 2, 2],
  );
});

test('a topic leads to exactly the conversations it counts', async (t) => {
  const { app, ask } = await openTopics(t);
  const { topics } = await ask('?from=2026-02-15&to=2026-03-10');
  for (const { id, conversations } of topics) {
    const list = await app.inject(`/v1/interactions?topic=${id}&from=2026-02-15&to=2026-03-10`);
    assert.equal(list.json<InteractionList>().total, conversations);
  }
  const wrong = await app.inject('/v1/interactions?topic=codes');
  assert.deepEqual([wrong.statusCode, wrong.json().error.code], [400, 'invalid_argument']);
});

test('before the first run there are no topics, and they are not for every key', async (t) => {
  const { app, store } = await openApp(t, { config: { host: '0.0.0.0' } });
  const get = async (headers: Record<string, string>) => app.inject({ url: '/v1/topics', headers });
  const seen = await get(await keyFor(store, 'analyst'));
  assert.deepEqual(seen.json(), { topics: [], conversations: 0, madeAt: null, model: null });
  assert.equal((await get(await keyFor(store, 'router'))).statusCode, 403);
});
