import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { readSummaryModel } from '../../../models/summaries/salience.ts';
import type { OutcomeFound } from '../../../models/text/spoken-turn.ts';
import { summarize, type SummaryTurn } from '../../../models/summaries/summary.ts';

const models = { summary: readSummaryModel(normalizeConfig({}).model.folder), promise: { threshold: 0.5 } };
const unknown: OutcomeFound = { outcome: 'unknown', utteranceId: null };

const turn = (
  index: number,
  role: string,
  text: string,
  act: string,
  salience: number[],
  promises: number[] = [],
): SummaryTurn => ({
  utteranceId: `u${index}`,
  role,
  text,
  act,
  salience,
  promises,
});

const conversation = [
  turn(
    0,
    'customer',
    'Hi. The heater I bought from you last week does not switch on any more.',
    'problem',
    [0.02, 0.8],
  ),
  turn(
    1,
    'agent',
    'Hello! Please hold the red button for ten seconds until the light blinks twice.',
    'instruct',
    [0.02, 0.7],
  ),
  turn(2, 'customer', 'ok', 'confirm', [0.02]),
  turn(3, 'customer', 'It is warm again, thank you!', 'thanks', [0.3]),
];

test('the summary names issue, action and outcome, in the order they were said', () => {
  const summary = summarize(models, conversation, { outcome: 'resolved', utteranceId: 'u3' })!;
  const strongest = summary.parts.filter(({ text }) => text.split(' ').length > 4);
  assert.deepEqual(
    strongest.map(({ part, utteranceId }) => [part, utteranceId]),
    [
      ['issue', 'u0'],
      ['action', 'u1'],
      ['outcome', 'u3'],
    ],
  );
});

test('each part leads back to the words it came from', () => {
  for (const { text, utteranceId, start, end } of summarize(models, conversation, unknown)!.parts)
    assert.equal(conversation.find((one) => one.utteranceId === utteranceId)!.text.slice(start, end), text);
});

test('the same words are told once, and a second sentence only where people would pick it', () => {
  const asking = (index: number): SummaryTurn =>
    turn(index, 'bot', 'Did you restart the boiler, please?', 'question', [0.5]);
  const brief = turn(4, 'customer', 'on it', 'inform', [0.01]);
  const said = summarize(models, [conversation[0]!, asking(1), brief, asking(3)], unknown)!;
  assert.deepEqual(
    said.parts.map(({ part, utteranceId }) => [part, utteranceId]),
    [
      ['issue', 'u0'],
      ['action', 'u1'],
    ],
  );
});

test('who speaks for the company is no action', () => {
  const opening = turn(1, 'agent', "Hi, thanks for waiting, you're through to Paula at Bramwick.", 'inform', [0.9]);
  const parts = summarize(models, [conversation[0]!, opening], unknown)!.parts;
  assert.deepEqual(
    parts.map(({ part }) => part),
    ['issue'],
  );
  assert.equal(summarize(models, [opening], unknown)!.parts[0]!.part, 'action');
});

test('a last question that nobody answered stays open', () => {
  const asked = [...conversation, turn(4, 'customer', 'And who pays for the electrician I called?', 'question', [0.4])];
  const open = summarize(models, asked, unknown)!.parts.find(({ part }) => part === 'open question');
  assert.equal(open!.text, 'And who pays for the electrician I called?');
  const answered = [...asked, turn(5, 'agent', 'We do.', 'inform', [0.2])];
  assert.equal(
    summarize(models, answered, unknown)!.parts.find(({ part }) => part === 'open question'),
    undefined,
  );
});

test('to be put on hold is no promise to keep', () => {
  const holding = turn(1, 'agent', "Bear with me, I'll put you on a short hold.", 'promise', [0.3], [0.9]);
  const { parts } = summarize(models, [conversation[0]!, holding], unknown)!;
  assert.ok(parts.every(({ part }) => part !== 'promise'));
});

const promising = turn(
  1,
  'agent',
  'I am sorry. A technician will call you by Friday.',
  'promise',
  [0.1, 0.6],
  [0.02, 0.9],
);

test('what the company promised and has not done yet stands last, with its words', () => {
  const said = [conversation[0]!, promising, turn(2, 'customer', 'Fine, I will wait for that call.', 'confirm', [0.3])];
  const { text, parts } = summarize(models, said, { outcome: 'not_resolved', utteranceId: 'u1', sentence: 1 })!;
  const last = parts.at(-1)!;
  assert.deepEqual([last.part, last.text], ['promise', 'A technician will call you by Friday.']);
  assert.equal(parts.filter(({ part }) => part === 'outcome')[0]!.text, 'A technician will call you by Friday.');
  assert.equal(text.split('A technician').length, 2, 'said once, although it plays two parts');
});

test('a promise that what follows fulfils is not open', () => {
  const said = [
    conversation[0]!,
    promising,
    turn(2, 'customer', 'He just did, and it is warm again!', 'inform', [0.5]),
  ];
  const { parts } = summarize(models, said, { outcome: 'resolved', utteranceId: 'u2', sentence: 0 })!;
  assert.deepEqual(
    parts.filter(({ part }) => part === 'promise'),
    [],
  );
});

test('words in a language that is not read give no summary', () => {
  assert.equal(summarize(models, [turn(0, 'customer', 'Wo ist mein Paket?', 'question', [])], unknown), null);
});
