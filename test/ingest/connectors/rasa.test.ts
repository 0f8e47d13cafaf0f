import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rasa } from '../../../ingest/connectors/rasa.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('a tracker tells who said what and when a person took over', () => {
  const { facts, outcomes } = mapFixture(rasa, 'tracker.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.getTime()]),
    [
      ['bot', 'How can I help?', 1_772_701_200_400],
      ['customer', 'I want a person', 1_772_701_210_500],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'handed_over'],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'drop', 'ok', 'ok', 'ok', 'drop', 'reject'],
  );
});

test('who presses a button says what stands on it; commands nobody says', () => {
  const buttons = [{ title: 'Yes, please', payload: '/affirm{"order": "A-1001"}' }];
  const user = (text: string, timestamp: number) => ({ event: 'user', text, timestamp });
  const { facts, outcomes } = mapDocument(rasa, {
    sender_id: 's-2',
    events: [
      user('/session_start', 1_772_701_200.5),
      { event: 'bot', text: 'Shall I look?', timestamp: 1_772_701_201.5, data: { buttons } },
      user('/affirm{"order": "A-1001"}', 1_772_701_202.5),
      user('EXTERNAL: EXTERNAL_reminder', 1_772_701_203.5),
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ text }) => text),
    ['Shall I look?', 'Yes, please'],
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['drop', 'ok', 'ok', 'drop'],
  );
});

test('an event of the broker is one of the tracker; a sender may be a telephone number', () => {
  assert.deepEqual(
    of(mapFixture(rasa, 'event.json').facts, 'handle').map(({ type, value }) => `${type} ${value}`),
    ['phone +12125550142'],
  );
});

test('a list of events is read like the events themselves', () => {
  const events = ['Hello', 'Again'].map((text, index) => ({
    sender_id: 's-3',
    event: 'user',
    text,
    timestamp: 1_772_701_200.5 + index,
  }));
  assert.equal(of(mapDocument(rasa, events).facts, 'utterance').length, 2);
});

test('a real tracker, whose events are in no order', withPayloads('chatbot-rasa'), () => {
  const mapped = mapFile(rasa, 'rasa-tracker-moodbot.json', readPayload('chatbot-rasa', 'rasa-tracker-moodbot.json'));
  assert.deepEqual(countOutcomes(mapped), { ok: 2, drop: 5 });
  assertReasons(mapped);
  assert.deepEqual(
    of(mapped[0]!.facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [
      ['customer', '/greet', '2018-02-05T09:08:46.200Z'],
      ['customer', '/mood_great', '2018-02-05T09:08:46.210Z'],
    ],
  );
});

test('what the server asks of an action has the tracker in it; the REST channel has no time', () => {
  const bot = {
    event: 'bot',
    text: null,
    timestamp: 1_772_701_200.5,
    data: { image: 'https://example.com/a/map.png' },
  };
  const asked = { next_action: 'action_check', sender_id: 's-4', tracker: { sender_id: 's-4', events: [bot] } };
  const { facts } = mapDocument(rasa, asked);
  assert.deepEqual(of(facts, 'utterance')[0]?.media, [{ name: 'map.png' }]);
  const { outcomes } = mapDocument(rasa, [{ recipient_id: 's-4', text: 'Hello' }]);
  assert.equal(outcomes[0]?.status, 'drop');
});

test('a bot is paused for a person to take over; cards have words', () => {
  const cards = [{ title: 'Blue lamp', subtitle: 'Ten euros', buttons: [{ title: 'Take it', payload: '/take' }] }];
  const { facts } = mapDocument(rasa, {
    sender_id: 's-5',
    events: [
      { event: 'bot', text: null, timestamp: 1_772_701_200.5, data: { elements: cards } },
      { event: 'user', text: '/take', timestamp: 1_772_701_201.5 },
      { event: 'pause', timestamp: 1_772_701_202.5 },
      { event: 'resume', timestamp: 1_772_701_260.5 },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['bot', 'Blue lamp\nTen euros'],
      ['customer', 'Take it'],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['handed_over', 'pause'],
      ['handed_over', 'resume'],
    ],
  );
});
