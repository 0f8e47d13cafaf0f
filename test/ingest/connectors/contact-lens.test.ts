import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contactLens } from '../../../ingest/connectors/contact-lens/contact-lens.ts';
import { recordId } from '../../../ingest/record-id.ts';
import type { Fact } from '../../../ingest/records.ts';
import { stateAfter } from '../contract.ts';
import { mapFile, mapFixture } from './fixture.ts';
import { assertReasons, countOutcomes, mapDocument, of, readPayload, withPayloads } from './real-payloads.ts';

const fixture = (name: string, settings = {}) => mapFixture(contactLens, name, settings);
const thread = (name: string) => of(fixture(name).facts, 'thread')[0]!;
const eventsOf = (facts: readonly Fact[]) =>
  of(facts, 'event').map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(11, 19)}`);
const measuresOf = (facts: readonly Fact[]) =>
  Object.fromEntries(of(facts, 'measure').map(({ name, value, unit }) => [name, `${value} ${unit}`]));
const threadId = (number: number) => recordId('thread', 'contact-lens', `c0000000-0000-4000-8000-00000000000${number}`);

describe('a contact record', () => {
  test('tells queue, answer, end and after-contact work with their times', () => {
    assert.deepEqual(eventsOf(fixture('record-answered.json').facts), [
      'started 09:00:00',
      'queued 09:00:40',
      'answered 09:01:10',
      'ended 09:04:55',
      'wrapped_up 09:05:40',
    ]);
  });

  test('gives Amazon’s own durations, in seconds', () => {
    assert.deepEqual(measuresOf(fixture('record-answered.json').facts), {
      queue_duration: '30 second',
      agent_interaction_duration: '200 second',
      hold_duration: '25 second',
      longest_hold_duration: '20 second',
      after_contact_work_duration: '45 second',
      holds: '2 count',
      agent_connection_attempts: '2 count',
    });
  });

  test('gives an agent the full name that the settings know for the user name', () => {
    const { facts } = fixture('record-answered.json', { agentNames: { dana: 'Dana Whitfield' } });
    assert.deepEqual(
      of(facts, 'agent').map(({ name }) => name),
      ['Dana Whitfield'],
    );
  });

  test('names agent, team and queue, customer and line', () => {
    const { facts } = fixture('record-answered.json');
    assert.deepEqual(
      of(facts, 'agent').map(({ name, team }) => [name, team]),
      [['dana', 'Orders team']],
    );
    assert.deepEqual(
      of(facts, 'queue').map(({ name }) => name),
      ['Orders'],
    );
    assert.deepEqual(
      of(facts, 'participant').map(({ role }) => role),
      ['customer', 'system'],
    );
    assert.deepEqual(
      of(facts, 'handle').map(({ value }) => value),
      ['+12125550142', '+12125550100'],
    );
  });

  test('of a transfer is linked to the contact it continues, and has no direction of its own', () => {
    const links = of(fixture('record-transfer.json').facts, 'link');
    assert.ok(
      links.length > 0 && links.every((link) => link.threadId === threadId(2) && link.otherThreadId === threadId(1)),
    );
    assert.equal(thread('record-transfer.json').direction, undefined);
    assert.equal(of(fixture('record-answered.json').facts, 'link')[0]?.otherThreadId, threadId(2));
  });

  test('is abandoned where the customer left the queue, not where the flow ended the call', () => {
    assert.equal(thread('record-abandoned.json').status, 'abandoned');
    assert.ok(eventsOf(fixture('record-abandoned.json').facts).includes('abandoned 10:02:00'));
    assert.equal(thread('record-overflow.json').status, 'closed');
    assert.ok(!eventsOf(fixture('record-overflow.json').facts).some((event) => event.startsWith('abandoned')));
  });

  test('of a chat has a customer in the attributes that the settings name', () => {
    const settings = { attributes: { customerEmail: 'email' } };
    assert.deepEqual(
      of(fixture('record-chat.json', settings).facts, 'handle').map(({ type, value }) => [type, value]),
      [['email', 'ana.roy@example.com']],
    );
    assert.deepEqual(of(fixture('record-chat.json').facts, 'handle'), []);
    assert.equal(thread('record-chat.json').direction, 'inbound', 'the customer starts a chat through the API');
  });

  test('of a call that could not be placed failed', () => {
    assert.deepEqual(eventsOf(fixture('record-outbound-failed.json').facts), ['started 12:00:00', 'failed 12:00:20']);
  });

  test('of a task, or of a supervisor who listens in, is no contact', () => {
    const monitor = { ContactId: 'c-9', Channel: 'VOICE', InitiationMethod: 'MONITOR', InitialContactId: 'c-8' };
    assert.deepEqual(mapDocument(contactLens, monitor).outcomes, [{ nativeKind: 'record.MONITOR', status: 'ignored' }]);
    assert.deepEqual(fixture('record-task.json').outcomes, [{ nativeKind: 'record.TASK', status: 'ignored' }]);
  });
});

test('a contact event tells the same events early, and the record adds to them', async () => {
  const [event, record] = [fixture('event-connected.json').facts, fixture('record-answered.json').facts];
  assert.deepEqual(eventsOf(event), ['started 09:00:00', 'queued 09:00:40', 'answered 09:01:10']);
  assert.deepEqual(await stateAfter([event, record]), await stateAfter([record]), 'nothing is there twice');
});

test('what agents do between contacts is counted, and new kinds of notice are kept', () => {
  assert.equal(fixture('agent-event.json').outcomes[0]?.status, 'ignored');
  assert.deepEqual(fixture('unknown.json').outcomes, [
    { nativeKind: 'Contact Lens Analysis State Change', status: 'unknown' },
  ]);
});

test('an agent whose resource name is cut off is known by the name they sign in with', () => {
  const { facts } = mapDocument(contactLens, {
    ContactId: 'c0000000-0000-4000-8000-000000000001',
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: '2026-03-05T09:00:00Z',
    Agent: {
      ARN: 'arn:aws:connect:eu-west-1:111122223333:instance/aaaaaaaa-0000-4000-8000-000000000001/',
      Username: 'dana',
    },
  });
  assert.deepEqual(
    of(facts, 'agent').map(({ id, nativeId }) => [id, nativeId]),
    [[recordId('agent', 'contact-lens', 'dana'), 'dana']],
  );
  assert.equal(of(facts, 'thread')[0]?.agentId, recordId('agent', 'contact-lens', 'dana'));
});

test('an answer of the API is the same contact, with its times in seconds since 1970', () => {
  const instance = 'arn:aws:connect:eu-west-1:111122223333:instance/aaaaaaaa-0000-4000-8000-000000000001';
  const Contact = {
    Arn: `${instance}/contact/c0000000-0000-4000-8000-000000000001`,
    Id: 'c0000000-0000-4000-8000-000000000001',
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: 1772701200,
    QueueInfo: { Id: 'dddddddd-0000-4000-8000-000000000001', EnqueueTimestamp: 1772701240 },
    AgentInfo: { Id: 'eeeeeeee-0000-4000-8000-000000000001', ConnectedToAgentTimestamp: 1772701270 },
  };
  const event = fixture('event-connected.json').facts;
  for (const document of [{ Contact }, { Contacts: [Contact], TotalCount: 1 }]) {
    const { facts } = mapDocument(contactLens, document);
    assert.deepEqual(eventsOf(facts), eventsOf(event));
    assert.deepEqual(
      [
        of(facts, 'thread')[0]?.id,
        of(facts, 'thread')[0]?.account,
        of(facts, 'agent')[0]?.id,
        of(facts, 'queue')[0]?.id,
      ],
      [
        of(event, 'thread')[0]?.id,
        of(event, 'thread')[0]?.account,
        of(event, 'agent')[0]?.id,
        of(event, 'queue')[0]?.id,
      ],
    );
  }
});

test('whom an agent consults outside is no customer; an e-mail that answers is ours', () => {
  const contact = (InitiationMethod: string, Channel: string) =>
    mapDocument(contactLens, {
      ContactId: 'c-8',
      Channel,
      InitiationMethod,
      InitiationTimestamp: '2026-03-05T09:00:00Z',
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12125550199' },
    }).facts;
  const consult = contact('EXTERNAL_OUTBOUND', 'VOICE');
  assert.deepEqual([of(consult, 'participant'), of(consult, 'thread')[0]?.direction], [[], undefined]);
  assert.equal(of(contact('AGENT_REPLY', 'EMAIL'), 'thread')[0]?.direction, 'outbound');
});

test('what is said while a call lasts is kept, its analysis says it again', () => {
  const segment = { Version: '1.0.0', Channel: 'VOICE', InstanceId: 'i', ContactId: 'c-8' };
  assert.deepEqual(
    [{ EventType: 'STARTED' }, { EventType: 'SEGMENTS', Segments: [] }].flatMap(
      (more) => mapDocument(contactLens, { ...segment, ...more }).outcomes,
    ),
    [
      { nativeKind: 'realtime.STARTED', status: 'ignored' },
      { nativeKind: 'realtime.SEGMENTS', status: 'unknown' },
    ],
  );
});

test('a chat without an analysis has the same messages, from its file, the API or a stream', () => {
  const id = 'c0000000-0000-4000-8000-000000000005';
  const joined = {
    ContentType: 'application/vnd.amazonaws.connect.event.participant.joined',
    ParticipantRole: 'AGENT',
  };
  const said = {
    AbsoluteTime: '2026-03-05T11:00:11.000Z',
    Id: 'i-5',
    ParticipantRole: 'AGENT',
    Type: 'MESSAGE',
    ContentType: 'text/plain',
    Content: 'How can I help?',
  };
  const file = { AbsoluteTime: '2026-03-05T11:00:20.000Z', Id: 'i-7', ParticipantRole: 'CUSTOMER', Type: 'ATTACHMENT' };
  const Attachments = [{ AttachmentId: 'a-1', AttachmentName: 'label.png', ContentType: 'image/png' }];
  const kept = mapDocument(contactLens, {
    Version: '2019-08-26',
    ContactId: id,
    InitialContactId: 'c-0',
    Participants: [],
    Transcript: [said, { ...file, Attachments }],
  });
  const analysed = of(fixture('chat.json').facts, 'utterance');
  assert.deepEqual(
    of(kept.facts, 'utterance').map((each) => [each.id, each.threadId, each.role, each.text, each.media?.[0]?.name]),
    ['i-5', 'i-7'].map((own) => {
      const each = analysed.find(({ nativeId }) => nativeId.endsWith(own))!;
      return [each.id, each.threadId, each.role, each.text, each.media?.[0]?.name];
    }),
  );
  assert.equal(of(kept.facts, 'thread')[0]?.channel, 'chat');
  assert.equal(of(kept.facts, 'link')[0]?.evidence, 'first contact of the chain');
  const answer = mapDocument(contactLens, {
    InitialContactId: 'c-0',
    Transcript: [
      { ...said, ContactId: id },
      { ...said, Id: 'i-1', RelatedContactId: 'c-past' },
      { ...joined, Id: 'i-2', Type: 'PARTICIPANT_JOINED', ContactId: id, AbsoluteTime: '2026-03-05T11:00:09.000Z' },
    ],
  });
  const [first, past] = of(answer.facts, 'utterance');
  assert.equal(first?.id, of(kept.facts, 'utterance')[0]?.id);
  assert.equal(past?.threadId, recordId('thread', 'contact-lens', 'c-past'));
  assert.deepEqual(eventsOf(answer.facts), ['answered 11:00:09']);
  const streamed = mapDocument(contactLens, { ...said, ContactId: id, InitialContactId: 'c-0' });
  assert.equal(of(streamed.facts, 'utterance')[0]?.id, first?.id);
});

describe('the analysis of a call', () => {
  test('has turns by role, at their distance from the start in the recording’s name', () => {
    const turns = of(fixture('voice.json').facts, 'utterance');
    assert.deepEqual(
      turns.map(({ role, text, occurredAt, nativeTime }) => [role, text, occurredAt?.toISOString(), nativeTime]),
      [
        ['agent', 'Hello, how can I help?', '2026-03-05T09:01:00.500Z', '500 ms'],
        ['customer', 'I am Ana Roy, my parcel is late.', '2026-03-05T09:01:03.000Z', '3000 ms'],
      ],
    );
    assert.ok(
      turns.every(({ timePrecision }) => timePrecision === 'minute'),
      'the name gives the minute only',
    );
    assert.equal(turns[0]?.threadId, threadId(1));
  });

  test('without that start is taken to have ended when it came', () => {
    const [first] = of(fixture('voice-without-start.json').facts, 'utterance');
    assert.equal(first?.occurredAt?.toISOString(), '2026-10-01T07:59:40.500Z');
    assert.equal(first?.timePrecision, 'receipt');
    assert.equal(of(fixture('voice-without-start.json').facts, 'thread')[0]?.startedAt, undefined);
  });

  test('gives Amazon’s numbers with their units', () => {
    assert.deepEqual(measuresOf(fixture('voice.json').facts), {
      conversation_duration: '20000 millisecond',
      talk_time: '15300 millisecond',
      non_talk_time: '4000 millisecond',
      interruption_time: '700 millisecond',
      interruptions: '1 count',
      talk_time_agent: '6000 millisecond',
      talk_time_customer: '9300 millisecond',
      words_per_minute_agent: '150 count',
      words_per_minute_customer: '120 count',
      sentiment_agent: '0.5 score',
      sentiment_customer: '-2.5 score',
      loudness_agent: '71 score',
      loudness_customer: '83 score',
    });
    assert.deepEqual(thread('voice.json').tags, ['late-parcel']);
  });

  test('in its redacted copy takes names out for good, whichever copy comes first', async () => {
    const copies = [fixture('voice.json').facts, fixture('voice-redacted.json').facts];
    for (const order of [copies, copies.toReversed()]) {
      const state = await stateAfter(order);
      const texts = (state['core.utterance'] as { text: string }[]).map(({ text }) => text).sort();
      assert.deepEqual(texts, ['Hello, how can I help?', 'I am [PII], my parcel is late.']);
    }
  });

  test('that names no contact is refused', () => {
    const { outcomes } = fixture('voice-without-contact.json');
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['reject']);
    assertReasons([fixture('voice-without-contact.json')]);
  });
});

describe('the analysis of a chat', () => {
  const { facts, outcomes } = fixture('chat.json');

  test('has messages by role at their own times', () => {
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, media }) => [role, text ?? media?.[0]?.name]),
      [
        ['bot', 'Hi, I am the assistant.'],
        ['agent', 'How can I help?'],
        ['customer', 'My **parcel** is late'],
        ['customer', 'label.png'],
        ['agent', 'Which order?'],
      ],
    );
    assert.ok(of(facts, 'utterance').every(({ timePrecision }) => timePrecision === 'millisecond'));
  });

  test('is answered when an agent joins, and ends', () => {
    assert.deepEqual(eventsOf(facts), ['joined 11:00:00', 'answered 11:00:09', 'left 11:00:58', 'ended 11:01:00']);
    assert.equal(outcomes.filter(({ status }) => status === 'drop').length, 1, 'typing says nothing');
  });

  test('gives sentiment and response times', () => {
    assert.deepEqual(measuresOf(facts), {
      agent_greeting_time: '2000 millisecond',
      sentiment_agent: '1.5 score',
      sentiment_customer: '-1 score',
      sentiment_begin_customer: '-3 score',
      sentiment_end_customer: '2 score',
      response_time_average_agent: '4000 millisecond',
      response_time_maximum_agent: '6000 millisecond',
    });
  });
});

describe('real payloads', withPayloads('voice-amazon-connect'), () => {
  const mapped = (name: string) => mapFile(contactLens, name, readPayload('voice-amazon-connect', name));

  test('a contact record', () => {
    const [{ facts, outcomes }] = mapped('index-37540155843-ctr.json') as [ReturnType<typeof mapped>[0]];
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok'],
    );
    assert.deepEqual(eventsOf(facts), [
      'started 14:59:38',
      'queued 15:00:42',
      'answered 15:00:49',
      'ended 15:01:22',
      'wrapped_up 15:01:54',
    ]);
    const measures = measuresOf(facts);
    assert.equal(measures.queue_duration, '7 second');
    assert.equal(measures.agent_interaction_duration, '33 second');
    assert.equal(measures.after_contact_work_duration, '32 second');
  });

  test('a chat', () => {
    const chat = mapped('aws-docs-contact-lens-example-output-files-chat-2.json');
    assert.deepEqual(countOutcomes(chat), { ok: 36 });
    const { facts } = chat[0]!;
    const roles = of(facts, 'utterance').map(({ role }) => role);
    const count = (role: string) => roles.filter((each) => each === role).length;
    assert.deepEqual([count('system'), count('agent'), count('customer')], [3, 14, 14]);
    assert.equal(measuresOf(facts).response_time_maximum_customer, '11366 millisecond');
    assert.deepEqual(eventsOf(facts), ['joined 03:31:50', 'answered 03:32:00', 'left 03:34:42', 'ended 03:34:43']);
  });

  test('the calls of the documentation are no JSON, and are refused before they come here', () => {
    for (const number of [1, 2])
      assert.throws(() => mapped(`aws-docs-contact-lens-example-output-files-${number}.json`), /invalid JSON/);
  });
});
