import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genaiAgent } from '../../../ingest/connectors/genai-agent/genai-agent.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, of } from './real-payloads.ts';

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

test('a request with its response says the same in both APIs, and hands over by its tools', () => {
  const conversation = 'c-7';
  const chat = mapDocument(genaiAgent, {
    conversation_id: conversation,
    request: { messages: [{ role: 'user', content: 'Where is my order?' }] },
    response: { created: 1_772_701_200, choices: [{ message: { role: 'assistant', content: 'On its way.' } }] },
  });
  const output = [
    { type: 'reasoning', summary: [] },
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'On its way.' }] },
    { type: 'function_call', name: 'transfer_to_human', arguments: '{}' },
  ];
  const responses = mapDocument(genaiAgent, {
    request: { input: 'Where is my order?' },
    response: { object: 'response', created_at: 1_772_701_200, conversation: { id: conversation }, output },
  });
  const said = ({ facts }: typeof chat) => of(facts, 'utterance').map(({ id, role, text }) => [id, role, text]);
  assert.deepEqual(said(responses), said(chat));
  assert.equal(said(chat).length, 2);
  assert.deepEqual(
    of(responses.facts, 'event').map(({ kind, value }) => [kind, value]),
    [['handed_over', 'transfer_to_human']],
  );
});

test('a message may have its words in parts', () => {
  const part = (text: string) => [{ type: 'step-start' }, { type: 'text', text }];
  const { facts } = mapDocument(genaiAgent, {
    conversation_id: 'c-8',
    messages: [
      { id: 'm1', role: 'user', parts: part('Is it late?'), createdAt: '2026-03-05T09:00:00.000Z' },
      { id: 'm2', role: 'assistant', parts: part('Tomorrow.'), createdAt: '2026-03-05T09:00:02.000Z' },
    ],
  });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [
      ['customer', 'Is it late?', '2026-03-05T09:00:00.000Z'],
      ['bot', 'Tomorrow.', '2026-03-05T09:00:02.000Z'],
    ],
  );
});

test('words in an older form of the conventions are kept, not ignored', () => {
  const kinds = [
    { name: 'chat', attributes: { 'gen_ai.system': 'openai', 'gen_ai.prompt.0.content': 'Where is it?' } },
    { eventName: 'gen_ai.user.message', attributes: { 'gen_ai.system': 'openai' }, body: { content: 'Where is it?' } },
    { name: 'chat', attributes: { 'gen_ai.prompt': 'user: Where is it?' } },
    { name: 'embeddings', attributes: { 'gen_ai.system': 'openai' } },
  ].flatMap((record) => mapDocument(genaiAgent, record).outcomes.map(({ status }) => status));
  assert.deepEqual(kinds, ['reject', 'reject', 'unknown', 'ignored'], 'whose an exchange is must be told');
});

test('messages of one call that come as records of their own are one exchange', () => {
  const record = (eventName: string, second: number, body: object) => ({
    eventName,
    body,
    traceId: 't',
    spanId: 's',
    timeUnixNano: `${1_772_701_200 + second}000000000`,
    attributes: { 'session.id': 's-1' },
  });
  const logRecords = [
    record('gen_ai.system.message', 0, { content: 'Be kind.' }),
    record('gen_ai.user.message', 0, { content: 'Where is it?' }),
    record('gen_ai.choice', 2, { index: 0, message: { content: 'On its way.' } }),
    record('gen_ai.choice', 2, { index: 1, message: { content: 'It comes.' } }),
  ];
  const { facts } = mapDocument(genaiAgent, { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.getTime()]),
    [
      ['customer', 'Where is it?', 1_772_701_200_000],
      ['bot', 'On its way.', 1_772_701_202_000],
    ],
    'of several choices one was given',
  );
});

test('other forms of an exchange are the same: JSON in an event, OpenInference, the AI SDK, blocks of content', () => {
  const span = { spanId: 's', startTimeUnixNano: '1772701200000000000' };
  const content = (message: object) => ({ 'gen_ai.event.content': JSON.stringify(message) });
  const events = [
    { name: 'gen_ai.user.message', attributes: content({ role: 'user', content: 'Hi' }) },
    { name: 'gen_ai.choice', attributes: content({ index: 0, message: { role: 'assistant', content: 'Hello' } }) },
  ];
  const numbered = { 'llm.input_messages.0.message.role': 'user', 'llm.input_messages.0.message.content': 'Hi' };
  const said = { 'llm.output_messages.0.message.role': 'assistant', 'llm.output_messages.0.message.content': 'Hello' };
  const blocks = { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] };
  const sdk = {
    'gen_ai.system': 'openai',
    'ai.telemetry.metadata.sessionId': 's-2',
    'ai.prompt.messages': JSON.stringify([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]),
    'ai.response.text': 'Hello',
  };
  const forms = [
    { ...span, attributes: { 'session.id': 's-2' }, events },
    { ...span, attributes: { 'session.id': 's-2', ...numbered, ...said }, events },
    { ...span, attributes: sdk },
    { session_id: 's-2', request: { messages: [{ role: 'user', content: 'Hi' }] }, response: blocks },
  ].map((document) => of(mapDocument(genaiAgent, document).facts, 'utterance').map(({ id, role }) => [id, role]));
  assert.deepEqual(
    forms[0]?.map(([, role]) => role),
    ['customer', 'bot'],
  );
  assert.deepEqual(forms.slice(1), [forms[0], forms[0], forms[0]]);
  const call = { type: 'tool_use', name: 'transfer_to_human', input: {} };
  const handed = { session_id: 's-2', request: { messages: [] }, response: { ...blocks, content: [call] } };
  assert.equal(of(mapDocument(genaiAgent, handed).facts, 'event')[0]?.kind, 'handed_over');
  const other = { type: 'tool_use', name: 'transfer_to_agent', input: { agent_name: 'billing' } };
  const kept = { ...handed, response: { ...blocks, content: [other] } };
  assert.deepEqual(of(mapDocument(genaiAgent, kept).facts, 'event'), [], 'another program goes on');
});

test('messages of a thread stand in it; numbered attributes are an exchange of older telemetry', () => {
  const message = {
    id: 'msg_1',
    object: 'thread.message',
    created_at: 1_772_701_200,
    thread_id: 'thread_1',
    role: 'user',
    content: [{ type: 'text', text: { value: 'Where is it?', annotations: [] } }],
  };
  const listed = mapDocument(genaiAgent, { object: 'list', data: [message] }).facts;
  assert.deepEqual(
    of(listed, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.getTime()]),
    [['customer', 'Where is it?', 1_772_701_200_000]],
  );
  const span = {
    spanId: 's',
    startTimeUnixNano: '1772701200000000000',
    endTimeUnixNano: '1772701202000000000',
    attributes: {
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Hi',
      'gen_ai.completion.0.content': 'Hello',
      'traceloop.association.properties.session_id': 's-1',
    },
  };
  assert.deepEqual(
    of(mapDocument(genaiAgent, span).facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Hi'],
      ['bot', 'Hello'],
    ],
  );
  const request = { spanId: 'h', startTimeUnixNano: '1', attributes: { 'http.request.method': 'POST' } };
  assert.equal(mapDocument(genaiAgent, request).outcomes[0]?.status, 'ignored');
});

test('an answer may be a refusal or spoken; a request names its conversation by its id alone', () => {
  const answered = (message: object) =>
    of(
      mapDocument(genaiAgent, {
        request: { conversation: 'conv_1', input: 'Hi' },
        response: { created: 1_772_701_200, choices: [{ message: { role: 'assistant', content: null, ...message } }] },
      }).facts,
      'utterance',
    ).map(({ text }) => text);
  assert.deepEqual(answered({ refusal: 'I cannot' }), ['Hi', 'I cannot']);
  assert.deepEqual(answered({ audio: { transcript: 'Hello' } }), ['Hi', 'Hello']);
});
