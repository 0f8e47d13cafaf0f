import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarizeHistory, type HistoryContact, type StoredSentence } from '../../../models/summaries/history.ts';

let count = 0;
const sentence = (part: string, text: string, given: Partial<StoredSentence> = {}): StoredSentence => ({
  part,
  text,
  role: part === 'issue' || part === 'open question' ? 'customer' : 'agent',
  act: null,
  salience: 0.5,
  utteranceId: `u${count++}`,
  start: 0,
  end: text.length,
  occurredAt: null,
  ...given,
});

const contact = (day: number, episodeId: string, sentences: StoredSentence[], isResolved = false): HistoryContact => ({
  interactionId: `${episodeId}-${day}`,
  episodeId,
  channel: 'email',
  startedAt: new Date(Date.UTC(2026, 2, day)),
  endedAt: new Date(Date.UTC(2026, 2, day)),
  isResolved,
  sentences,
});

const told = (contacts: readonly HistoryContact[], length: number) =>
  summarizeHistory(contacts, length).map(({ part, text }) => [part, text]);

const kettle = [
  contact(1, 'kettle', [
    sentence('issue', 'The kettle I bought from you leaks from the bottom.'),
    sentence('action', 'Please send us a photo of the leak.', { act: 'instruct' }),
  ]),
  contact(4, 'kettle', [
    sentence('issue', 'I sent the photo two days ago.', { salience: 0.2 }),
    sentence('action', 'I have ordered a new kettle for you.', { act: 'inform' }),
    sentence('promise', 'You will have it by Friday.', { act: 'promise' }),
    sentence('outcome', 'Fine, I will wait for it.', { role: 'customer' }),
  ]),
];

test('one matter: why, what was done, how it ended, what is promised, each from the contact that says it', () => {
  assert.deepEqual(told(kettle, 4), [
    ['reason', 'The kettle I bought from you leaks from the bottom.'],
    ['done', 'I have ordered a new kettle for you.'],
    ['outcome', 'Fine, I will wait for it.'],
    ['promise', 'You will have it by Friday.'],
  ]);
});

test('the caller sets the length; what matters most stays', () => {
  assert.deepEqual(told(kettle, 1), [['reason', 'The kettle I bought from you leaks from the bottom.']]);
  assert.equal(summarizeHistory(kettle, 30).length, 6);
  assert.deepEqual(told([], 5), []);
});

test('a promise is open until a later contact of the matter is resolved', () => {
  const kept = [...kettle, contact(6, 'kettle', [sentence('outcome', 'It came today, thank you!')], true)];
  assert.ok(!told(kept, 30).some(([part]) => part === 'promise'));
  const elsewhere = [...kettle, contact(6, 'invoice', [sentence('outcome', 'That answers it, thanks!')], true)];
  assert.ok(told(elsewhere, 30).some(([part]) => part === 'promise'));
});

test('what comes next: a question nobody answered, else what the customer was asked for, until it is settled', () => {
  const step = (contacts: readonly HistoryContact[]) => told(contacts, 30).find(([part]) => part === 'next step')?.[1];
  assert.equal(step(kettle.slice(0, 1)), 'Please send us a photo of the leak.');
  assert.equal(
    step([...kettle, contact(7, 'kettle', [sentence('open question', 'Where is it now?')])]),
    'Where is it now?',
  );
  assert.equal(step([contact(1, 'kettle', kettle[0]!.sentences as StoredSentence[], true)]), undefined);
});

test('of a customer, what is not settled and what is new goes first, and no matter takes all the room', () => {
  const invoice = contact(
    9,
    'invoice',
    [sentence('issue', 'Why is the invoice higher than last month?'), sentence('action', 'It holds two months.')],
    true,
  );
  const summary = summarizeHistory([invoice, ...kettle], 5);
  assert.deepEqual(
    [...new Set(summary.map(({ contact: { episodeId } }) => episodeId))],
    ['kettle', 'invoice'],
    'both are told of',
  );
  assert.equal(summary[0]!.part, 'reason');
});

test('what was said twice is told once', () => {
  const twice = contact(1, 'parcel', [
    sentence('issue', 'My parcel has not arrived yet.'),
    sentence('issue', 'my parcel has still not arrived yet'),
  ]);
  assert.equal(summarizeHistory([twice], 10).length, 1);
});
