import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { after, fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { linkWithToken } from './link.ts';

const VOICEMAIL = /^phone\.voicemail_(received|received_for_access_member|transcript_completed)$/;

/** Who may listen too is told of the same voicemail, and its words come when Zoom has written them down. */
export const isVoicemail = (event: string): boolean => VOICEMAIL.test(event) || event === 'voicemail';

/** What a caller left: one message of theirs, beside the call that nobody answered. A number of type 1 is a colleague's. */
export function mapVoicemail(voicemail: Loose, context: SplitContext): Outcome {
  const [nativeId, occurredAt] = [textOf(voicemail.id), fromIso(voicemail.date_time)];
  if (!nativeId || !occurredAt) return reject('missing id or date_time of the voicemail');
  const facts = new FactList(context, (fromEpoch(voicemail.event_ts) ?? occurredAt).getTime());
  const isInternal = numberOf(voicemail.caller_number_type) === 1;
  const threadId = facts.thread({
    nativeId: `voicemail/${nativeId}`,
    channel: 'voicemail',
    direction: isInternal ? 'internal' : 'inbound',
    startedAt: occurredAt,
  });
  const callId = textOf(voicemail.call_id);
  if (callId) facts.link(threadId, facts.threadId(callId), 'left after the call');
  const handleId = isInternal ? undefined : addCaller(facts, threadId, voicemail, occurredAt);
  const seconds = numberOf(voicemail.duration);
  const text = textOf(objectOf(voicemail.transcription).content);
  const utteranceId = facts.utterance({
    threadId,
    nativeId: `voicemail/${nativeId}`,
    role: isInternal ? 'agent' : 'customer',
    occurredAt,
    timePrecision: 'second',
    endAt: seconds === undefined ? undefined : after(occurredAt, seconds * 1000),
    media: [{ mediaId: nativeId }],
    ...(text && { text }),
    ...(handleId && { handleId }),
  });
  const address = linkWithToken(voicemail.download_url, voicemail.download_token);
  facts.media({
    threadId,
    nativeId,
    kind: 'voice_note',
    utteranceId,
    startedAt: occurredAt,
    ...(seconds !== undefined && seconds >= 0 && { durationSeconds: seconds }),
    ...(address && { address }),
  });
  return ok(facts.facts);
}

const addCaller = (facts: FactList, threadId: string, voicemail: Loose, at: Date): string | undefined =>
  facts.participant(threadId, 'customer', at, {
    type: 'phone',
    value: textOf(voicemail.caller_number),
    display: textOf(voicemail.caller_name),
  });
