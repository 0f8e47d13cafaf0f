import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { EncoderPool } from '../../../models/encoder/pool.ts';
import { writeAbstract, type Quotable } from '../../../models/summaries/abstract.ts';
import { sentencesIn } from '../../../models/summaries/chat.ts';
import { openChatEndpoint, type Reply } from './chat-endpoint.ts';

let pool: EncoderPool;
before(async () => {
  pool = await EncoderPool.open({ ...normalizeConfig({}).model, workers: 1 });
});
after(() => pool.close());

const mail = { startedAt: new Date('2026-03-02T09:00:00Z'), channel: 'email' };
const call = { startedAt: new Date('2026-03-05T10:00:00Z'), channel: 'voice' };
const say = (contact: Quotable['contact'], role: string, text: string): Quotable => ({
  contact,
  role,
  text,
  salience: 0.5,
});
const said = [
  say(mail, 'customer', 'The washing machine I bought for $499 leaks water all over the floor.'),
  say(mail, 'agent', 'I am sorry, a technician will visit you on Friday.'),
  say(call, 'customer', 'The technician did not come on Friday.'),
  say(call, 'agent', 'I will refund the delivery fee within 5 business days.'),
];

async function ask(t: TestContext, reply: Reply, given: object = {}, sentences = 6) {
  const endpoint = await openChatEndpoint(t);
  endpoint.answer(reply);
  const summaries = { baseUrl: endpoint.baseUrl, model: 'writer-1', secretEnv: 'WRITER_KEY', ...given };
  const config = normalizeConfig({ summaries }, { WRITER_KEY: 'sesame-7' });
  const abstract = await writeAbstract(said, sentences, { config, encoder: pool, fetch });
  return { ...abstract, received: endpoint.received };
}

const good = [
  'Reason: The washing machine leaks water on the floor.',
  'Outcome: The technician did not come on Friday.',
  'Promise: The agent will refund the delivery fee within 5 business days.',
].join('\n');

test('sentences that were said in other words stand, with the places they rest on', async (t) => {
  const { sentences, struck, note, received } = await ask(t, { content: good });
  assert.deepEqual([struck, note], [[], null]);
  assert.deepEqual(
    sentences.map(({ part, restsOn }) => [part, restsOn[0]]),
    [
      ['reason', 0],
      ['outcome', 2],
      ['promise', 3],
    ],
  );
  const [{ url, headers, body }] = received as [(typeof received)[0]];
  assert.deepEqual([url, headers.authorization, body.model], ['/v1/chat/completions', 'Bearer sesame-7', 'writer-1']);
  assert.equal(body.temperature, 0);
  assert.deepEqual(JSON.parse(body.messages[1]!.content.split('\n')[2]!), {
    contact: '2026-03-05, voice',
    role: 'customer',
    text: 'The technician did not come on Friday.',
  });
});

test('what was made up is struck out with the reason, and the rest stands', async (t) => {
  const invented: [string, RegExp][] = [
    ['The washing machine cost $599.', /nobody said \$599/],
    ['The agent will refund the delivery fee within 3 business days.', /nobody said 3 business days/],
    ['A technician will visit on Monday.', /nobody said Monday/],
    ['Marcus will refund the delivery fee.', /nobody named Marcus/],
    ['The customer praised the friendly staff in the new coffee shop.', /nothing that was said means this/],
    ['The technician came on Friday.', /the opposite was said/],
    ['The agent refunded the delivery fee.', /what was promised is told as done/],
  ];
  const content = [good, ...invented.map(([text]) => text)].join('\n');
  const { sentences, struck } = await ask(t, { content }, {}, 20);
  assert.equal(sentences.length, 3);
  assert.deepEqual(
    struck.map(({ text }) => text),
    invented.map(([text]) => text),
  );
  for (const [index, { reason }] of struck.entries()) assert.match(reason, invented[index]![1]);
});

test('where nothing is left, the answer says so and has no sentences', async (t) => {
  const { sentences, struck, note } = await ask(t, { content: 'Reason: Zoe wants a discount of 20%.' });
  assert.deepEqual([sentences, struck.length], [[], 1]);
  assert.match(note!, /supported/);
});

const failures: [string, Reply, RegExp][] = [
  ['fails', { status: 503, raw: 'sesame-7' }, /HTTP 503/],
  ['refuses', { status: 401, raw: '{}' }, /HTTP 401/],
  ['sends elsewhere', { status: 307, raw: '', headers: { location: 'http://127.0.0.1:9/' } }, /HTTP 307/],
  ['answers no JSON', { raw: '<html>' }, /expected JSON/],
  ['answers something else', { raw: '{"choices": []}' }, /choices/],
  ['says nothing', { content: '```\n\n```' }, /expected sentences/],
];
for (const [name, reply, expected] of failures)
  test(`an endpoint that ${name} leaves a note without its words or the secret`, async (t) => {
    const { sentences, note } = await ask(t, reply);
    assert.deepEqual(sentences, []);
    assert.match(note!, expected);
    assert.doesNotMatch(note!, /sesame|html/);
  });

test('one that does not answer in time is not waited for', async (t) => {
  const { note } = await ask(t, 'never', { timeoutSeconds: 0.2 });
  assert.match(note!, /no answer in time/);
});

test('an endpoint elsewhere is only asked encrypted, and its secret must be there', () => {
  const given = (summaries: object, environment = {}) =>
    normalizeConfig({ summaries: { model: 'm', ...summaries } }, environment);
  assert.throws(() => given({ baseUrl: 'http://example.com' }), /expected https/);
  assert.throws(() => given({ baseUrl: 'https://example.com?key=1' }), /expected https/);
  assert.throws(() => given({ baseUrl: 'https://example.com', secretEnv: 'NONE' }), /NONE is not set/);
  const config = given({ baseUrl: 'https://example.com', secretEnv: 'KEY' }, { KEY: 'sesame-7' });
  assert.doesNotMatch(JSON.stringify(config.summaries), /sesame/);
});

test('thoughts, fences, bullets and emphasis of models are left out', () => {
  assert.deepEqual(
    sentencesIn(
      '<think>Hm.\nReason: no</think>\n```\n- **Reason:** It leaks.\n2. next step: Call back.\nIt is open.\n```',
    ),
    [
      { part: 'reason', text: 'It leaks.' },
      { part: 'next step', text: 'Call back.' },
      { part: null, text: 'It is open.' },
    ],
  );
});
