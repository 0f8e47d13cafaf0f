import { z } from 'zod';
import { defineConnector, drop, type Outcome, type SplitContext, type Unit, type UnitKind } from '../../connector.ts';
import { callbackParameters, twilioPull, twilioTrust } from '../../formats/twilio.ts';
import { callEvents, mapCall, type CallSettings } from './call.ts';
import { mapConference, mapQueue, mapQueueVisit, mapRecording } from './call-parts.ts';
import { mapSentences, mapTranscript } from './intelligence.ts';
import { mapSpeech, mapTranscription } from './transcription.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

const settings = z.object({
  /** Our numbers and our agents' phones, E.164. They tell the sides of a dialled leg apart, which Twilio does not. */
  numbers: z.array(z.string()).default([]),
  /**
   * Who picks up an inbound call: the call flow (menu, queue), whose agents answer on legs of their own, or an agent at
   * once. Twilio reports both as `in-progress`; taking the flow for an agent would make every wait look like none.
   */
  inboundAnsweredBy: z.enum(['flow', 'agent']).default('flow'),
});

type Map = (native: Loose, context: SplitContext<CallSettings>) => Outcome;

/** Each kind of record: the parameter that tells it, its list in a REST page, its resource's sid prefix and names. */
interface Shape {
  readonly name: string;
  readonly kind: UnitKind;
  readonly map: Map;
  readonly list?: string;
  readonly prefix?: string;
  readonly renames?: Readonly<Record<string, string>>;
  /** Recognises a callback, and names its state. Shapes are asked in order. */
  readonly state: (native: Loose) => string | undefined;
}

const shapes: readonly Shape[] = [
  { name: 'speech', kind: 'message', map: mapSpeech, state: (native) => textOf(native.TranscriptionEvent) },
  {
    name: 'transcription',
    kind: 'message',
    map: mapTranscription,
    list: 'transcriptions',
    prefix: 'TR',
    renames: { Sid: 'TranscriptionSid', Status: 'TranscriptionStatus' },
    state: (native) => textOf(native.TranscriptionStatus),
  },
  {
    name: 'recording',
    kind: 'metric',
    map: mapRecording,
    list: 'recordings',
    prefix: 'RE',
    renames: {
      Sid: 'RecordingSid',
      Status: 'RecordingStatus',
      Duration: 'RecordingDuration',
      StartTime: 'RecordingStartTime',
      Source: 'RecordingSource',
    },
    state: (native) => textOf(native.RecordingStatus),
  },
  {
    name: 'conference',
    kind: 'event',
    map: mapConference,
    list: 'conferences',
    prefix: 'CF',
    renames: { Sid: 'ConferenceSid', CallSidEndingConference: 'CallSid', Status: 'ConferenceStatus' },
    state: (native) => textOf(native.StatusCallbackEvent) ?? textOf(native.ConferenceStatus),
  },
  {
    name: 'queue',
    kind: 'event',
    map: mapQueueVisit,
    state: (native) => textOf(native.QueueResult) ?? (native.QueuePosition === undefined ? undefined : 'waiting'),
  },
  {
    name: 'queue-resource',
    kind: 'profile',
    map: mapQueue,
    list: 'queues',
    prefix: 'QU',
    renames: { Sid: 'QueueSid' },
    state: (native) => (native.FriendlyName === undefined || native.QueueSid === undefined ? undefined : 'queue'),
  },
  {
    name: 'call',
    kind: 'call',
    map: mapCall,
    list: 'calls',
    prefix: 'CA',
    renames: { Sid: 'CallSid', Status: 'CallStatus', Duration: 'CallDuration' },
    state: (native) => textOf(native.CallStatus),
  },
  {
    // Its own request of answering machine detection, which has no CallStatus; the call resource says it again.
    name: 'answered-by',
    kind: 'event',
    map: () => drop('whether a person or a machine answered is no change of the call'),
    state: (native) => textOf(native.AnsweredBy),
  },
  {
    name: 'transcript',
    kind: 'call',
    map: mapTranscript,
    list: 'transcripts',
    prefix: 'GT',
    renames: { Sid: 'TranscriptSid', Status: 'TranscriptStatus' },
    state: (native) => textOf(native.TranscriptStatus),
  },
  {
    name: 'sentences',
    kind: 'message',
    map: mapSentences,
    state: (native) => (Array.isArray(native.sentences) ? 'page' : undefined),
  },
  {
    name: 'insights',
    kind: 'event',
    map: () => drop('what Twilio measures of the quality of a call changes nothing in it'),
    state: (native) => /^com\.twilio\.voice\.insights\.(.+)$/.exec(textOf(native.type) ?? '')?.[1],
  },
  {
    name: 'intelligence',
    kind: 'event',
    map: () => drop('a notice of a transcript has no words; the API has them'),
    state: (native) => /^voice_intelligence_(.+)$/.exec(textOf(native.event_type) ?? '')?.[1],
  },
  {
    name: 'stream',
    kind: 'event',
    map: () => drop('where the sound of a call is sent to changes nothing in it'),
    state: (native) => textOf(native.StreamEvent),
  },
];

/** A call that was under way when it was read has ended a day later. */
const pullByTime = { kind: 'time', at: 'row', read: 'rfc2822', write: 'iso', overlapSeconds: 24 * 3600 } as const;

export const twilioVoice = defineConnector<Loose, CallSettings>({
  name: 'twilio-voice',
  title: 'Twilio Voice',
  version: 1,
  channels: ['voice'],
  docs: [
    'https://www.twilio.com/docs/voice/api/call-resource',
    'https://www.twilio.com/docs/voice/twiml#request-parameters',
    'https://www.twilio.com/docs/voice/api/recording',
  ],
  formats: ['form', 'json'],
  settings,
  trust: twilioTrust,
  pull: {
    ...twilioPull,
    streams: [
      {
        name: 'calls',
        path: '/Calls.json',
        query: { PageSize: '1000' },
        rows: 'calls',
        cursor: { ...pullByTime, path: 'start_time', parameter: 'StartTime>' },
        paging: { kind: 'next-url', path: 'next_page_uri' },
      },
      {
        name: 'recordings',
        path: '/Recordings.json',
        query: { PageSize: '1000' },
        rows: 'recordings',
        cursor: { ...pullByTime, path: 'date_created', parameter: 'DateCreated>' },
        paging: { kind: 'next-url', path: 'next_page_uri' },
      },
    ],
  },
  threadKey: 'CallSid; the legs of a call are linked by ParentCallSid, the rooms they meet in by ConferenceSid',
  statusLadder: ['queued', 'initiated', 'ringing', 'in-progress', 'completed'],
  *split(document: unknown) {
    if (typeof document !== 'object' || document === null)
      throw new Error('invalid document: expected Twilio call parameters or REST resources');
    for (const record of objectsOf([document].flat())) yield* unitsOf(record);
  },
  map(unit, context) {
    return shapes.find(({ name }) => name === unit.nativeKind.split('.')[0])!.map(unit.native, context);
  },
});

function* unitsOf(record: Loose): Generator<Unit<Loose>> {
  const page = shapes.find(({ list }) => list !== undefined && Array.isArray(record[list]));
  if (page) for (const resource of objectsOf(record[page.list!])) yield unitOf(page, named(page, resource));
  else yield singleUnit(record);
}

/** An event stream has the request that Twilio made of us inside, parameter by parameter. */
function requestIn(record: Loose): Loose {
  if (!/^com\.twilio\.voice\.(webhook\.)?(status-callback|twiml)\./.test(textOf(record.type) ?? '')) return record;
  const { request, eventSid, timestamp } = objectOf(record.data);
  const { parameters } = objectOf(request);
  return isLoose(parameters) ? { ...parameters, EventSid: eventSid, RequestedAt: timestamp } : record;
}

function singleUnit(given: Loose): Unit<Loose> {
  const record = requestIn(given);
  const prefix = textOf(record.sid)?.slice(0, 2);
  const resource = prefix === undefined ? undefined : shapes.find((shape) => shape.prefix === prefix);
  if (resource) return unitOf(resource, named(resource, record));
  const callback = shapes.find((shape) => shape.state(record) !== undefined);
  if (callback) return unitOf(callback, record);
  return {
    kind: 'unknown',
    nativeKind:
      [record.type, record.CallbackSource, record.EventType, record.event_type].map(textOf).find(Boolean) ?? 'unnamed',
    native: record,
  };
}

const named = ({ renames }: Shape, resource: Loose): Loose => callbackParameters(resource, renames ?? {});

function unitOf(shape: Shape, native: Loose): Unit<Loose> {
  const state = shape.state(native) ?? 'unnamed';
  const isUnknown = shape.name === 'call' && !(state in callEvents);
  return { kind: isUnknown ? 'unknown' : shape.kind, nativeKind: `${shape.name}.${state}`, native };
}
