import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExamples } from '../../../commands/intents.ts';
import { readOwnIntents } from '../../../dashboards/api/own-intents.ts';
import { Store } from '../../../data/store.ts';
import { enrich } from '../../../models/enrich/enrich.ts';
import { fitCentroids, fitLeastSquares, type LabelledVector } from '../../../models/own-intents/own-intent-head.ts';
import { removeOwnIntents, saveOwnIntents } from '../../../models/own-intents/own-intent-store.ts';
import { applyOwnIntents } from '../../../models/own-intents/own-intents-step.ts';
import { trainOwnIntents } from '../../../models/own-intents/own-intents.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { createRandom } from '../../../models/random.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { at, config, effects as quiet, factsOf, land } from '../../transforms/land.ts';

let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open({ folder: config().model.folder, workers: 1 });
});
after(() => pool.close());
const effects = () => ({ ...quiet, pool });

const texts: Record<string, string[]> = {
  aquarium_leak: [
    'my fish tank is leaking at the seam',
    'there is water under the aquarium, it leaks',
    'the aquarium glass has a crack and drips',
    'the tank I bought loses water overnight',
    'a corner of the fish tank is dripping',
  ],
  fish_health: [
    'one of my guppies swims sideways',
    'my fish has white spots on its fins',
    'the goldfish stopped eating since yesterday',
    'two of the fish you sent died this morning',
    'my betta looks sick and stays on the ground',
  ],
  filter_noise: [
    'the filter makes a loud rattling noise',
    'my pump hums so loudly I cannot sleep',
    'the filter motor is very noisy',
    'there is a grinding sound from the pump',
    'how do I stop the filter from buzzing',
  ],
};
const examples = Object.entries(texts).flatMap(([intent, own]) => own.map((text) => ({ intent, text })));

const random = createRandom(11);
const noisy = (label: number): LabelledVector => ({
  label,
  vector: Float32Array.from({ length: 12 }, (_, index) => (index === label ? 1 : 0) + (random() - 0.5) * 0.9),
});

test('what least squares says of an example it has not seen is what a fit without it says', () => {
  const samples = [0, 0, 0, 1, 1, 1, 2, 2, 2, -1, -1].map(noisy);
  const whole = fitLeastSquares(samples, 3, 0.3);
  for (const [index, held] of samples.entries()) {
    const { head } = fitLeastSquares(samples.toSpliced(index, 1), 3, 0.3);
    head.weight.forEach((row, intent) => {
      const score = row.reduce((sum, value, place) => sum + value * held.vector[place]!, head.bias[intent]!);
      assert.ok(Math.abs(score - whole.withoutExample[index]![intent]!) < 1e-4);
    });
  }
  const without = fitLeastSquares(samples.slice(3), 3, 0.3).head;
  const score = without.weight[2]!.reduce(
    (sum, value, place) => sum + value * samples[1]!.vector[place]!,
    without.bias[2]!,
  );
  assert.ok(Math.abs(score - whole.withoutIntent[1]![2]!) < 1e-4);
  assert.ok(Number.isNaN(whole.withoutIntent[1]![0]));
});

test('the nearest centroid leaves the example itself out of its mean', () => {
  const samples = [
    { label: 0, vector: Float32Array.of(1, 0) },
    { label: 0, vector: Float32Array.of(0, 1) },
    { label: 1, vector: Float32Array.of(0.8, 0.6) },
  ];
  const { withoutExample } = fitCentroids(samples, 2);
  assert.ok(Math.abs(withoutExample[0]![0]!) < 1e-6 && Math.abs(withoutExample[0]![1]! - 0.8) < 1e-6);
});

test('an example under the wrong intent is named', () => {
  const samples = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map(noisy);
  const names = samples.map(({ label }, index) => ({
    intent: index === 0 ? 'b' : 'ab'[label]!,
    text: `text ${index}`,
  }));
  const background = Array.from({ length: 10 }, () => noisy(5).vector);
  const { report } = trainOwnIntents(
    names,
    samples.map(({ vector }) => vector),
    background,
  );
  assert.deepEqual(report.confusing, [{ intent: 'b', text: 'text 0', found: 'a' }]);
  assert.equal(report.intents.find(({ intent }) => intent === 'a')!.needsExamples, true);
  assert.throws(() => trainOwnIntents([{ intent: 'a', text: 'x' }], [samples[0]!.vector], []), /at least two intents/);
});

async function historyOf(said: readonly string[]): Promise<Store> {
  const store = await Store.open();
  const facts = said.flatMap((text, day) => {
    const list = factsOf();
    const threadId = list.thread({ nativeId: `t${day}`, channel: 'chat', direction: 'inbound' });
    list.utterance({ threadId, nativeId: `u${day}`, role: 'customer', occurredAt: at('09:00', day), text });
    return list.facts;
  });
  await land(store, facts);
  for (const step of [stitch, resolve, buildMarts]) await step(store, config(), quiet);
  while ((await enrich(store, config(), effects())).rows > 0);
  return store;
}

const ownIntents = async (store: Store): Promise<(string | null)[]> => {
  await applyOwnIntents(store, config(), effects());
  await buildMarts(store, config(), quiet);
  const rows = await store.all<{ own_intent: string | null }>(
    'select own_intent from mart.interaction_fact order by native_id',
  );
  return rows.map((row) => row.own_intent);
};

test('five examples of each are read in the history without encoding it again, unknown stays unknown, and can be undone', async () => {
  const store = await historyOf([
    'Hi, water is dripping out of my new aquarium',
    'this pump rattles loudly all night',
    'I was charged twice for my train ticket',
    'thank you, goodbye',
  ]);
  assert.deepEqual(await ownIntents(store), [null, null, null, null]);
  const { version, report } = await saveOwnIntents(store, examples, effects());
  assert.equal(version, 1);
  assert.ok(report!.accuracy > 0.8 && report!.unknownRefused > 0.5, JSON.stringify(report));
  assert.deepEqual(await ownIntents(store), ['aquarium_leak', 'filter_noise', null, null]);
  assert.equal((await applyOwnIntents(store, config(), effects())).rows, 0);

  await removeOwnIntents(store, 'filter_noise', effects());
  const [leak, pump, ...rest] = await ownIntents(store);
  assert.deepEqual([leak, ...rest], ['aquarium_leak', null, null]);
  assert.notEqual(pump, 'filter_noise');
  await assert.rejects(removeOwnIntents(store, 'filter_noise', effects()), /invalid intent: filter_noise/);
  await removeOwnIntents(store, undefined, effects());
  assert.deepEqual(await ownIntents(store), [null, null, null, null]);
  assert.equal((await readOwnIntents(store)).version, 3);
  await store.close();
});

test('what is said after the training is read too', async () => {
  const store = await historyOf(['Hello there']);
  await saveOwnIntents(store, examples, effects());
  assert.deepEqual(await ownIntents(store), [null]);
  await store.run(
    `update core.utterance set text = 'one of my fish looks sick and has white spots', revision = nextval('core.revision')`,
  );
  while ((await enrich(store, config(), effects())).rows > 0);
  assert.deepEqual(await ownIntents(store), ['fish_health']);
  await store.close();
});

test('examples come as CSV, NDJSON or YAML', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intents-'));
  const fileOf = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const rows = [
    { intent: 'a', text: 'one, two' },
    { intent: 'b', text: 'three' },
  ];
  for (const path of [
    fileOf('x.csv', 'intent,text\na,"one, two"\nb,three\n'),
    fileOf('x.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')),
    fileOf('x.yaml', 'a:\n  - one, two\nb:\n  - three\n'),
    fileOf('x.json', JSON.stringify(rows)),
  ])
    assert.deepEqual((await readExamples(path)).examples, rows);
  await assert.rejects(readExamples(fileOf('y.csv', 'name,text\na,b\nc,d\n')), /invalid examples: 0.intent/);
});
