import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import { linkWithToken } from './link.ts';

type EventKind = FactOf<'event'>['kind'];

/** What one side of a call tells of it, and in which field it says when; all but the ringing itself. */
interface Step {
  readonly kind?: EventKind;
  readonly at: string;
  readonly status?: FactOf<'thread'>['status'];
}

const steps = tableOf<Step>({
  ringing: { at: 'ringing_start_time', status: 'new' },
  connected: { kind: 'answered', at: 'connected_start_time', status: 'open' },
  answered: { kind: 'answered', at: 'answer_start_time', status: 'open' },
  missed: { kind: 'missed', at: 'call_end_time', status: 'failed' },
  rejected: { kind: 'missed', at: 'call_end_time', status: 'failed' },
  ended: { kind: 'ended', at: 'call_end_time', status: 'closed' },
  hold: { kind: 'held', at: 'date_time' },
  unhold: { kind: 'resumed', at: 'date_time' },
});

/** Of calls we place the side of the caller is told, of calls that come in that of the callee. */
const STEP = /^phone\.(caller|callee)_(ringing|connected|answered|missed|rejected|ended|hold|unhold)$/;

export const isPhoneStep = (event: string): boolean => STEP.test(event);

/** Somebody of our own account has an extension; a number outside has none, or says that it is one. */
const isInside = (side: Loose): boolean =>
  textOf(side.extension_type) !== 'pstn' &&
  textOf(side.connection_type) !== 'pstn_off_net' &&
  (textOf(side.user_id) !== undefined || /^\d{1,6}$/.test(textOf(side.extension_number) ?? ''));

/** A call that ends without having been taken by anybody. */
const isUnanswered = (step: string, { answer_start_time, connected_start_time, handup_result }: Loose): boolean =>
  step === 'ended' &&
  [answer_start_time, connected_start_time].every((time) => textOf(time) === undefined) &&
  /^(no answer|rejected|busy|missed)/i.test(textOf(handup_result) ?? '');

/** One step of a telephone call. All that belongs to one call has its `call_id`. */
export function mapPhoneStep(event: string, call: Loose, context: SplitContext): Outcome {
  const [, side = '', name = ''] = STEP.exec(event) ?? [];
  const step = isUnanswered(name, call) ? steps.missed! : steps[name]!;
  const nativeId = textOf(call.call_id);
  if (!nativeId) return reject('missing call_id of the call');
  const startedAt = fromIso(call.ringing_start_time);
  const at = fromIso(call[step.at]) ?? fromEpoch(call.event_ts);
  if (!at) return reject(`missing ${step.at} and event_ts of the call`);
  const result = textOf(call.handup_result);
  // Of several who are rung at once all but one are told that they missed it.
  const isTakenElsewhere = step.kind === 'missed' && /^answered/i.test(result ?? '');
  if (isTakenElsewhere) return drop('somebody else answered the call, and tells of it');
  const isCaller = side === 'caller';
  const [own, other] = [objectOf(isCaller ? call.caller : call.callee), objectOf(isCaller ? call.callee : call.caller)];
  const facts = new FactList(context, (fromEpoch(call.event_ts) ?? at).getTime());
  const userId = textOf(own.user_id);
  const agentId = userId && facts.agent({ nativeId: userId, ...(textOf(own.name) && { name: textOf(own.name)! }) });
  const isDone = name === 'answered' || name === 'connected';
  const threadId = facts.thread({
    nativeId,
    channel: 'voice',
    direction: isInside(other) ? 'internal' : isCaller ? 'outbound' : 'inbound',
    ...(startedAt && { startedAt }),
    ...(step.at === 'call_end_time' && { endedAt: at }),
    ...(step.status && { status: step.status }),
    ...(textOf(own.phone_number) && { account: textOf(own.phone_number)! }),
    ...(agentId && isDone && { agentId }),
  });
  if (!isInside(other))
    facts.participant(threadId, 'customer', startedAt ?? at, {
      type: 'phone',
      value: textOf(other.phone_number),
      display: textOf(other.name),
    });
  const timing = { threadId, timePrecision: 'second', ...(agentId && { agentId }) } as const;
  if (startedAt) facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  if (step.kind) facts.event({ ...timing, kind: step.kind, occurredAt: at, value: result });
  return ok(facts.facts);
}

export const isTransfer = (event: string): boolean =>
  /^phone\.(blind_transfer_initiated|warm_transfer_(accepted|completed))$/.test(event);

/** A call is handed on: at once, or when the colleague who was asked takes it. */
export function mapTransfer(call: Loose, context: SplitContext): Outcome {
  const [nativeId, at] = [textOf(call.call_id), fromIso(call.date_time) ?? fromEpoch(call.event_ts)];
  if (!nativeId || !at) return reject('missing call_id or date_time of the transfer');
  const failure = textOf(call.failure_reason);
  if (failure) return drop(`the transfer failed: ${failure}`);
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId, channel: 'voice', version: 0 });
  const [owner, value] = [objectOf(call.owner), textOf(call.transfer_phone_number) ?? textOf(call.phone_number)];
  const [userId, name] = [textOf(owner.id), textOf(owner.name)];
  const agentId = textOf(owner.type) === 'user' && userId && facts.agent({ nativeId: userId, ...(name && { name }) });
  facts.event({
    threadId,
    kind: 'transferred',
    occurredAt: at,
    value,
    timePrecision: 'second',
    ...(agentId && { agentId }),
  });
  return ok(facts.facts);
}

export const isPhoneRecording = (event: string): boolean =>
  /^phone\.recording_completed(_for_access_member)?$/.test(event) || event === 'call recording';

/** The recording of a call. Its link opens with the token that comes with it. */
export function mapPhoneRecording(recording: Loose, context: SplitContext): Outcome {
  const [nativeId, callId] = [recording.id, recording.call_id].map(textOf);
  if (!nativeId || !callId) return reject('missing id or call_id of the recording');
  const startedAt = fromIso(recording.date_time);
  const seconds = numberOf(recording.duration);
  const facts = new FactList(context, (fromEpoch(recording.event_ts) ?? startedAt)?.getTime() ?? 0);
  const address = linkWithToken(recording.download_url, recording.download_token);
  // What the call says of itself goes before this.
  const threadId = facts.thread({ nativeId: callId, channel: 'voice', version: 0 });
  facts.measure({ threadId, name: 'recording_duration', value: seconds, unit: 'second', occurredAt: startedAt });
  facts.media({
    threadId,
    nativeId,
    kind: 'recording',
    ...(startedAt && { startedAt }),
    ...(seconds !== undefined && seconds >= 0 && { durationSeconds: seconds }),
    ...(address && { address }),
  });
  return ok(facts.facts);
}
