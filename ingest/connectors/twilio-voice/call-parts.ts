import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf } from '../../records.ts';
import { addCall, callVersion, type CallSettings } from './call.ts';
import { twilioTime } from '../../formats/twilio.ts';
import { after } from '../../formats/time.ts';
import { numberOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

type Context = SplitContext<CallSettings>;
type EventKind = FactOf<'event'>['kind'];

const changeOf = (native: Loose): Date | undefined => twilioTime(native.Timestamp) ?? twilioTime(native.DateUpdated);
const factsAt = (at: Date | undefined, context: Context) =>
  new FactList(context, (at ?? context.delivery.receivedAt).getTime());

/**
 * A recording belongs to a call, or to the conference that several meet in. Its own thread carries what is later
 * transcribed from it, under the link made here.
 */
export function mapRecording(recording: Loose, context: Context): Outcome {
  const [sid, callSid, status] = [
    textOf(recording.RecordingSid),
    textOf(recording.CallSid) ?? textOf(recording.ConferenceSid),
    textOf(recording.RecordingStatus),
  ];
  if (!sid) return reject('the recording has no RecordingSid');
  if (!callSid) return reject('the recording names neither a call nor a conference');
  if (status !== 'completed') return drop(`the recording is ${status}: there is nothing to hear`);
  const startedAt = twilioTime(recording.RecordingStartTime);
  const facts = factsAt(changeOf(recording) ?? startedAt, context);
  const threadId = facts.thread({ nativeId: callSid, channel: 'voice' });
  facts.link(threadId, facts.threadId(sid), 'recording');
  const value = numberOf(recording.RecordingDuration);
  facts.measure({ threadId, name: 'recording_duration', value, unit: 'second', occurredAt: startedAt });
  facts.media({
    threadId,
    nativeId: sid,
    kind: 'recording',
    mimeType: 'audio/wav',
    address: `path:/Recordings/${sid}.wav`,
    ...(startedAt && { startedAt }),
    ...(value !== undefined && value >= 0 && { durationSeconds: value }),
    // `<Record>` takes what the person at the far end says. Which side is which channel of a dialled call depends on who
    // dialled, so that nothing is said of it.
    ...(textOf(recording.RecordingSource) === 'RecordVerb' && { channelRoles: ['customer'] as const }),
  });
  return ok(facts.facts);
}

const conferenceEvents = tableOf<EventKind>({
  'conference-start': 'started',
  'conference-end': 'ended',
  'participant-join': 'joined',
  'participant-leave': 'left',
  'participant-hold': 'held',
  'participant-unhold': 'resumed',
});

/** A conference is the room that legs of a call meet in: a thread of its own, linked to each leg it names. */
export function mapConference(conference: Loose, context: Context): Outcome {
  const [sid, callSid] = [textOf(conference.ConferenceSid), textOf(conference.CallSid)];
  if (!sid) return reject('the conference has no ConferenceSid');
  const at = changeOf(conference);
  const facts = factsAt(at, context);
  const native = textOf(conference.StatusCallbackEvent);
  const kind = native === undefined ? undefined : conferenceEvents[native];
  if (native !== undefined && kind === undefined) return drop(`a conference's ${native} is no change of the contact`);
  const isOver = kind === 'ended' || textOf(conference.ConferenceStatus) === 'completed';
  const threadId = facts.thread({
    nativeId: sid,
    channel: 'voice',
    startedAt: twilioTime(conference.DateCreated),
    endedAt: isOver ? at : undefined,
    status: isOver ? 'closed' : 'open',
  });
  if (callSid !== undefined) facts.link(facts.threadId(callSid), threadId, 'conference');
  const timePrecision = at ? ('second' as const) : ('receipt' as const);
  if (kind)
    facts.event({ threadId, kind, occurredAt: at ?? context.delivery.receivedAt, value: native, timePrecision });
  return ok(facts.facts);
}

/** `<Enqueue>`: a caller waits (asked for hold music), or has left the queue. `QueueTime` is seconds in the queue. */
export function mapQueueVisit(visit: Loose, context: Context): Outcome {
  const [callSid, queueSid] = [textOf(visit.CallSid), textOf(visit.QueueSid)];
  if (!callSid) return reject('the queue request has no CallSid');
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, callVersion(visit, undefined));
  const { threadId } = addCall(facts, visit, callSid, receivedAt, context.settings);
  const queueId = queueSid === undefined ? undefined : facts.queue({ nativeId: queueSid });
  const waited = numberOf(visit.QueueTime);
  const result = textOf(visit.QueueResult);
  const at = { threadId, timePrecision: 'receipt' as const, ...(queueId && { queueId }) };
  facts.measure({ threadId, name: 'queue_duration', value: waited, unit: 'second' });
  const queuedAt = waited === undefined ? undefined : after(receivedAt, -waited * 1000);
  if (result === undefined && queuedAt) facts.event({ ...at, kind: 'queued', occurredAt: queuedAt });
  if (result === 'hangup') facts.event({ ...at, kind: 'abandoned', occurredAt: receivedAt, value: result });
  return ok(facts.facts);
}

/** A queue's name, from its resource. */
export function mapQueue(queue: Loose, context: Context): Outcome {
  const sid = textOf(queue.QueueSid);
  if (!sid) return reject('the queue has no sid');
  const facts = factsAt(changeOf(queue), context);
  facts.queue({ nativeId: sid, name: textOf(queue.FriendlyName) });
  return ok(facts.facts);
}
