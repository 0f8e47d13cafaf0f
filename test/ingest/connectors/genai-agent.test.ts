import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genaiAgent } from '../../../ingest/connectors/genai-agent/genai-agent.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

test('what later calls repeat is said once, at the time of its own call', () => {
  const { facts, outcomes } = mapFixture(genaiAgent, 'spans.json');
  const said = of(facts, 'utterance');
  const exact = said.filter(({ timePrecision }) => timePrecision === 'millisecond');
  assert.deepEqual(
    exact.map(({ role, text, occurredAt }) => [role, text, occurredAt?.getTime()]),
    [
      ['customer', 'Where is my order?', 1_772_701_200_000],
      ['bot', 'On its way.', 1_772_701_201_500],
      ['customer', 'I want a person', 1_772_701_260_000],
    ],
  );
  assert.equal(new Set(said.map(({ id }) => id)).size, 3);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt.getTime()]),
    [['handed_over', 'transfer_to_human', 1_772_701_262_000]],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'ignored'],
  );
});

test('messages in the shape of a chat API; the same words twice are two messages', () => {
  const { facts, outcomes } = mapFixture(genaiAgent, 'chat.ndjson');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, timePrecision }) => `${role} ${text} ${timePrecision}`),
    [
      'customer Hello millisecond',
      'bot Hi, how can I help? millisecond',
      'customer Hello millisecond',
      'customer Is it open? millisecond',
      'bot Yes, until six. millisecond',
    ],
  );
  assert.equal(new Set(of(facts, 'utterance').map(({ id }) => id)).size, 5);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'reject', 'drop'],
  );
});
