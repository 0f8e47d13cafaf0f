import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTopics } from '../../../dashboards/api/topics.ts';
import { Store } from '../../../data/store.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { clusterVectors, tableOf } from '../../../models/topics/clusters.ts';
import { readModelId } from '../../../models/encoder/model-id.ts';
import { findTopics } from '../../../models/topics/topics-step.ts';
import { labelTopics, matchTopics, readTrends } from '../../../models/topics/topics.ts';
import { createRandom } from '../../../models/random.ts';
import { packVector } from '../../../models/encoder/vectors.ts';
import { fact, insert } from '../../dashboards/api/fixture.ts';
import { at, config, effects } from '../../transforms/land.ts';

const size = 384;
const random = createRandom(5);

/** A vector near one of a few directions that share no dimension. */
const near = (direction: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => (index % 12 === direction ? 1 : 0) + (random() - 0.5) * 0.8);

test('clusters are found, and as many as there are', async () => {
  const directions = Array.from({ length: 600 }, (_, index) => index % 6);
  const bytes = new Int8Array(directions.length * size);
  directions.forEach((direction, row) => bytes.set(packVector(near(direction)).bytes, row * size));
  const { centroids, assignment } = await clusterVectors(tableOf(bytes, size), { candidates: [2, 6, 12], random });
  assert.equal(centroids.length, 6);
  const placeOf = new Map(directions.map((direction, row) => [direction, assignment.nearest[row]]));
  assert.equal(new Set(placeOf.values()).size, 6);
  assert.ok(directions.every((direction, row) => assignment.nearest[row] === placeOf.get(direction)));
});

test('a label says what sets a topic apart', () => {
  const [first, second] = labelTopics([
    {
      texts: [
        'The verification code never arrives',
        'no verification code on my phone',
        'where is my verification code',
      ],
    },
    { texts: ['My phone screen is cracked', 'the screen of the phone broke', 'phone screen broken after a fall'] },
  ]);
  assert.match(first!.label, /^verification code/);
  assert.match(second!.label, /screen/);
});

test('a label has no words that are in every text, with or without their apostrophes', () => {
  const [topic] = labelTopics([
    { texts: ['im sure it doesnt fit, the shelf', "I'm sure the shelf doesn't fit", 'the shelf isnt what i ordered'] },
    { texts: ['my fish is ill', 'the fish looks ill', 'why are my fish ill'] },
  ]);
  assert.ok(topic!.words.includes('shelf'));
  assert.ok(!topic!.words.some((word) => /\b(im|doesnt|isnt)\b/.test(word)), topic!.words.join(', '));
  const [, fish] = labelTopics([{ texts: ['a lamp', 'the lamp'] }, { texts: ['my fish is ill', 'the fish is ill'] }]);
  assert.match(fish!.label, /ill/);
});

test('a topic keeps its place where its centroid is near the old one', () => {
  const [x, y] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)];
  assert.deepEqual(matchTopics([Float32Array.of(0.1, 0.99, 0), x, Float32Array.of(0, 0, 1)], [x, y]), [
    1,
    0,
    undefined,
  ]);
});

test('growing is more than the four weeks before and more than all together; new has no past', () => {
  const [steady, growing, fresh, few] = readTrends([
    { weeks: [100, 100, 100, 100, 100, 100], total: 600 },
    { weeks: [10, 10, 10, 10, 10, 40], total: 90 },
    { weeks: [0, 0, 0, 0, 6, 12], total: 18 },
    { weeks: [1, 1, 1, 1, 1, 3], total: 8 },
  ]);
  assert.deepEqual([steady!.isGrowing, steady!.isNew], [false, false]);
  assert.deepEqual([growing!.isGrowing, growing!.isNew], [true, false]);
  assert.deepEqual([fresh!.isGrowing, fresh!.isNew], [true, true]);
  assert.deepEqual([few!.isGrowing, few!.isNew], [false, false]);
});

const themes = [
  'I have a question, it is about my broken aquarium pump',
  'I have a question, it is about my late flower delivery',
  'I have a question, it is about my wrong invoice address',
  'I have a question, it is about my locked music account',
  "Yeah, no thank you, I guess that's everything for today",
];

/**
 * Puts utterances with their vectors into the store as enrichment leaves them: one interaction each, or each the second
 * words of the one that began with another theme.
 */
async function sayAbout(
  store: Store,
  theme: number,
  count: number,
  day: number,
  { act = 'problem', after = theme }: { act?: string; after?: number } = {},
): Promise<void> {
  const model = readModelId(config().model.folder);
  for (let index = 0; index < count; index++) {
    const id = recordId('utterance', themes[theme]!, day, index);
    const interaction = recordId('utterance', themes[after]!, day, index);
    const { bytes, scale } = packVector(near(theme));
    await store.run(
      `insert into core.utterance (id, thread_id, source, native_id, role, occurred_at, text, version, interaction_id, revision)
       values ($id, $id, 'test', $id, 'customer', $at, $text, 1, $interaction, nextval('core.revision'))`,
      {
        id,
        interaction,
        at: at(after === theme ? '09:00' : '09:05', day),
        text: `${themes[theme]}, ${index}`,
      },
    );
    await store.run(
      `insert into signal.utterance (utterance_id, interaction_id, text_hash, model, is_supported, act, utterance_revision, revision)
       values ($id, $interaction, $id, $model, true, $act, 1, nextval('core.revision'))`,
      { id, interaction, model, act },
    );
    if (after === theme)
      await insert(store, 'mart.interaction_fact', fact(id, { interaction_id: id, started_at: at('09:00', day) }));
    await store.run('insert into signal.embedding values ($id, $model, $bytes, $scale)', {
      id,
      model,
      bytes: new Uint8Array(bytes.buffer),
      scale,
    });
  }
}

const on = (day: number) => ({ ...effects, now: () => at('12:00', day) });

test('topics are found from stored vectors with labels and sentences, keep their ids, and say what is new', async () => {
  const store = await Store.open();
  for (let week = 0; week < 7; week++) for (const theme of [0, 1, 2]) await sayAbout(store, theme, 12, week * 7);
  assert.equal((await findTopics(store, config(), on(43))).rows, 3);
  const before = (await listTopics(store)).topics;
  assert.deepEqual(before.map(({ label }) => label.split(',')[0]).sort(), [
    'aquarium pump',
    'flower delivery',
    'invoice address',
  ]);
  assert.equal(before[0]!.weekly.length, 7);
  // Each text is a conversation of its own here.
  for (const { utterances, conversations, share } of before)
    assert.deepEqual([conversations, share], [utterances, utterances / 252]);
  const stored = await store.all('select weekly from signal.topic where topic_id = ?', [before[0]!.id]);
  assert.deepEqual(
    JSON.parse(stored[0]!.weekly as string),
    before[0]!.weekly.map(({ from, utterances }) => [from, utterances]),
  );
  assert.ok(
    before[0]!.examples.length > 0 && before[0]!.examples.every(({ text }) => text.startsWith('I have a question')),
  );
  assert.equal((await findTopics(store, config(), on(45))).rows, 0);

  await sayAbout(store, 3, 40, 49);
  assert.equal((await findTopics(store, config(), on(50))).rows, 4);
  const { topics } = await listTopics(store);
  const old = new Map(before.map(({ id, label }) => [id, label.split(',')[0]]));
  for (const topic of topics)
    if (old.has(topic.id)) assert.equal(topic.label.split(',')[0], old.get(topic.id));
    else assert.deepEqual([topic.label.includes('music'), topic.isNew, topic.isGrowing], [true, true, true]);
  assert.equal(topics.filter(({ id }) => old.has(id)).length, 3);
  await store.close();
});

test('small talk is no topic, however often it is heard', async () => {
  const store = await Store.open();
  for (let week = 0; week < 7; week++) for (const theme of [0, 1, 2, 4]) await sayAbout(store, theme, 12, week * 7);
  assert.equal((await findTopics(store, config(), on(43))).rows, 3);
  const labels = (await listTopics(store)).topics.map(({ label }) => label.split(',')[0]);
  assert.deepEqual(labels.sort(), ['aquarium pump', 'flower delivery', 'invoice address']);
  await store.close();
});

test('what is asked later in a contact is no topic, unless it is a problem; what opens one is', async () => {
  const store = await Store.open();
  for (let week = 0; week < 7; week++) {
    await sayAbout(store, 0, 20, week * 7, { act: 'question' });
    await sayAbout(store, 1, 20, week * 7, { act: 'question', after: 0 });
    await sayAbout(store, 2, 20, week * 7, { act: 'problem', after: 0 });
    await sayAbout(store, 3, 20, week * 7, { act: 'inform' });
  }
  assert.equal((await findTopics(store, config(), on(43))).rows, 2);
  const labels = (await listTopics(store)).topics.map(({ label }) => label.split(',')[0]);
  assert.deepEqual(labels.sort(), ['aquarium pump', 'invoice address']);
  await store.close();
});
