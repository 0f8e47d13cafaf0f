import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  draftOf,
  examplesIn,
  missingIn,
  withDrafts,
  type IntentDraft,
} from '../../../dashboards/web/own-intent-draft.ts';

const taught = [
  { intent: 'Leak', text: 'it drips' },
  { intent: 'Leak', text: 'water below' },
  { intent: 'Noise', text: 'it hums' },
  { intent: 'Noise', text: 'it rattles' },
];
const draft = (intent: string, lines: string, before?: string): IntentDraft => ({
  id: 1,
  intent,
  lines,
  ...(before && { before }),
});

test('pasted lines become examples without marks of lists, quotes, blanks or doubles', () => {
  assert.deepEqual(examplesIn('- it leaks\n2. "it drips"\n\n  • it leaks\n“all wet”\n3 pumps are broken'), [
    'it leaks',
    'it drips',
    'all wet',
    '3 pumps are broken',
  ]);
});

test('a new name adds, a known name extends, and an intent that was opened is rewritten, also under another name', () => {
  assert.deepEqual(withDrafts(taught, [draft('Fever', 'it is ill\nit is hot')]).length, 6);
  const extended = withDrafts(taught, [draft('Leak', 'it drips\nthe seam is open')]);
  assert.deepEqual(
    extended.filter(({ intent }) => intent === 'Leak').map(({ text }) => text),
    ['it drips', 'water below', 'the seam is open'],
  );
  const opened = draftOf(1, 'Leak', taught);
  assert.equal(opened.lines, 'it drips\nwater below');
  assert.deepEqual(withDrafts(taught, [opened]).length, 4);
  const renamed = withDrafts(taught, [draft('Tank leaks', 'it drips', 'Leak')]);
  assert.deepEqual(
    renamed.map(({ intent }) => intent),
    ['Noise', 'Noise', 'Tank leaks'],
  );
});

test('what is missing is said before it is sent', () => {
  assert.match(missingIn(taught, [draft('', '')])!, /Name an intent/);
  assert.match(missingIn(taught, [draft('', 'a text')])!, /needs a name/);
  assert.match(missingIn(taught, [draft('Fever', 'it is ill')])!, /“Fever” needs at least 2/);
  assert.match(missingIn([], [draft('Fever', 'it is ill\nit is hot')])!, /two intents/);
  assert.equal(missingIn(taught, [draft('Leak', 'one more')]), undefined);
  assert.equal(missingIn(taught, [draft('Fever', 'it is ill\nit is hot'), draft('', '')]), undefined);
});
