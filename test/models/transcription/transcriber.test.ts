import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { silentLogger } from '../../../logger.ts';
import { Transcriber } from '../../../models/transcription/transcriber.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { at, effects, factsOf, land } from '../../transforms/land.ts';
import { tones, wavOf } from './speech.ts';

/** Two calls whose sound is at hand, and an endpoint that answers when it is told to. */
async function open(t: TestContext) {
  const store = await Store.open();
  t.after(() => store.close());
  const facts = factsOf();
  const sound = `data:audio/wav;base64,${wavOf(tones([300], 1, 8_000), 8_000).toString('base64')}`;
  for (const name of ['one', 'two']) {
    const threadId = facts.thread({ nativeId: name, channel: 'voice', startedAt: at('09:00') });
    facts.media({ threadId, nativeId: `rec-${name}`, kind: 'recording', startedAt: at('09:00'), address: sound });
  }
  const config = normalizeConfig({
    dataDirectory: ':memory:',
    transcription: { engine: 'endpoint', baseUrl: 'https://speech.example.com' },
  });
  await land(store, facts.facts);
  await stitch(store, config, effects);
  const waiting: (() => void)[] = [];
  const fetch = (_: unknown, init?: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      waiting.push(() => resolve(Response.json({ segments: [{ start: 0, end: 1, text: 'hello' }] })));
      init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error));
    });
  let deliveries = 0;
  const onDelivery = () => void deliveries++;
  const transcriber = new Transcriber({
    ...effects,
    logger: silentLogger,
    store,
    config,
    onDelivery,
    fetch: fetch as typeof globalThis.fetch,
  });
  const next = async (): Promise<() => void> => {
    while (waiting.length === 0) await turn();
    return waiting.shift()!;
  };
  const stored = () => store.all("select 1 as one from raw.delivery where source = 'transcription'");
  return { store, transcriber, next, stored, waiting, deliveries: () => deliveries };
}

test('recordings are heard one at a time, and each is announced', async (t) => {
  const desk = await open(t);
  desk.transcriber.start();
  const first = await desk.next();
  desk.transcriber.start();
  assert.equal(desk.waiting.length, 0, 'a second request does not hear the same again');
  first();
  const second = await desk.next();
  assert.equal(desk.deliveries(), 1);
  second();
  while (desk.deliveries() < 2) await turn();
  await desk.transcriber.close();
  assert.equal((await desk.stored()).length, 2);
});

test('closing gives up the recording under way, which counts as untried', async (t) => {
  const desk = await open(t);
  desk.transcriber.start();
  await desk.next();
  await desk.transcriber.close();
  assert.deepEqual(await desk.store.all('select * from ops.transcription'), []);
  assert.deepEqual(await desk.stored(), []);
  desk.transcriber.start();
  assert.equal(desk.waiting.length, 0);
});
