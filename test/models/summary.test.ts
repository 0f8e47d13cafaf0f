import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import type { OutcomeFound } from '../../models/outcome.ts';
import { readSummaryModel } from '../../models/salience.ts';
import { summarize, type SummaryTurn } from '../../models/summary.ts';

const model = readSummaryModel(normalizeConfig({}).model.folder);
const unknown: OutcomeFound = { outcome: 'unknown', utteranceId: null };

const turn = (index: number, role: string, text: string, act: string, salience: number[]): SummaryTurn => ({
  utteranceId: `u${index}`,
  role,
  text,
  act,
  salience,
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
  const summary = summarize(model, conversation, { outcome: 'resolved', utteranceId: 'u3' })!;
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
  for (const { text, utteranceId, start, end } of summarize(model, conversation, unknown)!.parts)
    assert.equal(conversation.find((one) => one.utteranceId === utteranceId)!.text.slice(start, end), text);
});

test('a last question that nobody answered stays open', () => {
  const asked = [...conversation, turn(4, 'customer', 'And who pays for the electrician I called?', 'question', [0.4])];
  const open = summarize(model, asked, unknown)!.parts.find(({ part }) => part === 'open question');
  assert.equal(open!.text, 'And who pays for the electrician I called?');
  const answered = [...asked, turn(5, 'agent', 'We do.', 'inform', [0.2])];
  assert.equal(
    summarize(model, answered, unknown)!.parts.find(({ part }) => part === 'open question'),
    undefined,
  );
});

test('words in a language that is not read give no summary', () => {
  assert.equal(summarize(model, [turn(0, 'customer', 'Wo ist mein Paket?', 'question', [])], unknown), null);
});
