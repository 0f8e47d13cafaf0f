import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { webvtt } from '../../../ingest/connectors/webvtt.ts';
import { mapDocument, of, readPayload, withPayloads, type Mapped } from './real-payloads.ts';
import { mapFile, mapFixture } from './fixture.ts';

const settings = { agents: ['Dana Agent'] };
const zoomName = 'GMT20260305-140000_Recording_ana.roy@example.com.transcript.vtt';
const fixture = (name: string) => mapFixture(webvtt, name, settings);
const said = ({ facts }: Mapped) => of(facts, 'utterance').map(({ role, text }) => [role, text]);
const track = (...cues: string[]) =>
  cues.map((cue, index) => `00:0${index}:00.000 --> 00:0${index}:05.000\n${cue}`).join('\n\n');

describe('Zoom', () => {
  test('writes `Name: text`; who is not an agent is a customer', () => {
    assert.deepEqual(said(fixture(zoomName)), [
      ['agent', 'Welcome, what can I do for you?'],
      ['customer', "My order & the invoice don't match: A-1001."],
      ['agent', 'Let me look.'],
    ]);
  });

  test('names the start in UTC in the file name; times are offsets from it, and cues may overlap', () => {
    const { facts } = fixture(zoomName);
    assert.equal(of(facts, 'thread')[0]?.startedAt?.toISOString(), '2026-03-05T14:00:00.000Z');
    const [first, second, third] = of(facts, 'utterance');
    assert.equal(first?.occurredAt?.toISOString(), '2026-03-05T14:00:02.500Z');
    assert.equal(first?.timePrecision, 'offset');
    assert.ok(third!.occurredAt! < second!.endAt!);
    assert.deepEqual(
      [first, second, third].map((each) => each?.sequence),
      [0, 1, 2],
    );
  });

  test('a customer’s address in the file name is a handle; names are handles that never link', () => {
    const handles = new Set(of(fixture(zoomName).facts, 'handle').map(({ type, value }) => `${type} ${value}`));
    assert.deepEqual([...handles], ['email ana.roy@example.com', 'name ana roy']);
  });
});

describe('Teams', () => {
  test('writes voice tags, several in one cue', () => {
    assert.deepEqual(said(fixture('teams.vtt')), [
      ['agent', 'Good afternoon.'],
      ['customer', 'I want to cancel my plan.'],
      ['agent', 'I see.'],
    ]);
  });

  test('start, id and customer may stand in notes', () => {
    const { facts } = fixture('teams.vtt');
    const [thread] = of(facts, 'thread');
    assert.equal(thread?.nativeId, 'teams-77');
    assert.equal(thread?.startedAt?.toISOString(), '2026-03-05T14:00:00.000Z');
    assert.ok(of(facts, 'handle').some(({ type, value }) => type === 'email' && value === 'ben@example.com'));
  });
});

describe('Teams by Microsoft Graph', () => {
  test('leaves out zeros of times, which are below nought where the transcript began late', () => {
    const { facts } = mapDocument(
      webvtt,
      'WEBVTT\n\n-0:0:2.5 --> 0:0:0.0\n<v Ana Roy>Hello?</v>\n\n0:0:1.0 --> 0:0:5.320\n<v Dana Agent>Good morning.</v>',
      { settings, name: '2026-03-05T14-00-00Z.vtt' },
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
      [
        ['customer', 'Hello?', '2026-03-05T13:59:57.500Z'],
        ['agent', 'Good morning.', '2026-03-05T14:00:01.000Z'],
      ],
    );
  });

  test('gives its metadata as objects, with the time of day', () => {
    const cue = { startDateTime: '2026-03-05T14:00:16.2461639+00:00', speakerName: 'Ana Roy', spokenLanguage: 'en-us' };
    const { facts } = mapDocument(
      webvtt,
      `WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n${JSON.stringify({ ...cue, spokenText: 'Where is my order?' })}\n\n` +
        `00:00:18.000 --> 00:00:19.000\n${JSON.stringify({ ...cue, spokenText: '' })}`,
      { settings },
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
      [['customer', 'Where is my order?', '2026-03-05T14:00:16.246Z']],
    );
    assert.equal(of(facts, 'handle')[0]?.value, 'ana roy');
    assert.equal(of(facts, 'thread')[0]?.startedAt?.toISOString(), '2026-03-05T14:00:00.000Z');
  });
});

describe('Meet', () => {
  test('writes `(Name)` on a line of its own, without a header, and two speakers in one cue', () => {
    assert.deepEqual(said(fixture('meet.vtt')), [
      ['customer', 'I have a question about my'],
      ['customer', 'bill.'],
      ['agent', '(laughs) Which month?'],
    ]);
  });

  test('without a start, the recording is taken to have ended when it came', () => {
    const { facts } = fixture('meet.vtt');
    const [first] = of(facts, 'utterance');
    assert.equal(first?.occurredAt?.toISOString(), '2026-10-01T07:59:52.000Z');
    assert.equal(first?.timePrecision, 'receipt');
    assert.equal(first?.nativeTime, '8000 ms');
  });
});

describe('loose files', () => {
  test('have commas, hours beyond 99, dashes for speakers and colons in speech', () => {
    const utterances = of(fixture('long.vtt').facts, 'utterance');
    assert.deepEqual(
      utterances.map(({ text, nativeTime, role }) => [text, nativeTime, role]),
      [
        ['Still there?', '3599000 ms', undefined],
        ['Yes.', '3599000 ms', undefined],
        ['There is one thing left: the invoice.', '360000000 ms', undefined],
      ],
    );
  });

  test('names in lower case are names where nearly every cue has one', () => {
    const names = said(mapDocument(webvtt, track('ana: hello', 'ben de vries: hello', 'ana: bye')));
    assert.deepEqual(
      names.map(([, text]) => text),
      ['hello', 'hello', 'bye'],
    );
  });

  test('a blank line inside a cue does not lose what follows', () => {
    const words = said(
      mapDocument(webvtt, 'WEBVTT\n\n00:01.000 --> 00:02.000\nfirst\n\nsecond\n\n2\n00:03.000 --> 00:04.000\nthird'),
    );
    assert.deepEqual(
      words.map(([, text]) => text),
      ['first second', 'third'],
    );
  });

  test('a start without a zone is read as UTC and marked', () => {
    const name = 'Weekly-20260305_140000-Meeting Recording.vtt';
    const [utterance] = of(mapDocument(webvtt, track('Hello'), { name }).facts, 'utterance');
    assert.equal(utterance?.occurredAt?.toISOString(), '2026-03-05T14:00:00.000Z');
    assert.equal(utterance?.isZoneKnown, false);
  });

  test('who an agent is, only the settings tell: without them a speaker is but a name', () => {
    const { facts } = mapDocument(webvtt, track('<v Ana Roy>Hello', '<v Dana Agent>Hello'));
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, handleId }) => [role, handleId !== undefined]),
      [
        [undefined, true],
        [undefined, true],
      ],
    );
    assert.deepEqual(of(facts, 'participant'), []);
  });

  test('the channel is the settings’', () => {
    const [thread] = of(mapDocument(webvtt, track('Hello'), { settings: { channel: 'voice' } }).facts, 'thread');
    assert.equal(thread?.channel, 'voice');
  });
});

test('what is no transcript is refused or kept as unknown', () => {
  assert.throws(() => mapDocument(webvtt, 'Dear all, see below.'), /no cue with words/);
  assert.throws(() => mapDocument(webvtt, { meetings: [] }), /expected the text of a WebVTT file/);
  assert.deepEqual(fixture('unknown.vtt').outcomes, [{ nativeKind: 'track.metadata', status: 'unknown' }]);
});

test('a real export of Meet', withPayloads('transcript-vtt'), () => {
  const name = 'danyelf-gmeet-parens-speaker.vtt';
  const [{ outcomes, facts }] = mapFile(webvtt, name, readPayload('transcript-vtt', name)) as [Mapped];
  assert.ok(outcomes.every(({ status }) => status === 'ok'));
  const utterances = of(facts, 'utterance');
  assert.deepEqual(
    utterances.map(({ nativeTime }) => nativeTime),
    ['8000 ms', '12000 ms', '16000 ms', '16000 ms', '20000 ms', '20000 ms'],
  );
  const speakers = utterances.map(({ handleId }) => handleId);
  assert.equal(new Set(speakers).size, 2);
  assert.deepEqual(
    speakers.map((speaker) => speaker === speakers[0]),
    [true, true, true, false, true, false],
  );
  assert.ok(utterances.every(({ text }) => !/[()]|^-|-$/.test(text!)));
});

test('Zoom’s list of recordings is not a transcript', withPayloads('voice-zoom'), () => {
  const document: unknown = JSON.parse(Buffer.from(readPayload('voice-zoom', 'nango-recordings-1.json')).toString());
  assert.throws(() => mapDocument(webvtt, document), /expected the text of a WebVTT file/);
});

test('names may have something in brackets behind them; a name that is a role tells the role', () => {
  const { facts } = mapDocument(
    webvtt,
    track('Dana Agent (she/her): Hello', 'Customer: Where is it?', 'Agent: One moment'),
  );
  assert.deepEqual(said({ facts, outcomes: [] }), [
    [undefined, 'Hello'],
    ['customer', 'Where is it?'],
    ['agent', 'One moment'],
  ]);
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['dana agent (she/her)'],
  );
});

test('an address in a note is the customer’s only where the note says so', () => {
  const addresses = (note: string) =>
    of(mapDocument(webvtt, `WEBVTT\n\nNOTE ${note}\n\n${track('Hello')}`).facts, 'participant').length;
  assert.equal(addresses('Created by dana@shop.example.com'), 0);
  assert.equal(addresses('host: dana@shop.example.com\ncustomer: ana.roy@example.com'), 1);
});
