import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { analyzeTexts, type AnalyzedText } from '../../models/analyze.ts';
import type { Pieces } from '../../models/encoder/chunk-texts.ts';
import { EncoderPool } from '../../models/encoder/pool.ts';

let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open(normalizeConfig({ model: { workers: 1 } }).model);
});
after(() => pool.close());

const analyze = async (...texts: string[]): Promise<AnalyzedText[]> =>
  analyzeTexts(
    texts.map((text, index) => ({ id: `t${index}`, text })),
    { encoder: pool },
  );

const examples: { text: string; label: string; intent?: string; act?: string; isFrustrated?: boolean }[] = [
  { text: 'You charged me twice for the same order', label: 'negative', intent: 'billing.double_charge' },
  { text: 'How do I reset my password?', label: 'neutral', intent: 'account.password_reset', act: 'question' },
  { text: 'Thank you so much, you are a star 😍', label: 'positive', act: 'thanks' },
  {
    text: 'I have explained this four times now and nobody calls back!',
    label: 'negative',
    act: 'complaint',
    isFrustrated: true,
  },
  {
    text: 'my card was stolen and i am scared somebody will use it',
    label: 'negative',
    intent: 'security.lost_or_stolen',
    isFrustrated: false,
  },
  { text: "Hello, I'm Dana, how can I help you today?", label: 'neutral', act: 'greeting' },
];

for (const { text, label, intent, act, isFrustrated } of examples)
  test(`"${text}" is read as a person would`, async () => {
    const [row] = await analyze(text);
    assert.equal(row!.language, 'en');
    assert.equal(row!.sentiment!.label, label);
    if (intent) assert.equal(row!.intents![0]!.name, intent);
    if (act) assert.equal(row!.act, act);
    if (isFrustrated !== undefined) assert.equal(row!.frustration! >= 0.2, isFrustrated);
  });

test('probabilities add up to 1 and the score is positive minus negative', async () => {
  const [row] = await analyze('it arrived today');
  const { score, negative, neutral, positive } = row!.sentiment!;
  assert.ok(Math.abs(negative + neutral + positive - 1) < 1e-5);
  assert.ok(Math.abs(score - (positive - negative)) < 1e-6);
});

test('rows stand in the order of the inputs, whatever their length', async () => {
  const texts = Array.from(
    { length: 60 },
    (_, index) => `${'Please call me. '.repeat((index * 7) % 11)}Order ${index} is late.`,
  );
  const together = await analyze(...texts);
  assert.deepEqual(
    together.map(({ id }) => id),
    texts.map((_, index) => `t${index}`),
  );
  const [alone] = await analyze(texts[37]!);
  assert.deepEqual(together[37], { ...alone, id: 't37' });
});

test('identical texts are computed once', async () => {
  const seen: Pieces[] = [];
  const encoder = {
    folder: pool.folder,
    encode: (texts: readonly Pieces[]) => {
      seen.push(...texts);
      return pool.encode(texts);
    },
  };
  const inputs = ['late', 'lost', 'late', 'late'].map((word, index) => ({
    id: `${index}`,
    text: `my parcel is ${word}`,
  }));
  const rows = await analyzeTexts(inputs, { encoder });
  assert.equal(seen.length, 2);
  assert.deepEqual({ ...rows[3], id: '0' }, rows[0]);
});

test('an unsupported language is marked and never scored', async () => {
  const [row] = await analyze('Das ist jetzt das dritte Mal, dass ich wegen meiner Rechnung anrufe.');
  assert.deepEqual(row, {
    id: 't0',
    language: 'de',
    sentiment: null,
    frustration: null,
    emotions: null,
    intents: null,
    act: null,
    salience: null,
  });
});

test('a text with nothing to read has no values', async () => {
  const [link, blank] = await analyze('https://example.com/photo.jpg', ' ');
  assert.deepEqual([link!.language, link!.sentiment, blank!.language, blank!.sentiment], [null, null, null, null]);
});

test('greetings and plain answers carry no reason', async () => {
  for (const row of await analyze('Hi there', 'yes please', 'ok', 'Tuesday at five')) assert.deepEqual(row.intents, []);
});

test('a long text is read to its end: what is said once at the end counts', async () => {
  const filler = 'We stayed at the lake for a week and walked a lot in the hills around it. '.repeat(20);
  const [row] = await analyze(`${filler}Someone stole my credit card, please block it.`);
  assert.equal(row!.intents![0]!.name, 'security.lost_or_stolen');
});

test('vectors come on request', async () => {
  const [row] = await analyzeTexts([{ id: 'a', text: 'hello' }], { encoder: pool, withVectors: true });
  assert.equal(row!.vector!.length, 384);
});
