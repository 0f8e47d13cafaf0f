import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialogflowCx } from '../../../ingest/connectors/dialogflow-cx.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

test('a turn is the same in the webhook, which has no time, and in the log, which has', () => {
  const webhook = mapFixture(dialogflowCx, 'webhook.json').facts;
  const log = mapFixture(dialogflowCx, 'log.ndjson');
  const [said, answered] = of(webhook, 'utterance');
  assert.deepEqual([said?.role, said?.text, said?.timePrecision], ['customer', 'Where is my order?', 'receipt']);
  assert.equal(answered?.text, 'Order A-1001 is on its way, $session.params.name.', 'what is not known stays as sent');
  assert.deepEqual(
    of(log.facts, 'utterance').map(({ id }) => id),
    [said?.id, answered?.id],
  );
  assert.deepEqual(of(log.facts, 'utterance')[0]?.occurredAt?.toISOString(), '2026-03-05T09:00:00.500Z');
  assert.deepEqual(
    [...of(webhook, 'event'), ...of(log.facts, 'event')].map(({ kind }) => kind),
    ['handed_over', 'ended'],
  );
  assert.deepEqual(
    log.outcomes.map(({ status }) => status),
    ['ok', 'reject'],
  );
});

test('keys that are pressed are an answer, and a call may be moved to another number', () => {
  const { facts } = mapDocument(dialogflowCx, {
    detectIntentResponseId: 'r-5',
    dtmfDigits: '2',
    sessionInfo: { session: 'projects/p/locations/l/agents/a/sessions/s-5' },
    messages: [{ telephonyTransferCall: { phoneNumber: '+12125550100' } }],
  });
  assert.equal(of(facts, 'utterance')[0]?.text, '2');
  assert.equal(of(facts, 'event')[0]?.kind, 'transferred');
});

test('in a call the bot speaks a text', () => {
  const { facts } = mapDocument(dialogflowCx, {
    detectIntentResponseId: 'r-6',
    transcript: 'where is it',
    sessionInfo: { session: 'projects/p/locations/l/agents/a/sessions/s-6' },
    messages: [
      { outputAudioText: { text: 'On its way.' } },
      { outputAudioText: { ssml: '<speak>Good <emphasis>bye</emphasis></speak>' } },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'where is it'],
      ['bot', 'On its way.'],
      ['bot', 'Good bye'],
    ],
  );
});

test('a conversation of the history says the same as the webhook did', () => {
  const name = 'projects/p/locations/l/agents/a/conversations/s-5';
  const interaction = {
    createTime: '2026-03-05T09:00:00.500Z',
    request: { queryInput: { text: { text: 'Hello' }, languageCode: 'en' } },
    response: { responseId: 'r-7', queryResult: { responseMessages: [{ text: { text: ['Hi'] } }] } },
  };
  const { facts } = mapDocument(dialogflowCx, { name, interactions: [interaction] });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, nativeId }) => [role, text, nativeId]),
    [
      ['customer', 'Hello', 'r-7:user'],
      ['bot', 'Hi', 'r-7:bot:0'],
    ],
  );
  assert.equal(of(facts, 'thread')[0]?.nativeId, 's-5');
  assert.deepEqual(countOutcomes([mapDocument(dialogflowCx, { conversations: [{ name }] })]), { ignored: 1 });
});

test('a real request', withPayloads('chatbot-dialogflow-cx'), () => {
  const name = 'index-30688111860-webhook-request.json';
  const mapped = mapFile(dialogflowCx, name, readPayload('chatbot-dialogflow-cx', name));
  assert.deepEqual(countOutcomes(mapped), { ok: 1 });
  assert.deepEqual(
    of(mapped[0]!.facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', '1'],
      ['bot', "You want 1 of cupcake - no problem, let's check if we've got that in stock."],
    ],
  );
});

test('an answer to a request is a turn; what is shown and spoken is said once; who calls has a number', () => {
  const session = 'projects/p/locations/global/agents/a/sessions/s-9';
  const answer = {
    session,
    responseId: 'r-9',
    queryResult: {
      text: 'refund',
      responseMessages: [{ text: { text: ['Which order?'] } }, { outputAudioText: { text: 'Which order?' } }],
    },
  };
  assert.deepEqual(
    of(mapDocument(dialogflowCx, answer).facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'refund'],
      ['bot', 'Which order?'],
    ],
  );
  const { session: _, ...lone } = answer;
  assert.equal(mapDocument(dialogflowCx, lone).outcomes[0]?.status, 'reject');
  const called = {
    detectIntentResponseId: 'd-9',
    sessionInfo: { session },
    payload: { telephony: { caller_id: '+15550100001' } },
  };
  assert.equal(of(mapDocument(dialogflowCx, called).facts, 'handle')[1]?.value, '+15550100001');
});

test('a turn may be rated, and a message may tell that the bot has helped', () => {
  const response = { responseId: 'r-8', queryResult: { responseMessages: [{ conversationSuccess: {} }] } };
  const answerFeedback = { rating: 'THUMBS_DOWN', ratingReason: { feedback: 'That is not my order.' } };
  const turn = { response, answerFeedback, requestUtterances: 'where is it', createTime: '2026-03-05T09:00:00Z' };
  const name = 'projects/p/locations/l/agents/a/conversations/s-8';
  const { facts } = mapDocument(dialogflowCx, { name, interactions: [turn] });
  assert.deepEqual(
    of(facts, 'survey').map(({ kind, score, scaleMin, scaleMax }) => [kind, score, scaleMin, scaleMax]),
    [['other', 0, 0, 1]],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'where is it'],
      ['customer', 'That is not my order.'],
    ],
  );
  assert.equal(of(facts, 'event')[0]?.kind, 'solved');
});

test('what is not a whole turn is told from one', () => {
  const answer = { fulfillmentResponse: { messages: [{ text: { text: ['Hello'] } }] } };
  const statuses = [{ recognitionResult: { transcript: 'to be' } }, answer].map(
    (document) => mapDocument(dialogflowCx, document).outcomes[0]?.status,
  );
  assert.deepEqual(statuses, ['ignored', 'drop']);
});

test('what is answered early is said, and said once', () => {
  const messages = (...texts: string[]) => ({
    queryResult: { responseMessages: texts.map((text) => ({ text: { text: [text] } })) },
  });
  const turn = {
    response: { responseId: 'r-9', ...messages('Found it.', 'It is late.') },
    partialResponses: [messages('One moment.'), messages('Found it.')],
    createTime: '2026-03-05T09:00:00Z',
  };
  const name = 'projects/p/locations/l/agents/a/conversations/s-9';
  const said = of(mapDocument(dialogflowCx, { name, interactions: [turn] }).facts, 'utterance');
  assert.deepEqual(
    said.map(({ text, sequence, nativeId }) => [text, sequence, nativeId]),
    [
      ['One moment.', 1, 'r-9:early:0'],
      ['Found it.', 2, 'r-9:bot:0'],
      ['It is late.', 3, 'r-9:bot:1'],
    ],
  );
});
