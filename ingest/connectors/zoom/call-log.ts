import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { numberOf, textOf, type Loose } from '../../formats/value.ts';

const LOG = /^phone\.(caller|callee)_call_(log|history)_completed$/;

/** The log of one side of a call, as a webhook or a page of logs brings it; the history is the same of a later version. */
export const isCallLog = (event: string): boolean => LOG.test(event) || event === 'call log';

/** A number of the account's own is of type 1. */
const isInside = (type: unknown): boolean => numberOf(type) === 1;
const isEmergency = (type: unknown): boolean => numberOf(type) === 3;
const isExtension = (number: unknown): boolean => /^\d{1,6}$/.test(textOf(number) ?? '');

const UNANSWERED = /^(missed|no[ _]answer|rejected|busy|ring_timeout)/i;

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
  const [answeredAt, endedAt] = [fromIso(log.answer_start_time), fromIso(log.call_end_time)];
  const stated = directionOf(log.direction);
  const other = stated === 'inbound' ? 'caller' : 'callee';
  const isInternal =
    log.isInternal === true ||
    ([log.caller_number, log.callee_number].every(isExtension) && isInside(log[`${other}_number_type`]));
  const result = textOf(log.result);
  const isMissed = !answeredAt && UNANSWERED.test(result ?? '');
  const facts = new FactList(context, (fromEpoch(log.event_ts) ?? endedAt ?? startedAt).getTime());
  const direction = isInternal ? 'internal' : stated;
  const threadId = facts.thread({
    nativeId,
    channel: 'voice',
    startedAt,
    ...(endedAt && { endedAt }),
    status: isMissed ? 'failed' : 'closed',
    ...(direction && { direction }),
  });
  if (stated && !isInside(log[`${other}_number_type`]) && !isEmergency(log[`${other}_number_type`]))
    facts.participant(threadId, 'customer', startedAt, {
      type: 'phone',
      value: textOf(log[`${other}_number`]),
      display: textOf(log[`${other}_name`]),
    });
  const at = { threadId, timePrecision: 'second' } as const;
  facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  if (answeredAt) facts.event({ ...at, kind: 'answered', occurredAt: answeredAt });
  // Older logs do not say when a call ended, but are written when it has.
  if (isMissed) facts.event({ ...at, kind: 'missed', occurredAt: endedAt ?? startedAt, value: result });
  else if (endedAt) facts.event({ ...at, kind: 'ended', occurredAt: endedAt, value: result });
  return ok(facts.facts);
}
