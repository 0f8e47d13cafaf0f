import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genesys } from '../../../ingest/connectors/genesys/genesys.ts';
import { mapDocument, of } from './real-payloads.ts';

const conversationId = '11111111-2222-4333-8444-555555555555';
const start = Date.UTC(2026, 2, 10, 10);
const told = (topicName: string, eventBody: object) =>
  mapDocument(genesys, { topicName, version: '2', eventBody, metadata: { CorrelationId: 'x' } });
const step = (name: string, second: number, more: object = {}) =>
  told(`v2.detail.events.conversation.${conversationId}.${name}`, {
    conversationId,
    eventTime: start + second * 1000,
    sessionId: 's4',
    mediaType: 'VOICE',
    direction: 'INBOUND',
    ani: 'tel:+15550100142',
    queueId: 'q1',
    ...more,
  });

test('steps of a conversation are told one by one, in capitals', () => {
  const facts = [
    step('customer.start', 0, { queueId: undefined }),
    step('acd.start', 20),
    step('user.start', 50, { userId: 'u1' }),
    step('acd.end', 60, { acdOutcome: 'ANSWERED', answeredUserId: 'u1' }),
    step('user.end', 299, { userId: 'u2', disconnectType: 'NO_ANSWER_TRANSFER', interactingDurationMs: 0 }),
    step('user.end', 300, { userId: 'u1', disconnectType: 'CONSULT_TRANSFER', interactingDurationMs: 240_000 }),
    step('acw', 330, { userId: 'u1', wrapupNotes: 'Refund sent' }),
    step('customer.end', 310),
  ].flatMap((each) => each.facts);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(14, 19)}`),
    [
      'started 00:00',
      'queued 00:20',
      'assigned 00:50',
      'answered 01:00',
      'transferred 05:00',
      'wrapped_up 05:30',
      'ended 05:10',
    ],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, visibility, text }) => [role, visibility, text]),
    [['agent', 'internal', 'Refund sent']],
  );
  assert.deepEqual(
    of(facts, 'participant').map(({ role }) => role),
    ['customer'],
  );
  assert.equal(of(step('acd.end', 60, { acdOutcome: 'ABANDON' }).facts, 'thread')[0]?.status, 'abandoned');
  assert.equal(step('flow.start', 1).outcomes[0]?.status, 'drop');
  const [chat] = of(step('customer.start', 0, { mediaType: 'MESSAGE', messageType: 'WHATSAPP' }).facts, 'thread');
  assert.equal(chat?.channel, 'whatsapp');
});

test('what is heard while a call lasts counts once it is final', () => {
  const heard = (utteranceId: string, channel: string, isFinal: boolean, transcript: string) => ({
    utteranceId,
    channel,
    isFinal,
    alternatives: [{ offsetMs: 2000, durationMs: 800, transcript }],
  });
  const body = {
    conversationId,
    communicationId: 's1',
    eventTime: '2026-03-10T10:00:09.000Z',
    transcriptionStartTimeMs: start,
  };
  const topic = `v2.conversations.${conversationId}.transcription`;
  const transcripts = [
    heard('1', 'EXTERNAL', false, 'my par'),
    heard('1', 'EXTERNAL', true, 'my parcel is late'),
    heard('2', 'INTERNAL', true, 'let me see'),
    heard('3', 'BOTH', true, 'hm'),
  ];
  assert.deepEqual(
    of(told(topic, { ...body, transcripts }).facts, 'utterance').map(({ role, text, occurredAt }) => [
      role,
      text,
      occurredAt?.toISOString().slice(14, 19),
    ]),
    [
      ['customer', 'my parcel is late', '00:02'],
      ['agent', 'let me see', '00:02'],
      [undefined, 'hm', '00:02'],
    ],
  );
  assert.equal(told(topic, { ...body, transcripts: null }).outcomes[0]?.status, 'drop');
});

test('a notified conversation began with whoever was there first; a supervisor who listens has not answered it', () => {
  const call = (id: string, minute: number) => ({
    id,
    state: 'connected',
    direction: 'inbound',
    connectedTime: `2026-03-10T10:0${minute}:00.000Z`,
  });
  const party = (purpose: string, minute: number, more: object) => ({
    purpose,
    connectedTime: `2026-03-10T10:0${minute}:00.000Z`,
    calls: [call(`s${minute}`, minute)],
    ...more,
  });
  const { facts } = told(`v2.users.${conversationId}.conversations`, {
    id: conversationId,
    inactivityTimeout: '2027-01-01T00:00:00.000Z',
    participants: [
      party('customer', 0, { address: 'tel:+15550100142' }),
      party('agent', 1, { userId: 'u1', wrapup: { notes: 'Refund sent', endTime: '2026-03-10T10:05:30.000Z' } }),
      party('user', 2, { userId: 'u9', monitoredParticipantId: 'p2' }),
    ],
  });
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.startedAt?.getTime(), thread?.status, thread?.version],
    [start, 'open', Date.UTC(2026, 2, 10, 10, 5, 30)],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(14, 16)}`),
    ['answered 01'],
  );
  assert.equal(of(facts, 'utterance')[0]?.text, 'Refund sent');
});

test('analytics writes transfers in one word, and has what agents note and the subject of an e-mail', () => {
  const segment = (segmentType: string, more: object) => ({
    segmentType,
    segmentStart: '2026-03-10T10:00:10.000Z',
    segmentEnd: '2026-03-10T10:00:20.000Z',
    ...more,
  });
  const session = (sessionId: string, ...segments: object[]) => ({ mediaType: 'email', sessionId, segments });
  const { facts } = mapDocument(genesys, {
    conversationId,
    conversationStart: '2026-03-10T10:00:00.000Z',
    participants: [
      {
        purpose: 'customer',
        sessions: [{ mediaType: 'cobrowse' }, session('s1', segment('interact', { subject: 'Late' }))],
      },
      {
        purpose: 'agent',
        userId: 'u1',
        sessions: [
          session(
            's4',
            segment('interact', { disconnectType: 'consultTransfer' }),
            segment('wrapup', { wrapUpNote: 'Refund sent' }),
          ),
        ],
      },
      {
        purpose: 'user',
        userId: 'u9',
        sessions: [{ ...session('s9', segment('interact', {})), monitoredParticipantId: 'p' }],
      },
    ],
  });
  const [thread] = of(facts, 'thread');
  assert.deepEqual([thread?.channel, thread?.subject], ['email', 'Late']);
  assert.deepEqual(
    of(facts, 'event').map(({ kind }) => kind),
    ['started', 'answered', 'wrapped_up', 'transferred'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ text, visibility }) => [text, visibility]),
    [['Refund sent', 'internal']],
  );
});

test('a message has its files among its contents, tells what became of it, and may be taken back', () => {
  const message = {
    id: 'm1',
    conversationId,
    messengerType: 'whatsapp',
    direction: 'outbound',
    timestamp: '2026-03-10T10:00:00.000Z',
    textBody: 'Here it is',
    createdBy: { id: 'u1' },
  };
  const receipt = (status: string, minute: number, more: object = {}) => ({
    type: 'Receipt',
    status,
    channel: { time: `2026-03-10T10:0${minute}:00.000Z` },
    ...more,
  });
  const attachment = { id: 'f1', mediaType: 'File', mime: 'application/pdf', filename: 'a.pdf', contentSizeBytes: 9 };
  const { facts } = mapDocument(genesys, {
    ...message,
    normalizedMessage: { type: 'Structured', content: [{ contentType: 'Attachment', attachment }] },
    normalizedReceipts: [receipt('Delivered', 1), receipt('Failed', 2, { reasons: [{ message: 'blocked' }] })],
    status: 'delivery-failed',
  });
  assert.deepEqual(of(facts, 'utterance')[0]?.media, [
    { mediaId: 'f1', mimeType: 'application/pdf', name: 'a.pdf', byteSize: 9 },
  ]);
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, occurredAt }) => [kind, value, occurredAt.toISOString().slice(14, 16)]),
    [
      ['delivered', undefined, '01'],
      ['failed', 'blocked', '02'],
    ],
  );
  const failed = mapDocument(genesys, { ...message, status: 'failed' }).facts;
  assert.deepEqual(
    of(failed, 'event').map(({ kind }) => kind),
    ['failed'],
  );
  const removed = mapDocument(genesys, { ...message, status: 'removed', normalizedReceipts: [receipt('Removed', 5)] });
  const [gone] = of(removed.facts, 'utterance');
  assert.deepEqual([gone?.text, gone?.deletedAt?.toISOString().slice(14, 16)], [undefined, '05']);
});
