import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factKeysOf, factsOf } from '../../../models/summaries/facts.ts';
import { namesOf } from '../../../models/summaries/names.ts';

/** What of a sentence the source does not say. */
const made = (sentence: string, source: string): string[] => {
  const keys = factKeysOf(source);
  return factsOf(sentence)
    .filter((fact) => !fact.keys.some((key) => keys.has(key)))
    .map(({ text }) => text);
};

test('amounts are the same however they are written, and another amount or currency is not', () => {
  assert.deepEqual(made('They paid back 1200 dollars.', 'We refunded $1,200.00 to you.'), []);
  assert.deepEqual(made('It cost €1,200.50.', 'Das waren 1.200,50 € im Mai.'), []);
  assert.deepEqual(made('They paid back $1,250.', 'We refunded $1,200.00 to you.'), ['$1,250']);
  assert.deepEqual(made('It cost €20.', 'It cost me $20.'), ['€20']);
  assert.deepEqual(made('It cost £20.', 'I was charged 20 for it.'), ['£20']);
});

test('days are the same in any order of writing', () => {
  assert.deepEqual(made('It was ordered on 3 March.', 'I ordered it March 3rd, 2026.'), []);
  assert.deepEqual(made('It was ordered on March 3.', 'ordered 2026-03-03'), []);
  assert.deepEqual(made('It was ordered on 03/04/2026.', 'I ordered it on the 4th of March 2026.'), []);
  assert.deepEqual(made('It was ordered on 5 March.', 'I ordered it on the 3rd of March, 5 days ago.'), ['5 March']);
  assert.deepEqual(made('It comes on Friday.', 'It comes tomorrow.'), ['Friday']);
  assert.deepEqual(made('It may come in April.', 'It may come.'), ['April']);
});

test('numbers count with their unit, and written out', () => {
  assert.deepEqual(made('It takes five days.', 'Please allow 3-5 business days.'), []);
  assert.deepEqual(made('It takes 5 hours.', 'Please allow 5 business days.'), ['5 hours']);
  assert.deepEqual(made('He called 3 times.', 'I called three times.'), []);
  assert.deepEqual(made('This is the fourth call.', 'This is the third time I call.'), ['fourth']);
  assert.deepEqual(made('They offered 15 percent.', 'You get 15% off.'), []);
  assert.deepEqual(made('They call at 3 pm.', 'We will call at 15:00.'), []);
  assert.deepEqual(made('They call at 4 pm.', 'We will call at 15:00.'), ['4 pm']);
});

test('codes, versions and addresses must occur as they are', () => {
  assert.deepEqual(made('Order a-4471 is late.', 'my order A-4471'), []);
  assert.deepEqual(made('Order A-4472 is late.', 'my order A-4471'), ['A-4472']);
  assert.deepEqual(made('It runs 11.1.2.', 'My iPhone is on 11.1.2'), []);
  assert.deepEqual(made('Write to help@example.com.', 'Write to care@example.com.'), ['help@example.com']);
});

test('names are words with a capital, the first one only where it is no common word', () => {
  const common = new Set(['refund', 'the', 'was']);
  assert.deepEqual(namesOf('Refund was promised by Marcus.', common), ['Marcus']);
  assert.deepEqual(namesOf('Marcus promised the refund to [name].', common), ['Marcus']);
  assert.deepEqual(namesOf('The Customer has no AirPods.', common), ['AirPods']);
});
