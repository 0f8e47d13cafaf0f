import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { summarize, type SummarizeOptions } from '../../commands/summarize.ts';
import { normalizeConfig } from '../../config.ts';
import { silentLogger } from '../../logger.ts';
import { openChatEndpoint } from '../models/summaries/chat-endpoint.ts';

const turns = [
  { role: 'customer', text: 'Hi. The heater I bought from you last week does not switch on any more.' },
  { role: 'agent', sentences: ['Hello!', 'Please hold the red button for ten seconds until the light blinks twice.'] },
  { role: 'customer', text: 'ok' },
  { role: 'customer', text: 'It is warm again, thank you!' },
];
const german = [{ role: 'customer', text: 'Guten Tag, meine Rechnung für diesen Monat ist leider doppelt so hoch.' }];

async function run(
  lines: readonly object[],
  options: SummarizeOptions = { customer: 1, agent: 1 },
  config: object = {},
): Promise<any[]> {
  let output = '';
  await summarize('-', options, {
    config: normalizeConfig({ model: { workers: 1 }, ...config }),
    logger: silentLogger,
    now: () => new Date('2026-03-01T00:00:00Z'),
    stdin: Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`)),
    write: (data) => void (output += String(data)),
    untilStopped: () => Promise.resolve(),
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('one row for each dialogue, in order: the strongest sentences of each side, and where they stand', async () => {
  const [one, other, empty] = await run([
    { id: 7, turns },
    { id: 'de', turns: german },
    { id: 'none', turns: [] },
  ]);
  assert.deepEqual(one, {
    id: '7',
    summary:
      'The heater I bought from you last week does not switch on any more. Please hold the red button for ten seconds until the light blinks twice.',
    picks: [
      [0, 1],
      [1, 1],
    ],
  });
  assert.deepEqual(other, { id: 'de', summary: null, picks: [] });
  assert.deepEqual(empty, { id: 'none', summary: '', picks: [] });
});

test('as many sentences of each side as asked for', async () => {
  const [one] = await run([{ id: 'a', turns }], { customer: 0, agent: 2 });
  assert.deepEqual(one.picks, [
    [1, 0],
    [1, 1],
  ]);
});

test('a row that is no dialogue is named with what was expected', async () => {
  await assert.rejects(
    run([
      { id: 'a', turns },
      { id: 'b', turns: [{ role: 'agent' }] },
    ]),
    {
      message: /invalid row: \{"id":"b".*expected JSON \{"id"/,
    },
  );
});

test('in the words of an endpoint, with what was struck out; extractive where it does not answer', async (t) => {
  const endpoint = await openChatEndpoint(t);
  const ask = async (timeoutSeconds: number) => {
    const summaries = { baseUrl: endpoint.baseUrl, model: 'writer-1', timeoutSeconds };
    const [row] = await run([{ id: 'a', turns }], { customer: 1, agent: 1, abstractive: true }, { summaries });
    return row;
  };
  endpoint.answer({ content: 'Reason: The heater does not switch on any more.\nOutcome: It works after 3 hours.' });
  assert.deepEqual(await ask(20), {
    id: 'a',
    summary: 'The heater does not switch on any more.',
    picks: [[0, 1]],
    method: 'abstractive',
    struck: [{ text: 'It works after 3 hours.', reason: 'nobody said 3 hours' }],
    note: null,
  });
  endpoint.answer('never');
  const late = await ask(0.2);
  assert.deepEqual([late.method, late.picks.length], ['extractive', 2]);
  assert.match(late.note, /no answer in time/);
  await assert.rejects(run([{ id: 'a', turns }], { customer: 1, agent: 1, abstractive: true }), /expected an endpoint/);
});
