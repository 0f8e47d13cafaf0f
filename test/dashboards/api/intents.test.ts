import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import type { Filters } from '../../../dashboards/api/schemas/filters.ts';
import type { InteractionList } from '../../../dashboards/api/schemas/interactions.ts';
import type { OwnIntents } from '../../../dashboards/api/schemas/intents.ts';
import type { QueryResult } from '../../../dashboards/api/schemas/query.ts';
import type { Store } from '../../../data/store.ts';
import { readModelId } from '../../../models/encoder/model-id.ts';
import { packVector } from '../../../models/encoder/vectors.ts';
import { fact, idOf, insert, keyFor, openApp } from './fixture.ts';

const { folder } = normalizeConfig({ dataDirectory: ':memory:' }).model;
const matters = ['leak', 'noise', 'fever', 'thanks'];

/** A direction of its own for each matter that a text names, a little apart for each text. */
function vectorOf(text: string): Float32Array {
  const matter = matters.findIndex((word) => text.includes(word));
  return Float32Array.from({ length: 384 }, (_, index) =>
    index % 5 === (matter === -1 ? 4 : matter) ? 1 : ((text.length * (index + 1)) % 7) / 50,
  );
}

const pool = { folder, encode: async (texts: string[][]) => texts.map(([text]) => ({ vector: vectorOf(text!) })) };

const examplesOf = (intent: string, matter: string) =>
  Array.from({ length: 5 }, (_, index) => ({ intent, text: `there is a ${matter} ${'again '.repeat(index)}` }));
const leaks = examplesOf('Tank leaks', 'leak');
const noises = examplesOf('Pump is loud', 'noise');

/** Something that a customer said, read by the encoder before there were any own intents. */
async function say(store: Store, name: string, text: string): Promise<void> {
  const [id, utterance] = [idOf('thread', name), idOf('utterance', name)];
  const { bytes, scale } = packVector(vectorOf(text));
  const revision = 1;
  await insert(store, 'mart.interaction_fact', fact(name));
  await insert(store, 'core.utterance', { id: utterance, thread_id: id, interaction_id: id, source: 'demo', native_id: name, role: 'customer', text, version: 1, revision }); // prettier-ignore
  await insert(store, 'signal.utterance', { utterance_id: utterance, interaction_id: id, text_hash: utterance, model: readModelId(folder), is_supported: true, utterance_revision: 1, revision }); // prettier-ignore
  await store.run('insert into signal.embedding values (?, ?, ?, ?)', [
    utterance,
    readModelId(folder),
    new Uint8Array(bytes.buffer),
    scale,
  ]);
}

async function openIntents(t: TestContext, config: object = {}) {
  const { app, store } = await openApp(t, { config, options: { pool: pool as never } });
  for (const [name, text] of [
    ['one', 'my tank has a leak'],
    ['two', 'a leak in the tank'],
    ['three', 'what a noise'],
    ['four', 'about my invoice'],
  ] as const)
    await say(store, name, text);
  const read = async () => (await app.inject('/v1/intents')).json<OwnIntents>();
  const learn = (examples: readonly object[], headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/v1/intents', payload: { examples }, headers });
  return { app, store, read, learn };
}

test('before any are taught there are none, and nothing is waiting', async (t) => {
  const { read } = await openIntents(t);
  assert.deepEqual(await read(), {
    version: 0,
    model: null,
    madeAt: null,
    examples: [],
    report: null,
    utterances: 0,
    counts: [],
    backFill: { isDone: true, version: 0, doneAt: null },
    versions: [],
  });
});

test('examples are learnt, cross-validated and read in the whole history at once', async (t) => {
  const { learn, read } = await openIntents(t);
  const response = await learn([...leaks, ...noises]);
  assert.equal(response.statusCode, 201, response.body);
  const { version, report, counts, utterances, backFill, versions, examples } = response.json<OwnIntents>();
  assert.deepEqual([version, examples.length, utterances], [1, 10, 3]);
  assert.deepEqual(
    report!.intents.map(({ intent, examples: taught, accuracy, needsExamples }) => [
      intent,
      taught,
      accuracy,
      needsExamples,
    ]),
    [
      ['Pump is loud', 5, 1, false],
      ['Tank leaks', 5, 1, false],
    ],
  );
  assert.deepEqual([report!.confusions, report!.confusing], [[], []]);
  assert.deepEqual(counts, [
    { intent: 'Tank leaks', utterances: 2, conversations: 2 },
    { intent: 'Pump is loud', utterances: 1, conversations: 1 },
  ]);
  assert.deepEqual([backFill.isDone, backFill.version], [true, 1]);
  assert.deepEqual(
    versions.map((one) => [one.version, one.intents, one.examples]),
    [[1, 2, 10]],
  );
  assert.deepEqual(await read(), response.json());
});

test('a new version takes the place of the one in force, and the old ones stay on record', async (t) => {
  const { learn, read, app } = await openIntents(t);
  await learn([...leaks, ...noises]);
  await learn([...leaks, ...noises, ...examplesOf('Fish is ill', 'fever')]);
  await app.inject({ method: 'DELETE', url: '/v1/intents?intent=Fish%20is%20ill' });
  const { version, versions, report } = await read();
  assert.equal(version, 3);
  assert.deepEqual(
    versions.map((one) => [one.version, one.intents, one.examples]),
    [
      [3, 2, 10],
      [2, 3, 15],
      [1, 2, 10],
    ],
  );
  assert.deepEqual(
    report!.intents.map(({ intent }) => intent),
    ['Pump is loud', 'Tank leaks'],
  );
});

test('an example under the wrong intent is named with what it looks like', async (t) => {
  const { learn } = await openIntents(t);
  const stray = { intent: 'Pump is loud', text: 'there is a leak at the pump' };
  const { report } = (await learn([...leaks, ...noises, stray])).json<OwnIntents>();
  assert.deepEqual(report!.confusing, [{ ...stray, found: 'Tank leaks' }]);
  assert.deepEqual(report!.confusions, [{ intent: 'Pump is loud', found: 'Tank leaks', count: 1 }]);
});

test('what came after the last back-fill is told as not yet read', async (t) => {
  const { learn, read, store } = await openIntents(t);
  await learn([...leaks, ...noises]);
  await store.run('update signal.utterance set revision = 999999999 where utterance_id = ?', [
    idOf('utterance', 'four'),
  ]);
  const { backFill } = await read();
  assert.deepEqual([backFill.isDone, backFill.version], [false, 1]);
});

test('too little to learn from is refused with what is missing', async (t) => {
  const { learn, app } = await openIntents(t);
  assert.match((await learn(leaks)).json().error.message, /expected at least two intents/);
  assert.match((await learn([...leaks, noises[0]!])).json().error.message, /Pump is loud has 1 example/);
  assert.equal((await learn([])).statusCode, 400);
  const missing = await app.inject({ method: 'DELETE', url: '/v1/intents?intent=Nothing' });
  assert.deepEqual([missing.statusCode, missing.json().error.code], [404, 'not_found']);
});

test('supervisors and analysts may teach, routers may not', async (t) => {
  const { learn, store } = await openIntents(t, { host: '0.0.0.0' });
  assert.equal((await learn([...leaks, ...noises], await keyFor(store, 'router'))).statusCode, 403);
  assert.equal((await learn([...leaks, ...noises], await keyFor(store, 'analyst'))).statusCode, 201);
  const [entry] = await store.all('select action, subject from ops.audit');
  assert.deepEqual(entry, { action: 'learn intents', subject: 'version 1' });
});

test('own intents filter conversations, numbers of contacts and numbers of episodes', async (t) => {
  const { app, store } = await openIntents(t);
  await store.run("update mart.interaction_fact set own_intent = 'Tank leaks', episode_id = interaction_id where native_id in ('one', 'two')"); // prettier-ignore
  const filters = (await app.inject('/v1/filters')).json<Filters>();
  assert.deepEqual(filters.own_intent, [{ value: 'Tank leaks', title: 'Tank leaks', count: 2 }]);
  assert.equal((await app.inject('/v1/interactions?own_intent=Tank%20leaks')).json<InteractionList>().total, 2);
  const payload = {
    metrics: ['volume', 'channel_switch_rate'],
    filters: { from: '2026-03-01', to: '2026-03-08', own_intent: ['Tank leaks'] },
  };
  const response = await app.inject({ method: 'POST', url: '/v1/query', payload });
  assert.deepEqual(response.json<QueryResult>().rows, [{ volume: 2, channel_switch_rate: null }], response.body);
});
