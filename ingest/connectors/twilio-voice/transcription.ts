import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addCall, type CallSettings } from './call.ts';
import { jsonIn } from '../../formats/json.ts';
import { twilioTime } from '../../formats/twilio.ts';
import { integerOf, objectOf, textOf, type Loose } from '../../formats/value.ts';

type Context = SplitContext<CallSettings>;

/**
 * The transcript of a `<Record>`: the words of the person at the far end, the customer. The resource names only its
 * recording, so the words stand in the recording's thread, which the recording links to its call. The time is when the
 * transcript was made, seconds after the words.
 */
export function mapTranscription(native: Loose, context: Context): Outcome {
  const [sid, recordingSid] = [textOf(native.TranscriptionSid), textOf(native.RecordingSid)];
  const [callSid, status] = [textOf(native.CallSid), textOf(native.TranscriptionStatus)];
  if (!sid) return reject('the transcription has no TranscriptionSid');
  if (!recordingSid) return reject('the transcription names no recording');
  const text = textOf(native.TranscriptionText);
  if (status !== 'completed' || text === undefined) return drop(`the transcription is ${status} and has no text`);
  const createdAt = twilioTime(native.DateCreated);
  const occurredAt = createdAt ?? context.delivery.receivedAt;
  const facts = new FactList(context, twilioTime(native.DateUpdated)?.getTime() ?? 0);
  const threadId = facts.thread({ nativeId: recordingSid, channel: 'voice' });
  if (callSid !== undefined) {
    const leg = addCall(facts, withoutState(native), callSid, occurredAt, context.settings);
    facts.link(leg.threadId, threadId, 'recording');
  }
  facts.utterance({
    threadId,
    nativeId: sid,
    role: 'customer',
    text,
    occurredAt,
    nativeTime: textOf(native.DateCreated),
    timePrecision: createdAt ? 'second' : 'receipt',
  });
  return ok(facts.facts);
}

/** The dates here are the transcription's, and the status is that of the call while it was recorded. */
const withoutState = ({ CallSid, ParentCallSid, Direction, From, To }: Loose): Loose => ({
  CallSid,
  ParentCallSid,
  Direction,
  From,
  To,
});

/**
 * One final result of real-time transcription. The inbound track is what Twilio hears from the person on this leg, the
 * outbound track what it plays to them.
 */
export function mapSpeech(native: Loose, context: Context): Outcome {
  const event = textOf(native.TranscriptionEvent);
  if (event !== 'transcription-content') return drop(`${event} carries no words`);
  if (textOf(native.Final) === 'false') return drop('a partial result: the final one follows');
  const [sid, callSid, sequence] = [textOf(native.TranscriptionSid), textOf(native.CallSid), textOf(native.SequenceId)];
  if (!sid || !callSid || !sequence) return reject('the result lacks TranscriptionSid, CallSid or SequenceId');
  const text = textOf(transcriptIn(native.TranscriptionData));
  if (text === undefined) return drop('the result has no words');
  const statedAt = twilioTime(native.Timestamp);
  const occurredAt = statedAt ?? context.delivery.receivedAt;
  const facts = new FactList(context, occurredAt.getTime());
  facts.utterance({
    threadId: facts.thread({ nativeId: callSid, channel: 'voice' }),
    nativeId: `${sid}:${sequence}`,
    role: textOf(native.Track) === 'outbound_track' ? 'agent' : 'customer',
    text,
    occurredAt,
    nativeTime: textOf(native.Timestamp),
    timePrecision: statedAt ? 'millisecond' : 'receipt',
    sequence: integerOf(sequence),
  });
  return ok(facts.facts);
}

const transcriptIn = (data: unknown): unknown => objectOf(jsonIn(data)).transcript;
