import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { twilioVoice } from '../../../ingest/connectors/twilio-voice/twilio-voice.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFile, mapFixture } from './fixture.ts';
import {
  assertReasons,
  countOutcomes,
  mapDocument,
  of,
  readPayload,
  receivedAt,
  withPayloads,
} from './real-payloads.ts';

const fixture = (name: string, settings = {}) => mapFixture(twilioVoice, name, settings);
const threadId = (sid: string) => recordId('thread', 'twilio-voice', sid);
const call = (number: number) => `CA${String(number).padStart(32, '0')}`;
const events = (name: string, settings = {}) =>
  of(fixture(name, settings).facts, 'event').map(
    ({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(11, 19)}`,
  );
const measures = (name: string) =>
  of(fixture(name).facts, 'measure').map((measure) => [measure.name, measure.value, measure.unit]);

describe('status callbacks of an inbound call', () => {
  test('name the customer, our line and the direction', () => {
    const { facts } = fixture('inbound-ringing.form');
    const [thread] = of(facts, 'thread');
    assert.equal(thread?.direction, 'inbound');
    assert.equal(thread?.account, '+12125550100');
    const roles = of(facts, 'participant').map(({ role }) => role);
    assert.deepEqual(roles, ['customer', 'system']);
    assert.deepEqual(
      of(facts, 'handle').map(({ value }) => value),
      ['+12125550142', '+12125550100'],
    );
  });

  test('begin and end it; that the call flow picks up is not an answer, unless the settings say so', () => {
    assert.deepEqual(events('inbound-ringing.form'), ['started 09:00:00']);
    assert.deepEqual(events('inbound-answered.form'), []);
    assert.deepEqual(events('inbound-answered.form', { inboundAnsweredBy: 'agent' }), ['answered 09:00:00']);
    assert.deepEqual(events('inbound-completed.form'), ['ended 09:03:10']);
  });

  test('are put in order by their sequence number where they fall into one second', () => {
    const version = (name: string) => of(fixture(name).facts, 'thread')[0]!.version;
    assert.equal(version('inbound-answered.form') - version('inbound-ringing.form'), 1);
  });

  test('give the duration in seconds and the billed duration in minutes', () => {
    assert.deepEqual(measures('inbound-completed.form'), [
      ['call_duration', 190, 'second'],
      ['billed_duration', 4, 'minute'],
    ]);
  });

  test('know no customer behind a withheld number', () => {
    const { facts } = fixture('withheld.form');
    assert.deepEqual(
      of(facts, 'participant').map(({ role }) => role),
      ['system'],
    );
    assert.deepEqual(events('withheld.form'), ['missed 10:00:30']);
  });
});

describe('legs', () => {
  test('are linked to their parent, and an agent answers on hers', () => {
    const { facts } = fixture('dialled-leg.form');
    assert.deepEqual(of(facts, 'link'), [
      { fact: 'link', threadId: threadId(call(2)), otherThreadId: threadId(call(1)), evidence: 'call leg' },
    ]);
    const [agent] = of(facts, 'agent');
    assert.equal(agent?.name, 'dana');
    assert.deepEqual(
      of(facts, 'event').map(({ kind, agentId }) => [kind, agentId]),
      [['answered', agent?.id]],
    );
    assert.deepEqual(of(facts, 'participant'), []);
  });

  test('to a phone have a customer only where our own numbers are known', () => {
    const leg = {
      CallSid: call(9),
      CallStatus: 'ringing',
      Direction: 'outbound-dial',
      From: '+12125550100',
      To: '+12125550142',
    };
    const body = new TextEncoder().encode(new URLSearchParams(leg).toString());
    const customers = (settings: object) =>
      mapFile(twilioVoice, 'leg.form', body, settings).flatMap(({ facts }) =>
        of(facts, 'handle').map(({ value }) => value),
      );
    assert.deepEqual(customers({}), []);
    assert.deepEqual(customers({ numbers: ['+12125550100'] }), ['+12125550142']);
  });

  test('meet in a conference, whose joining is an event and whose muting is not', () => {
    assert.deepEqual(events('conference-join.form'), ['joined 09:00:26']);
    assert.equal(of(fixture('conference-join.form').facts, 'link')[0]?.threadId, threadId(call(2)));
    assert.equal(fixture('conference-mute.form').outcomes[0]?.status, 'drop');
  });
});

test('a call of a SIP trunk comes from the telephone network or goes to it, as its name tells', () => {
  const sides = (direction: string, from: string, to: string) => {
    const { facts } = mapDocument(twilioVoice, {
      CallSid: call(9),
      CallStatus: 'completed',
      Direction: direction,
      From: from,
      To: to,
    });
    const handles = new Map(of(facts, 'handle').map(({ id, value }) => [id, value]));
    return [
      of(facts, 'thread')[0]?.direction,
      ...of(facts, 'participant').map(({ role, handleId }) => `${role} ${handles.get(handleId)}`),
    ];
  };
  assert.deepEqual(sides('trunking-originating', '+12125550142', 'sip:+12125550100@exchange.example.com'), [
    'inbound',
    'customer +12125550142',
    'system +12125550100',
  ]);
  assert.deepEqual(sides('trunking-terminating', '+12125550100', 'sip:+12125550142@shop.pstn.twilio.com'), [
    'outbound',
    'customer +12125550142',
    'system +12125550100',
  ]);
});

test('a page of call resources gives whole calls', () => {
  const { facts } = fixture('calls.json');
  const seen = (number: number) =>
    of(facts, 'event')
      .filter((event) => event.threadId === threadId(call(number)))
      .map(({ kind, occurredAt }) => `${kind} ${occurredAt.toISOString().slice(11, 19)}`);
  assert.deepEqual(seen(1), ['started 09:00:00', 'ended 09:03:10']);
  assert.deepEqual(seen(2), ['started 09:00:20', 'answered 09:00:25', 'ended 09:03:10']);
  assert.deepEqual(seen(7), ['started 11:00:00', 'missed 11:00:30']);
  const directions = of(facts, 'thread').map(({ direction }) => direction);
  assert.deepEqual(
    directions,
    ['inbound', undefined, 'outbound', 'outbound'],
    'a call from an agent’s browser is outbound',
  );
  const waits = of(facts, 'measure').filter(({ name }) => name === 'dial_wait');
  assert.deepEqual(
    waits.map(({ value, unit }) => `${value} ${unit}`),
    ['0 millisecond', '0 millisecond', '1500 millisecond', '0 millisecond'],
  );
});

describe('a caller in a queue', () => {
  test('has waited since the queue time before the request', () => {
    const [event] = of(fixture('queue-waiting.form').facts, 'event');
    assert.equal(event?.kind, 'queued');
    assert.equal(receivedAt.getTime() - event!.occurredAt.getTime(), 5000);
    assert.equal(event?.timePrecision, 'receipt');
  });

  test('gives up by hanging up', () => {
    assert.deepEqual(
      of(fixture('queue-hangup.form').facts, 'event').map(({ kind }) => kind),
      ['abandoned'],
    );
    assert.deepEqual(measures('queue-hangup.form'), [['queue_duration', 95, 'second']]);
  });

  test('and the queue has the name of its resource', () => {
    assert.deepEqual(
      of(fixture('queues.json').facts, 'queue').map(({ name }) => name),
      ['Orders'],
    );
  });
});

test('a step of the call flow changes no state that a callback has told', () => {
  const [step] = of(fixture('menu-step.form').facts, 'thread');
  const [done] = of(fixture('inbound-completed.form').facts, 'thread');
  assert.ok(step!.version < done!.version);
  assert.deepEqual(events('menu-step.form'), []);
});

describe('what was said', () => {
  test('in a recording stands in its own thread, which the recording links to its call', () => {
    const [utterance] = of(fixture('transcriptions.json').facts, 'utterance');
    const [link] = of(fixture('recordings.json').facts, 'link');
    assert.equal(utterance?.text, 'This is Ana Roy, order A-1001 is late.');
    assert.equal(utterance?.role, 'customer');
    assert.equal(utterance?.threadId, link?.otherThreadId);
    assert.equal(link?.threadId, threadId(call(5)));
  });

  test('failed transcripts and unfinished recordings give nothing, and say why', () => {
    assert.deepEqual(
      fixture('transcriptions.json').outcomes.map(({ status }) => status),
      ['ok', 'drop'],
    );
    assert.deepEqual(
      fixture('recordings.json').outcomes.map(({ status }) => status),
      ['ok', 'drop'],
    );
    assertReasons([fixture('transcriptions.json'), fixture('recordings.json')]);
  });

  test('and who speaks in the recording of `<Record>` is known from a page too', () => {
    assert.deepEqual(of(fixture('recordings.json').facts, 'media')[0]?.channelRoles, ['customer']);
  });

  test('in a recorded conference stands under the conference; what was not recorded says so', () => {
    const recorded = {
      RecordingSid: `RE${'7'.repeat(32)}`,
      ConferenceSid: `CF${'7'.repeat(32)}`,
      RecordingDuration: '9',
    };
    const { facts } = mapDocument(twilioVoice, { ...recorded, RecordingStatus: 'completed' });
    assert.equal(of(facts, 'thread')[0]?.nativeId, recorded.ConferenceSid);
    const absent = mapDocument(twilioVoice, { ...recorded, RecordingStatus: 'absent' });
    assert.deepEqual(absent.outcomes[0]?.reason, 'the recording is absent: there is nothing to hear');
  });

  test('to a menu is said by whoever is on the leg', () => {
    const heard = (direction: string) => {
      const step = { CallSid: call(9), CallStatus: 'in-progress', Direction: direction, SpeechResult: 'My order.' };
      return of(mapDocument(twilioVoice, step).facts, 'utterance').map(({ role, text }) => [role, text]);
    };
    assert.deepEqual(heard('inbound'), [['customer', 'My order.']]);
    assert.deepEqual(heard('outbound-dial'), [[undefined, 'My order.']]);
  });

  test('in real time is taken when final, from the track it came on', () => {
    const [utterance] = of(fixture('speech.form').facts, 'utterance');
    assert.equal(utterance?.text, 'My parcel never came.');
    assert.equal(utterance?.role, 'customer');
    assert.equal(utterance?.occurredAt?.toISOString(), '2026-03-05T09:01:00.250Z');
    assert.deepEqual(of(fixture('speech-partial.form').facts, 'utterance'), []);
  });
});

describe('real payloads', withPayloads('voice-twilio'), () => {
  const mapped = (name: string) => mapFile(twilioVoice, name, readPayload('voice-twilio', name));

  test('all map', () => {
    const expected = {
      'nango-conferences-1.json': { ok: 17 },
      'nango-get-recording-1.json': { ok: 1 },
      'nango-get-transcription-1.json': { ok: 1 },
      'nango-recordings-1.json': { ok: 2 },
    };
    const counts = Object.keys(expected).map((name) => [name, countOutcomes(mapped(name))]);
    assert.deepEqual(Object.fromEntries(counts), expected);
  });

  test('the transcription of one file belongs to the call that a recording of another file names', () => {
    const [utterance] = of(mapped('nango-get-transcription-1.json')[0]!.facts, 'utterance');
    const links = of(mapped('nango-recordings-1.json')[0]!.facts, 'link');
    assert.ok(links.some(({ otherThreadId }) => otherThreadId === utterance?.threadId));
    assert.equal(utterance?.occurredAt?.toISOString(), '2026-06-10T10:41:31.000Z');
    assert.equal(utterance?.role, 'customer');
  });

  test('a recording is as many seconds long as it says', () => {
    const [measure] = of(mapped('nango-get-recording-1.json')[0]!.facts, 'measure');
    assert.deepEqual([measure?.name, measure?.value, measure?.unit], ['recording_duration', 9, 'second']);
  });
});

test('a conference is over when its callback says so, and not before', () => {
  const room = (event: string) =>
    of(
      mapDocument(twilioVoice, {
        ConferenceSid: `CF${'8'.repeat(32)}`,
        StatusCallbackEvent: event,
        Timestamp: 'Thu, 05 Mar 2026 09:03:10 +0000',
      }).facts,
      'thread',
    ).map(({ status, endedAt }) => `${status} ${endedAt?.toISOString()}`)[0];
  assert.equal(room('conference-end'), 'closed 2026-03-05T09:03:10.000Z');
  assert.equal(room('participant-leave'), 'open undefined');
});

test('an event stream has the callback inside', () => {
  const parameters = {
    CallSid: call(8),
    CallStatus: 'completed',
    Direction: 'inbound',
    From: '+12125550142',
    To: '+12125550100',
    CallDuration: '42',
    Timestamp: 'Thu, 05 Mar 2026 09:03:10 +0000',
    SequenceNumber: '3',
  };
  const streamed = {
    specversion: '1.0',
    type: 'com.twilio.voice.status-callback.call.completed',
    data: { sid: call(8), timestamp: '2026-03-05T09:03:10.000Z', request: { method: 'POST', parameters } },
  };
  assert.deepEqual(mapDocument(twilioVoice, [streamed]).facts, mapDocument(twilioVoice, [parameters]).facts);
  assert.equal(of(mapDocument(twilioVoice, [streamed]).facts, 'thread')[0]?.status, 'closed');
  const asked = {
    specversion: '1.0',
    type: 'com.twilio.voice.twiml.call.requested',
    data: {
      eventSid: 'VW1',
      timestamp: '2026-03-05T09:02:00.000Z',
      request: {
        parameters: { ...parameters, CallStatus: 'in-progress', Timestamp: undefined, SpeechResult: 'billing' },
      },
    },
  };
  const [said] = of(mapDocument(twilioVoice, [asked]).facts, 'utterance');
  assert.deepEqual(
    [said?.role, said?.text, said?.occurredAt],
    ['customer', 'billing', new Date('2026-03-05T09:02:00Z')],
  );
});

test('a leg is the agent’s who answers it, not of everybody whose phone rings', () => {
  const agentOf = (CallStatus: string) =>
    of(
      mapDocument(twilioVoice, {
        CallSid: call(7),
        ParentCallSid: call(1),
        CallStatus,
        Direction: 'outbound-dial',
        From: '+12125550142',
        To: 'client:dana',
      }).facts,
      'thread',
    )[0]?.agentId !== undefined;
  assert.deepEqual(['ringing', 'no-answer', 'canceled', 'in-progress'].map(agentOf), [false, false, false, true]);
});

test('a call of ours that is taken back was not abandoned; a caller who hangs up has abandoned', () => {
  const canceled = (direction: string, From = '+12125550100') => {
    const { facts } = mapDocument(twilioVoice, {
      CallSid: call(9),
      CallStatus: 'canceled',
      Direction: direction,
      From,
      To: '+12125550142',
    });
    return [of(facts, 'thread')[0]?.status, of(facts, 'event')[0]?.kind];
  };
  assert.deepEqual(canceled('outbound-api'), ['closed', 'ended']);
  assert.deepEqual(canceled('trunking-terminating'), ['closed', 'ended']);
  assert.deepEqual(canceled('outbound-dial', '+12125550142'), ['closed', 'ended']);
  assert.deepEqual(canceled('inbound', 'client:dana'), ['closed', 'ended']);
  assert.deepEqual(canceled('inbound'), ['abandoned', 'abandoned']);
});

test('a notice of a transcript is no transcript', () => {
  const notice = { event_type: 'voice_intelligence_transcript_available', transcript_sid: 'GT1', service_sid: 'GA1' };
  assert.match(mapDocument(twilioVoice, notice).outcomes[0]?.reason ?? '', /has no words/);
});

test('notices about the sound of a call say why they carry nothing', () => {
  const notices = [
    { CallSid: call(9), AccountSid: 'AC1', AnsweredBy: 'machine_start', MachineDetectionDuration: '3100' },
    { CallSid: call(9), AccountSid: 'AC1', StreamSid: `MZ${'1'.repeat(32)}`, StreamEvent: 'stream-started' },
  ].map((notice) => mapDocument(twilioVoice, notice));
  assert.deepEqual(countOutcomes(notices), { drop: 2 });
  assertReasons(notices);
});
