import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, textOf, type Loose } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';

const LOG = /^phone\.(caller|callee)_call_(log|history|element)_completed$/;

/**
 * The log of one side of a call, as a webhook or a page of logs brings it. The history is the same of a later version; an
 * element, of the one after, is the same of one step of a call.
 */
export const isCallLog = (event: string): boolean => LOG.test(event) || event === 'call log';

/** A number of the account's own is of type 1. */
const isInside = (type: unknown): boolean => numberOf(type) === 1;
const isEmergency = (type: unknown): boolean => numberOf(type) === 3;
const isExtension = (number: unknown): boolean => /^\d{1,6}$/.test(textOf(number) ?? '');

/** Steps of a call beyond its first, which say neither when it began nor how it ended for the customer. */
const LATER_STEP =
  /^(warm_transfer|direct_transfer|forward|ring_to_member|overflow|timeout|park|park_pick_up|merge|shared|takeover)$/;
/** Who of ours listens in is no party of the call. */
const LISTENING_IN = /^(monitor|whisper|listen|barge|conference_barge)$/;

const UNANSWERED = /^(missed|no[ _]answer|rejected|busy|ring_timeout)/i;
const NOT_PUT_THROUGH =
  /^(call[ _]failed|unconnected|system_blocked|service_unavailable|blocked|wrong number|restricted number|internal error|international disabled)/i;
const GIVEN_UP = /^(abandoned|hang_up|canceled|call cancel)/i;

interface End {
  readonly status: FactOf<'thread'>['status'];
  readonly kind: FactOf<'event'>['kind'];
}

/** Only who calls us gives up; one of ours who takes a call back has ended it. */
function endOf(result: string, isAnswered: boolean, isInbound: boolean): End {
  if (!isAnswered && UNANSWERED.test(result)) return { status: 'failed', kind: 'missed' };
  if (!isAnswered && NOT_PUT_THROUGH.test(result)) return { status: 'failed', kind: 'failed' };
  if (!isAnswered && isInbound && GIVEN_UP.test(result)) return { status: 'abandoned', kind: 'abandoned' };
  return { status: 'closed', kind: 'ended' };
}

/** An entry of the history under the names of the log; the number of a colleague is an extension. */
function asLog(entry: Loose): Loose {
  if (entry.start_time === undefined) return entry;
  const type = entry.connect_type === 'internal' ? 1 : 2;
  return {
    ...entry,
    date_time: entry.start_time,
    answer_start_time: entry.answer_time,
    call_end_time: entry.end_time,
    result: entry.result ?? entry.call_result,
    caller_number: textOf(entry.caller_did_number) ?? entry.caller_ext_number,
    callee_number: textOf(entry.callee_did_number) ?? entry.callee_ext_number,
    caller_number_type: type,
    callee_number_type: type,
    isInternal: type === 1,
  };
}

/** One call, seen from the side of ours that it belongs to: the other side is the customer's, unless it is ours too. */
export function mapCallLog(entry: Loose, context: SplitContext): Outcome {
  const log = asLog(entry);
  const [nativeId, startedAt] = [textOf(log.call_id), fromIso(log.date_time)];
  if (!nativeId || !startedAt) return reject('missing call_id or date_time of the call log');
  const step = textOf(log.event) ?? '';
  if (LISTENING_IN.test(step)) return drop(`${step}: one of ours listens in on the call, which tells of itself`);
  const isLater = LATER_STEP.test(step);
  const [answeredAt, endedAt] = [fromIso(log.answer_start_time), fromIso(log.call_end_time)];
  const direction = directionIn(log);
  // Whom one of ours asks or forwards to later on is not who the call is with.
  const isOfCall = !isLater || direction === 'inbound';
  const result = textOf(log.result) ?? '';
  const { status, kind } = endOf(result, answeredAt !== undefined, direction === 'inbound');
  const facts = new FactList(context, (fromEpoch(log.event_ts) ?? endedAt ?? startedAt).getTime());
  const threadId = facts.thread({
    nativeId,
    channel: 'voice',
    startedAt,
    ...((!isLater || answeredAt) && { status, ...(endedAt && { endedAt }) }),
    ...(isOfCall && direction && { direction }),
    // What its first step says of the call goes before this.
    ...(isLater && { version: 0 }),
  });
  if (isOfCall) addCustomer(facts, threadId, log, startedAt);
  const at = { threadId, timePrecision: 'second' } as const;
  if (answeredAt) facts.event({ ...at, kind: 'answered', occurredAt: answeredAt });
  if (isLater) return ok(facts.facts);
  facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  // Older logs do not say when a call ended, but are written when it has.
  if (endedAt || kind !== 'ended')
    facts.event({ ...at, kind, occurredAt: endedAt ?? startedAt, ...(result && { value: result }) });
  return ok(facts.facts);
}

const otherSide = ({ direction }: Loose): 'caller' | 'callee' =>
  directionOf(direction) === 'inbound' ? 'caller' : 'callee';

function directionIn(log: Loose): FactOf<'thread'>['direction'] {
  const isInternal =
    log.isInternal === true ||
    ([log.caller_number, log.callee_number].every(isExtension) && isInside(log[`${otherSide(log)}_number_type`]));
  return isInternal ? 'internal' : directionOf(log.direction);
}

function addCustomer(facts: FactList, threadId: string, log: Loose, at: Date): void {
  const other = otherSide(log);
  const type = log[`${other}_number_type`];
  if (!directionOf(log.direction) || isInside(type) || isEmergency(type)) return;
  facts.participant(threadId, 'customer', at, {
    type: 'phone',
    value: textOf(log[`${other}_number`]),
    display: textOf(log[`${other}_name`]),
  });
}
