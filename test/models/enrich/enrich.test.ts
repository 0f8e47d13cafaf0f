import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { silentLogger } from '../../../logger.ts';
import { enrich } from '../../../models/enrich/enrich.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { edit, interactionId, say, utteranceId } from '../conversation.ts';

const config = normalizeConfig({ dataDirectory: ':memory:', model: { workers: 1 } });
let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open(config.model);
});
after(() => pool.close());

const run = async (store: Store): Promise<number> => {
  const effects = { logger: silentLogger, now: () => new Date(Date.UTC(2026, 0, 7)), pool };
  let rows = 0;
  for (;;) {
    const result = await enrich(store, config, effects);
    if (result.rows === 0) return rows;
    rows += result.rows;
  }
};

const doubleCharge = [
  { role: 'customer', text: 'You charged me twice for order 4471 and this is the third time I call about it!' },
  { role: 'agent', text: "I'm sorry about that. I have refunded the second charge to your card." },
  { role: 'customer', text: 'Thank you so much, that was quick!' },
];

test('a conversation gets sentiment, frustration, reason, outcome and a summary that leads back to the words', async () => {
  const store = await Store.open();
  await say(store, 'double-charge', doubleCharge);
  await run(store);
  const [signal] = await store.all('select * from signal.interaction');
  assert.equal(signal!.interaction_id, interactionId('double-charge'));
  assert.equal(signal!.customer_utterances, 2);
  assert.equal(signal!.is_frustrated, true);
  assert.equal(signal!.intent, 'billing.double_charge');
  assert.equal(signal!.outcome, 'resolved');
  assert.equal(signal!.outcome_utterance_id, utteranceId('double-charge', 1));
  assert.equal(signal!.language, 'en');
  assert.ok(signal!.sentiment_start < 0 && signal!.sentiment_end > 0 && signal!.sentiment_shift > 1);
  const parts = JSON.parse(signal!.summary_parts) as {
    part: string;
    text: string;
    utteranceId: string;
    start: number;
    end: number;
  }[];
  const action = parts.find(({ part }) => part === 'action')!;
  assert.equal(action.text, doubleCharge[1]!.text.slice(action.start, action.end));
  assert.deepEqual(
    parts.map(({ part }) => part),
    ['issue', 'action', 'outcome'],
  );
  await store.close();
});

test('a second run writes nothing', async () => {
  const store = await Store.open();
  await say(store, 'double-charge', doubleCharge);
  assert.equal(await run(store), 4);
  assert.equal(await run(store), 0);
  await store.close();
});

test('the same words said by two people are computed once and stored once', async () => {
  const store = await Store.open();
  const texts: number[] = [];
  const counting = Object.assign(Object.create(pool) as EncoderPool, {
    encode: (...args: Parameters<EncoderPool['encode']>) => {
      texts.push(args[0].length);
      return pool.encode(...args);
    },
    isUrgent: () => false,
    folder: pool.folder,
  });
  const effects = { logger: silentLogger, now: () => new Date(0), pool: counting };
  await say(store, 'first', [{ role: 'customer', text: 'Where is my parcel?' }]);
  await say(store, 'second', [{ role: 'customer', text: 'Where is my parcel?' }]);
  await enrich(store, config, effects);
  await say(store, 'third', [{ role: 'customer', text: 'Where is  my parcel? https://example.com/track' }]);
  await enrich(store, config, effects);
  assert.deepEqual(texts, [1]);
  assert.deepEqual(await store.all('select count(*) as vectors from signal.embedding'), [{ vectors: 1 }]);
  assert.deepEqual(
    await store.all('select count(distinct sentiment) as values, count(*) as rows from signal.utterance'),
    [{ values: 1, rows: 3 }],
  );
  await store.close();
});

test('a text that stands in two slices is computed once, and keeps its vector when one who said it takes it back', async () => {
  const store = await Store.open();
  await say(store, 'long', [
    { role: 'customer', text: 'My parcel is lost.' },
    ...Array.from({ length: 320 }, (_, n) => ({ role: 'customer', text: `Parcel ${n} is late.` })),
  ]);
  await run(store);
  await edit(store, 'long', 0, 'My parcel has arrived.');
  await say(store, 'later', [
    ...Array.from({ length: 310 }, (_, n) => ({ role: 'customer', text: `Parcel ${n} is late.` })),
    { role: 'customer', text: 'My parcel is lost.' },
  ]);
  await run(store);
  const [counts] = await store.all(
    `select
       (select count(*) from signal.embedding) as vectors,
       (select count(*) from signal.utterance) as utterances,
       (select count(distinct text_hash) from signal.utterance) as texts`,
  );
  assert.deepEqual(counts, { vectors: 322, utterances: 632, texts: 322 });
  await store.close();
});

test('while contacts are being scored, slices are read one after the other, to the same result', async () => {
  const store = await Store.open();
  await say(
    store,
    'long',
    Array.from({ length: 320 }, (_, n) => ({ role: 'customer', text: `Parcel ${n % 160} is late.` })),
  );
  await pool.encode([['a contact that waits']], { urgent: true });
  await run(store);
  const [counts] = await store.all(
    `select
       (select count(*) from signal.embedding) as vectors,
       (select count(*) from signal.utterance) as utterances`,
  );
  assert.deepEqual(counts, { vectors: 160, utterances: 320 });
  await store.close();
});

test('edited words are read again and the vector of the old ones goes', async () => {
  const store = await Store.open();
  await say(store, 'praise', [{ role: 'customer', text: 'You are wonderful, thank you!' }]);
  await run(store);
  await edit(store, 'praise', 0, 'You are the worst company I know.');
  await run(store);
  const [signal] = await store.all(
    'select sentiment, (select count(*) from signal.embedding) as vectors from signal.utterance',
  );
  assert.ok(signal!.sentiment < -0.5);
  assert.equal(signal!.vectors, 1);
  const [whole] = await store.all('select sentiment from signal.interaction');
  assert.ok(whole!.sentiment < -0.5);
  await store.close();
});

test('deleted words leave no signal, no vector and no trace in the summary', async () => {
  const store = await Store.open();
  await say(store, 'double-charge', doubleCharge);
  await run(store);
  await edit(store, 'double-charge', 0, null);
  await run(store);
  const [counts] = await store.all(
    'select (select count(*) from signal.utterance) as utterances, (select count(*) from signal.embedding) as vectors',
  );
  assert.deepEqual(counts, { utterances: 2, vectors: 2 });
  const [signal] = await store.all('select summary, is_frustrated from signal.interaction');
  assert.equal(signal!.is_frustrated, false);
  assert.doesNotMatch(signal!.summary, /4471/);
  for (const index of [1, 2]) await edit(store, 'double-charge', index, null);
  await run(store);
  assert.deepEqual(await store.all('select interaction_id from signal.interaction'), []);
  await store.close();
});

test('with another model everything is read again, and nothing of the old one stays', async () => {
  const store = await Store.open();
  await say(store, 'double-charge', doubleCharge);
  await run(store);
  for (const table of ['utterance', 'embedding', 'interaction'])
    await store.run(`update signal.${table} set model = 'older-encoder'`);
  await run(store);
  const [counts] = await store.all(
    `select
       (select count(*) from signal.utterance where model like 'crosstalk-encoder@%') as utterances,
       (select count(*) from signal.embedding where model like 'crosstalk-encoder@%') as vectors,
       (select count(*) from signal.interaction where model like 'crosstalk-encoder@%') as interactions,
       (select count(*) from signal.embedding where model = 'older-encoder') as old_vectors`,
  );
  assert.deepEqual(counts, { utterances: 3, vectors: 3, interactions: 1, old_vectors: 0 });
  assert.equal(await run(store), 0);
  await store.close();
});

test('internal notes are not read', async () => {
  const store = await Store.open();
  await say(store, 'note', [{ role: 'agent', text: 'This customer is always angry.', visibility: 'internal' }]);
  assert.equal(await run(store), 0);
  await store.close();
});

test('a conversation in another language is marked and not scored, its short answers too', async () => {
  const store = await Store.open();
  await say(store, 'spanish', [
    { role: 'customer', text: 'Hola, mi pedido llegó roto y quiero que me devuelvan el dinero.' },
    { role: 'agent', text: 'Lo sentimos mucho, ahora mismo lo revisamos con el almacén.' },
    { role: 'customer', text: 'gracias' },
  ]);
  await run(store);
  assert.deepEqual(await store.all('select distinct language, is_supported, sentiment, act from signal.utterance'), [
    { language: 'es', is_supported: false, sentiment: null, act: null },
  ]);
  assert.deepEqual(
    await store.all('select language, sentiment, is_frustrated, scored_utterances, summary from signal.interaction'),
    [{ language: 'es', sentiment: null, is_frustrated: null, scored_utterances: 0, summary: null }],
  );
  await store.close();
});
