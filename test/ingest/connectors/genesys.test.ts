import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genesys } from '../../../ingest/connectors/genesys/genesys.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

const { facts, outcomes } = mapFixture(genesys, 'details.json');
const [call, mail] = of(facts, 'thread');

test('segments become the path of the call: menu, queue, agent, hold, wrap-up', () => {
  assert.deepEqual(
    of(facts, 'event')
      .filter(({ threadId }) => threadId === call?.id)
      .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
      .map(({ kind, occurredAt, value = '' }) => `${kind} ${occurredAt.toISOString().slice(14, 19)} ${value}`.trim()),
    [
      'started 00:00',
      'status_changed 00:01 flow Main menu TRANSFER',
      'queued 00:20',
      'assigned 00:50',
      'answered 01:00',
      'held 03:00',
      'resumed 04:00',
      'ended 06:00',
      'wrapped_up 06:00',
    ],
  );
});

test('metrics are milliseconds; talking is not counted twice', () => {
  assert.deepEqual(
    of(facts, 'measure')
      .filter(({ threadId }) => threadId === call?.id)
      .map(({ name, value, unit }) => `${name} ${value} ${unit}`),
    [
      'queue_duration 40000 millisecond',
      'ivr_duration 19000 millisecond',
      'offered_count 1 count',
      'talk_duration 210000 millisecond',
      'hold_duration 60000 millisecond',
      'wrap_up_duration 30000 millisecond',
    ],
  );
});

test('the customer has the address that the call came from', () => {
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => `${type} ${value}`),
    ['crm_id genesys:x-9', 'phone +12125550142', 'email bo@example.com'],
  );
});

const conversation = (participants: object[]) => ({
  conversationId: 'c-9',
  conversationStart: '2026-03-05T09:00:00.000Z',
  originatingDirection: 'inbound',
  participants,
});
const party = (purpose: string, session: object) => ({ purpose, sessions: [{ mediaType: 'voice', ...session }] });

test('an address of SIP is no mailbox, and a number outside whom an agent calls is no customer', () => {
  const values = (...participants: object[]) =>
    of(mapDocument(genesys, conversation(participants)).facts, 'handle').map(({ value }) => value);
  assert.deepEqual(values(party('customer', { ani: 'sip:anonymous@anonymous.invalid' })), []);
  assert.deepEqual(values(party('customer', { ani: 'sip:+12125550142@192.0.2.1' })), ['+12125550142']);
  const outside = party('external', { ani: 'tel:+12125550199' });
  assert.deepEqual(values(outside, party('customer', { ani: 'tel:+12125550142' })), ['+12125550142']);
  const callback = party('customer', { mediaType: 'callback', callbackNumbers: ['+12125550143'] });
  assert.deepEqual(values(callback), ['+12125550143']);
  const called = { direction: 'outbound', ani: 'tel:+12125550100', dnis: 'tel:+12125550143' };
  assert.deepEqual(values(party('customer', called)), ['+12125550143'], 'in a conversation that came in');
});

test('a callback that is planned does not make what came before it newer', () => {
  const planned = party('customer', { mediaType: 'callback', callbackScheduledTime: '2026-03-09T09:00:00.000Z' });
  const [thread] = of(mapDocument(genesys, conversation([planned])).facts, 'thread');
  assert.equal(thread?.version, Date.UTC(2026, 2, 5, 9));
});

test('a transcript is said by the side it names, and by whoever of ours was there', () => {
  const start = Date.UTC(2026, 2, 5, 9);
  const phrase = (second: number, participantPurpose: string, text: string) => ({
    text,
    startTimeMs: start + second * 1000,
    duration: { milliseconds: 900 },
    participantPurpose,
    phraseIndex: second,
  });
  const transcript = {
    conversationId: 'c-1',
    communicationId: 's1',
    mediaType: 'call',
    conversationStartTime: start,
    participants: [
      { participantPurpose: 'ivr', startTimeMs: start, endTimeMs: start + 20_000 },
      { participantPurpose: 'agent', userId: 'u-1', startTimeMs: start + 60_000, endTimeMs: start + 330_000 },
    ],
    transcripts: [
      {
        transcriptId: 't1',
        phrases: [
          phrase(2, 'internal', 'press one'),
          phrase(61, 'internal', 'how can i help'),
          { ...phrase(63, 'external', 'my parcel is late'), decoratedText: 'My parcel is late.' },
          { ...phrase(64, 'external', 'hello'), startTimeMs: 64_000 },
        ],
      },
    ],
  };
  const heard = mapDocument(genesys, transcript);
  assert.deepEqual(
    of(heard.facts, 'utterance').map(({ role, text, occurredAt }) => [
      role,
      text,
      occurredAt?.toISOString().slice(14, 19),
    ]),
    [
      ['bot', 'press one', '00:02'],
      ['agent', 'how can i help', '01:01'],
      ['customer', 'My parcel is late.', '01:03'],
      ['customer', 'hello', '01:04'],
    ],
  );
  assert.equal(of(heard.facts, 'thread')[0]?.id, call?.id);
  assert.equal(of(heard.facts, 'agent')[0]?.id, of(facts, 'agent')[0]?.id);
  const silent = mapDocument(genesys, { ...transcript, transcripts: [{ phrases: [] }] });
  assert.deepEqual(silent.outcomes[0]?.reason, 'nobody speaks in the transcript');
});

test('a side that is only named `internal` is an agent’s with a user’s id, and a bot’s with that of a flow', () => {
  const heard = (who: object) =>
    mapDocument(genesys, {
      conversationId: 'c-1',
      mediaType: 'call',
      participants: [{ participantPurpose: 'internal', startTimeMs: 1773140400000, ...who }],
      transcripts: [
        {
          transcriptId: 't1',
          phrases: [{ text: 'hello', startTimeMs: 1773140401000, participantPurpose: 'internal' }],
        },
      ],
    }).facts;
  const [dana] = of(heard({ userId: 'u-1' }), 'utterance');
  assert.equal(dana?.role, 'agent');
  assert.equal(dana?.agentId, of(heard({ userId: 'u-1' }), 'agent')[0]?.id);
  assert.equal(of(heard({ flowId: 'f-1' }), 'utterance')[0]?.role, 'bot');
  assert.equal(of(heard({}), 'utterance')[0]?.role, 'agent');
});

test('messages of a conversation are asked for one by one or in a list', () => {
  const message = {
    conversationId: 'c-1',
    messengerType: 'whatsapp',
    timestamp: '2026-03-05T09:00:00.000Z',
    status: 'delivered',
  };
  const entities = [
    { ...message, id: 'm1', direction: 'inbound', fromAddress: '+13175550123', textBody: 'Hello' },
    {
      ...message,
      id: 'm2',
      direction: 'outbound',
      textBody: 'Press 1',
      normalizedMessage: { originatingEntity: 'Bot' },
    },
    { ...message, id: 'm3', direction: 'outbound', textBody: 'Hi, Dana here', createdBy: { id: 'u-1' } },
    { ...message, id: 'm4', direction: 'inbound', normalizedMessage: { type: 'Event' } },
  ];
  const written = mapDocument(genesys, { entities });
  assert.deepEqual(
    of(written.facts, 'utterance').map(({ role, text }) => [role, text]),
    [
      ['customer', 'Hello'],
      ['bot', 'Press 1'],
      ['agent', 'Hi, Dana here'],
    ],
  );
  assert.deepEqual(
    [of(written.facts, 'thread')[0]?.id, of(written.facts, 'thread')[0]?.channel],
    [call?.id, 'whatsapp'],
  );
  assert.equal(written.outcomes.at(-1)?.status, 'drop');
});

test('a survey that was answered has its promoter score, of which the scale is known', () => {
  const survey = {
    surveyId: 's1',
    surveyStatus: 'Finished',
    surveyPromoterScore: 9,
    oSurveyTotalScore: 85,
    surveyCompletedDate: '2026-03-05T09:00:00.000Z',
  };
  const { facts: asked } = mapDocument(genesys, {
    conversationId: 'c-9',
    conversationStart: '2026-03-05T08:00:00.000Z',
    participants: [{ purpose: 'customer', sessions: [{ mediaType: 'voice', segments: [] }] }],
    surveys: [survey, { ...survey, surveyId: 's2', surveyStatus: 'Sent' }],
  });
  assert.deepEqual(
    of(asked, 'survey').map(({ kind, score, scaleMin, scaleMax }) => [kind, score, scaleMin, scaleMax]),
    [['nps', 9, 0, 10]],
  );
});

test('a contact whose customer gave up is abandoned; what is no contact says why', () => {
  assert.deepEqual([mail?.channel, mail?.status], ['email', 'abandoned']);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ok', 'ok', 'reject', 'reject'],
  );
  assertReasons([{ facts, outcomes }]);
});

test('real conversations map, one of them without its end and with short days', withPayloads('voice-genesys'), () => {
  const mapped = [1, 2].map((number) => {
    const name = `blueprint-conversation-${number}.json`;
    return mapFile(genesys, name, readPayload('voice-genesys', name))[0]!;
  });
  assert.deepEqual(countOutcomes(mapped), { ok: 2 });
  const seen = mapped.map((each) => {
    const [thread] = of(each.facts, 'thread');
    const answered = of(each.facts, 'event').find(({ kind }) => kind === 'answered');
    const talk = of(each.facts, 'measure').find(({ name }) => name === 'talk_duration');
    return `${thread?.channel} ${thread?.direction} ${thread?.status} ${answered?.occurredAt.toISOString()} ${talk?.value}`;
  });
  assert.deepEqual(seen, [
    'chat inbound closed 2021-04-01T12:28:04.569Z 374561',
    'chat inbound open 2021-04-02T15:30:57.809Z 923484',
  ]);
});

test('an agent whose phone rang in vain has transferred nothing', () => {
  const segment = (segmentType: string, disconnectType: string) => ({
    segmentType,
    disconnectType,
    segmentStart: '2026-03-05T09:00:10.000Z',
    segmentEnd: '2026-03-05T09:00:20.000Z',
  });
  const kinds = (...segments: object[]) => {
    const agent = { userId: 'u-1', ...party('agent', { segments }) };
    const { facts: each } = mapDocument(genesys, conversation([party('customer', {}), agent]));
    return of(each, 'event').map(({ kind }) => kind);
  };
  assert.deepEqual(kinds(segment('alert', 'transfer.noanswer')), ['started', 'assigned']);
  assert.deepEqual(kinds(segment('interact', 'transfer')), ['started', 'answered', 'transferred']);
});

test('a conversation of the live API is the one that analytics shows later', () => {
  const live = mapFixture(genesys, 'live.json').facts;
  const [thread] = of(live, 'thread');
  assert.deepEqual(
    [thread?.id, thread?.channel, thread?.direction, thread?.status],
    [call?.id, 'voice', 'inbound', 'closed'],
  );
  const ids = of(facts, 'event').map(({ id }) => id);
  assert.deepEqual(
    of(live, 'event').map(({ kind, id }) => [kind, ids.includes(id)]),
    [
      ['started', true],
      ['ended', true],
      ['answered', true],
    ],
  );
  assert.deepEqual(
    of(live, 'handle').map(({ value }) => value),
    ['genesys:x-9', '+12125550142'],
  );
  const alone = [party('customer', {})].map((each) => ({ ...each, calls: [{ direction: 'inbound' }] }));
  const unanswered = {
    id: 'c-2',
    startTime: '2026-03-05T09:00:00Z',
    endTime: '2026-03-05T09:01:00Z',
    participants: alone,
  };
  const waiting = of(mapDocument(genesys, { entities: [unanswered] }).facts, 'thread')[0];
  assert.deepEqual([waiting?.nativeId, waiting?.status], ['c-2', undefined], 'who gave up only analytics tells');
});
