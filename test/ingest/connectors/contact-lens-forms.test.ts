import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contactLens } from '../../../ingest/connectors/contact-lens/contact-lens.ts';
import { mapDocument, of } from './real-payloads.ts';

describe('what carries a document', () => {
  const id = 'c0000000-0000-4000-8000-000000000009';
  const said = {
    AbsoluteTime: '2026-03-05T11:00:11.000Z',
    Id: 'i-1',
    ContactId: id,
    ParticipantRole: 'SYSTEM',
    DisplayName: 'BOT',
    Type: 'MESSAGE',
    ContentType: 'text/plain',
    Content: 'Which order is it?',
  };

  test('is taken off: a notification, and the batches of a function', () => {
    const text = JSON.stringify(said);
    const carried = [
      { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:chats', Message: text },
      { Records: [{ EventSource: 'aws:sns', Sns: { Message: text } }] },
      { Records: [{ eventSource: 'aws:kinesis', kinesis: { data: Buffer.from(text).toString('base64') } }] },
    ];
    for (const document of carried)
      assert.deepEqual(mapDocument(contactLens, document).facts, mapDocument(contactLens, said).facts);
    const asked = { Type: 'SubscriptionConfirmation', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:chats' };
    assert.equal(mapDocument(contactLens, asked).outcomes[0]?.status, 'ignored');
  });

  test('leaves a bot of Amazon Lex, which speaks as the system, a bot', () => {
    const roles = ['BOT', 'SYSTEM_MESSAGE'].map(
      (DisplayName) => of(mapDocument(contactLens, { ...said, DisplayName }).facts, 'utterance')[0]?.role,
    );
    assert.deepEqual(roles, ['bot', 'system']);
  });

  test('an agent who joins answers, a supervisor who joins does not', () => {
    const joined = 'application/vnd.amazonaws.connect.event.participant.joined';
    const kinds = ['AGENT', 'SUPERVISOR'].map(
      (ParticipantRole) =>
        of(mapDocument(contactLens, { ...said, Type: 'EVENT', ContentType: joined, ParticipantRole }).facts, 'event')[0]
          ?.kind,
    );
    assert.deepEqual(kinds, ['answered', 'joined']);
  });

  test('may be the question of a flow, which tells of the contact', () => {
    const ContactData = {
      ContactId: id,
      Channel: 'VOICE',
      InitiationMethod: 'INBOUND',
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12125550142' },
      Queue: null,
    };
    const { facts } = mapDocument(contactLens, { Name: 'ContactFlowEvent', Details: { ContactData, Parameters: {} } });
    assert.deepEqual([of(facts, 'thread')[0]?.direction, of(facts, 'handle')[0]?.value], ['inbound', '+12125550142']);
  });
});

test('a contact event names its subtype and endpoints in small letters', () => {
  const detail = {
    eventType: 'INITIATED',
    contactId: 'c-10',
    channel: 'CHAT',
    initiationMethod: 'API',
    initiationTimestamp: '2026-03-05T09:00:00.000Z',
    customerEndpoint: { type: 'TELEPHONE_NUMBER', address: '+12125550142' },
    segmentAttributes: { 'connect:Subtype': { valueString: 'connect:SMS' } },
  };
  const { facts } = mapDocument(contactLens, { 'detail-type': 'Amazon Connect Contact Event', detail });
  assert.deepEqual([of(facts, 'thread')[0]?.channel, of(facts, 'handle')[0]?.value], ['sms', '+12125550142']);
  const matched = { 'detail-type': 'Contact Lens Post Call Rules Matched', detail: { ruleName: 'Late parcel' } };
  assert.equal(mapDocument(contactLens, matched).outcomes[0]?.status, 'ignored');
});

test('a call we place is answered when the customer picks up, and not when the agent waits for it', () => {
  const answered = (ConnectedToSystemTimestamp: string | null) =>
    of(
      mapDocument(contactLens, {
        ContactId: 'c-11',
        Channel: 'VOICE',
        InitiationMethod: 'OUTBOUND',
        InitiationTimestamp: '2026-03-05T09:00:00Z',
        ConnectedToSystemTimestamp,
        DisconnectTimestamp: '2026-03-05T09:05:00Z',
        Agent: { Username: 'dana', ConnectedToAgentTimestamp: '2026-03-05T09:00:02Z' },
      }).facts,
      'event',
    ).flatMap(({ kind, occurredAt }) => (kind === 'answered' ? [occurredAt.toISOString().slice(14, 19)] : []));
  assert.deepEqual(answered('2026-03-05T09:00:20Z'), ['00:20']);
  assert.deepEqual(answered(null), []);
});

test('a contact of the API is one without its wrapping too', () => {
  const { facts } = mapDocument(contactLens, {
    Id: 'c-12',
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: '2026-03-05T09:00:00Z',
    AgentInfo: { Id: 'a-1', ConnectedToAgentTimestamp: '2026-03-05T09:00:30Z' },
  });
  assert.deepEqual([of(facts, 'thread')[0]?.nativeId, of(facts, 'agent')[0]?.nativeId], ['c-12', 'a-1']);
});

test('who presses a button of an interactive message says its name', () => {
  const pressed = (content: object) =>
    of(
      mapDocument(contactLens, {
        ContactId: 'c-1',
        AbsoluteTime: '2026-03-05T11:00:11.000Z',
        Id: 'i-1',
        ParticipantRole: 'CUSTOMER',
        Type: 'MESSAGE',
        ContentType: 'application/vnd.amazonaws.connect.message.interactive.response',
        Content: JSON.stringify(content),
      }).facts,
      'utterance',
    )[0]?.text;
  const data = { actionName: 'SHOW_MORE', templateType: 'ListPicker', listId: 'services' };
  assert.equal(pressed({ version: '1.0', data, action: 'SHOW_MORE' }), 'SHOW_MORE');
  assert.equal(pressed({ templateType: 'ListPicker', version: '1.0', action: 'Billing', data: {} }), 'Billing');
});

test('a call that could not be placed failed; a guide for an agent is no chat; a sink of a stream sends batches', () => {
  const contact = {
    ContactId: 'c-1',
    Channel: 'VOICE',
    InitiationMethod: 'OUTBOUND',
    InitiationTimestamp: '2026-03-05T11:00:00Z',
    DisconnectTimestamp: '2026-03-05T11:00:30Z',
    DisconnectReason: 'OUTBOUND_DESTINATION_ENDPOINT_ERROR',
  };
  const data = Buffer.from(JSON.stringify(contact)).toString('base64');
  const { facts } = mapDocument(contactLens, { requestId: 'r-1', timestamp: 1, records: [{ data }] });
  assert.equal(of(facts, 'thread')[0]?.status, 'failed');
  const SegmentAttributes = { 'connect:Subtype': { ValueString: 'connect:Guide' } };
  const guide = mapDocument(contactLens, { ...contact, Channel: 'CHAT', SegmentAttributes });
  assert.equal(guide.outcomes[0]?.status, 'ignored');
});

test('a summary does not say whether a contact that nobody answered moved on or gave up', () => {
  const summary = {
    Id: 'c-10',
    Arn: 'arn:aws:connect:eu-west-1:111122223333:instance/i1/contact/c-10',
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: 1772701200,
    DisconnectTimestamp: 1772701290,
    QueueInfo: { Id: 'q1', EnqueueTimestamp: 1772701210 },
  };
  const told = (contact: object) => {
    const { facts } = mapDocument(contactLens, { Contacts: [contact] });
    return [of(facts, 'thread')[0]?.status, of(facts, 'event').map(({ kind }) => kind)];
  };
  assert.deepEqual(told(summary), ['closed', ['started', 'queued', 'ended']]);
  assert.deepEqual(told({ ...summary, DisconnectReason: 'CUSTOMER_DISCONNECT' }), [
    'abandoned',
    ['started', 'queued', 'abandoned', 'ended'],
  ]);
});

test('a call of ours that reached nobody was missed or failed; a caller who cancels has given up', () => {
  const told = (InitiationMethod: string, DisconnectReason: string, more: object = {}) => {
    const { facts } = mapDocument(contactLens, {
      ContactId: 'c-11',
      Channel: 'VOICE',
      InitiationMethod,
      InitiationTimestamp: '2026-03-05T09:00:00Z',
      DisconnectTimestamp: '2026-03-05T09:00:30Z',
      DisconnectReason,
      Agent: null,
      Queue: null,
      NextContactId: null,
      ...more,
    });
    return [of(facts, 'thread')[0]?.status, of(facts, 'event').at(1)?.kind];
  };
  assert.deepEqual(told('OUTBOUND', 'TELECOM_BUSY'), ['failed', 'missed']);
  assert.deepEqual(told('CALLBACK', 'TELECOM_UNANSWERED'), ['failed', 'missed']);
  assert.deepEqual(told('API', 'TELECOM_NUMBER_INVALID'), ['failed', 'failed']);
  const reached = { ConnectedToSystemTimestamp: '2026-03-05T09:00:10Z' };
  assert.deepEqual(told('API', 'TELECOM_PROBLEM', reached), ['closed', 'ended']);
  assert.deepEqual(told('INBOUND', 'TELECOM_PROBLEM'), ['closed', 'ended']);
  assert.deepEqual(told('INBOUND', 'TELECOM_ORIGINATOR_CANCEL'), ['abandoned', 'abandoned']);
});
