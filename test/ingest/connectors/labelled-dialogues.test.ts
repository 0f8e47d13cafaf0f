import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { labelledDialogues } from '../../../ingest/connectors/labelled-dialogues.ts';
import { countOutcomes, mapBytes, mapDocument, of, receivedAt } from './real-payloads.ts';

const fixture = join(import.meta.dirname, 'fixtures/labelled-dialogues/dialogues.ndjson');

test('a dialogue is a thread with its turns in order, as they were said', () => {
  const [first, robot, nameless] = mapBytes(labelledDialogues, readFileSync(fixture), 'ndjson');
  assert.deepEqual(
    of(first!.facts, 'utterance').map(({ sequence, role, text }) => [sequence, role, text]),
    [
      [0, 'customer', '@Shop where is my parcel? It is late.'],
      [1, 'agent', 'Sorry to hear! Which order is it?'],
      [2, 'customer', 'A-1001'],
    ],
  );
  assert.deepEqual(
    of(first!.facts, 'thread').map(({ nativeId, channel }) => [nativeId, channel]),
    [['d1', 'social']],
  );
  assert.match(robot!.outcomes[0]!.reason!, /invalid role of turn 0: robot/);
  assert.equal(nameless!.outcomes[0]!.reason, 'missing conversation_id');
});

test('times are not made up: they are those of receipt, and say so', () => {
  const [first] = mapBytes(labelledDialogues, readFileSync(fixture), 'ndjson');
  for (const { occurredAt, timePrecision } of of(first!.facts, 'utterance'))
    assert.deepEqual([occurredAt, timePrecision], [receivedAt, 'receipt']);
});

test('what is no dialogue is refused', () => {
  assert.throws(() => mapDocument(labelledDialogues, 'text'), /expected an object with conversation_id and turns/);
});

const dialogues = join(import.meta.dirname, '../../../../shared/data/tweetsumm/dialogues.jsonl');

test('989 dialogues from Twitter', { skip: existsSync(dialogues) ? false : `${dialogues} is absent` }, () => {
  const mapped = mapBytes(labelledDialogues, readFileSync(dialogues), 'ndjson');
  assert.deepEqual(countOutcomes(mapped), { ok: 989 });
  const utterances = mapped.flatMap(({ facts }) => of(facts, 'utterance'));
  const byRole = (role: string) => utterances.filter((utterance) => utterance.role === role).length;
  assert.deepEqual([byRole('customer'), byRole('agent')], [5410, 4614]);
  assert.equal(new Set(utterances.map(({ id }) => id)).size, 10_024);
});
