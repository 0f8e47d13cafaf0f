import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf } from '../../records.ts';
import { handlesOf, phoneOf, twilioTime } from '../../formats/twilio.ts';
import { numberOf, textOf, tableOf, type Loose } from '../../formats/value.ts';

export interface CallSettings {
  readonly numbers: readonly string[];
  readonly inboundAnsweredBy: 'agent' | 'flow';
}

type EventKind = FactOf<'event'>['kind'];
type ThreadStatus = FactOf<'thread'>['status'];

/** What each state of a leg is as an event. A call that waits to be placed (`queued`) is not a customer in a queue. */
export const callEvents = tableOf<EventKind>({
  queued: 'started',
  initiated: 'started',
  ringing: 'started',
  'in-progress': 'answered',
  completed: 'ended',
  busy: 'missed',
  'no-answer': 'missed',
  canceled: 'abandoned',
  failed: 'failed',
});

const threadStatuses = tableOf<ThreadStatus>({
  queued: 'new',
  initiated: 'new',
  ringing: 'new',
  'in-progress': 'open',
  completed: 'closed',
  busy: 'failed',
  'no-answer': 'failed',
  canceled: 'abandoned',
  failed: 'failed',
});

/**
 * A call of ours that we take back before it is answered is over; nobody has given up waiting. So is a leg that Twilio
 * dialled: it is canceled when another of several answers, and that a caller hangs up shows on the caller's own leg.
 */
const isTakenBack = (call: Loose): boolean =>
  textOf(call.CallStatus) === 'canceled' &&
  (/^(outbound-(api|dial)|trunking-terminating)$/.test(textOf(call.Direction) ?? '') ||
    agentOf(textOf(call.From)) !== undefined);

/** The sides of a leg. `client:` and `sip:` addresses without a number are our agents' browsers and desk phones. */
export interface Parties {
  readonly direction?: 'inbound' | 'outbound';
  readonly customer?: string;
  readonly line?: string;
  readonly agent?: string;
}

const agentOf = (address: string | undefined): string | undefined =>
  address !== undefined && /^(client|sips?):/i.test(address) && !phoneOf(address) ? address : undefined;

/**
 * Who is who on a leg. An agent's own call comes in from `client:` and is outbound to the customer. On a dialled leg
 * (`outbound-dial`) either number may be the customer's, so only the configured numbers of the company decide.
 */
export function partiesOf(call: Loose, numbers: readonly string[]): Parties {
  const [from, to, native] = [textOf(call.From), textOf(call.To), textOf(call.Direction)];
  const [caller, callee] = [agentOf(from), agentOf(to)];
  if (native === 'outbound-dial') {
    const others = [from, to].filter((side) => side !== undefined && !agentOf(side) && !numbers.includes(side));
    const customer = numbers.length > 0 && others.length === 1 ? others[0] : undefined;
    return { ...(customer && { customer }), ...((callee ?? caller) && { agent: (callee ?? caller)! }) };
  }
  if (caller) return { direction: 'outbound', agent: caller, ...(to && !callee && { customer: to }) };
  // `trunking-originating` comes from the telephone network into our exchange, `trunking-terminating` goes out to it.
  if (native === 'inbound' || native === 'trunking-originating')
    return { direction: 'inbound', ...(from && { customer: from }), ...(to && { line: to }) };
  if (native === undefined) return {};
  return {
    direction: 'outbound',
    ...(from && { line: from }),
    ...(callee ? { agent: callee } : to && { customer: to }),
  };
}

/** Adds the thread of a leg with its parent, people and agent; returns its id and who answered on it. */
export function addCall(facts: FactList, call: Loose, sid: string, at: Date, settings: CallSettings) {
  const { direction, customer, line, agent } = partiesOf(call, settings.numbers);
  const agentId = agent === undefined ? undefined : facts.agent({ nativeId: agent, name: agent.replace(/^\w+:/, '') });
  // Whose phone only rings has not taken the call.
  const isTaken = agent === textOf(call.From) || /^(in-progress|completed)$/.test(textOf(call.CallStatus) ?? '');
  const status = isTakenBack(call) ? 'closed' : threadStatuses[textOf(call.CallStatus) ?? ''];
  const threadId = facts.thread({
    nativeId: sid,
    channel: 'voice',
    direction,
    account: line,
    agentId: isTaken ? agentId : undefined,
    status,
    startedAt: twilioTime(call.DateCreated) ?? twilioTime(call.StartTime),
    endedAt: endOf(call),
  });
  const parent = textOf(call.ParentCallSid);
  if (parent) facts.link(threadId, facts.threadId(parent), 'call leg');
  for (const handle of handlesOf(customer, textOf(call.CallerName)))
    facts.participant(threadId, 'customer', at, handle);
  for (const handle of handlesOf(line)) facts.participant(threadId, 'system', at, handle);
  return { threadId, agentId, direction };
}

function endOf(call: Loose): Date | undefined {
  const stated = twilioTime(call.EndTime);
  const status = textOf(call.CallStatus) ?? '';
  return (
    stated ??
    (['queued', 'initiated', 'ringing', 'in-progress'].includes(status) ? undefined : twilioTime(call.Timestamp))
  );
}

/**
 * Several callbacks fall into one second: their sequence number orders them within it. A TwiML request has no time, so
 * anything that has one goes before it, and among themselves the further state does.
 */
export function callVersion(call: Loose, stated: Date | undefined): number {
  if (stated) return stated.getTime() + Math.min(numberOf(call.SequenceNumber) ?? 0, 999);
  const status = threadStatuses[textOf(call.CallStatus) ?? ''] ?? 'new';
  return status === 'new' ? 0 : status === 'open' ? 1 : 2;
}

/** Maps a status callback, a TwiML request or a call resource. Durations of both are seconds. */
export function mapCall(call: Loose, context: SplitContext<CallSettings>): Outcome {
  const sid = textOf(call.CallSid);
  if (!sid) return reject('the call has no CallSid');
  const stated = twilioTime(call.Timestamp) ?? twilioTime(call.DateUpdated);
  const at = stated ?? context.delivery.receivedAt;
  const facts = new FactList(context, callVersion(call, stated));
  const leg = addCall(facts, call, sid, twilioTime(call.StartTime) ?? at, context.settings);
  for (const event of eventsOf(call, at, stated === undefined, context.settings))
    facts.event({
      threadId: leg.threadId,
      ...event,
      ...(event.kind === 'answered' && leg.agentId && { agentId: leg.agentId }),
    });
  const { threadId } = leg;
  facts.measure({ threadId, name: 'call_duration', value: numberOf(call.CallDuration), unit: 'second' });
  facts.measure({ threadId, name: 'billed_duration', value: numberOf(call.Duration), unit: 'minute' });
  facts.measure({ threadId, name: 'dial_wait', value: numberOf(call.QueueTime), unit: 'millisecond' });
  addSpeech(facts, leg, call, context);
  const recording = textOf(call.RecordingSid);
  if (recording) facts.link(threadId, facts.threadId(recording), 'recording');
  return ok(facts.facts);
}

/**
 * What `<Gather>` heard of whoever is on this leg. It has neither an id nor a time: a request that is sent again has the
 * same bytes, and so is the same delivery. An event stream, which brings several at once, gives each an id and a time.
 */
function addSpeech(
  facts: FactList,
  { threadId, agentId }: { threadId: string; agentId: string | undefined },
  call: Loose,
  { delivery }: SplitContext<CallSettings>,
): void {
  const text = textOf(call.SpeechResult);
  if (text === undefined) return;
  const requestedAt = twilioTime(call.RequestedAt);
  const isCustomer = agentId === undefined && textOf(call.Direction) !== 'outbound-dial';
  facts.utterance({
    threadId,
    nativeId: `${textOf(call.CallSid)}:speech:${textOf(call.EventSid) ?? delivery.id}`,
    text,
    occurredAt: requestedAt ?? delivery.receivedAt,
    timePrecision: requestedAt ? 'second' : 'receipt',
    ...(isCustomer && { role: 'customer' as const }),
    ...(agentId && { role: 'agent' as const, agentId }),
  });
}

type CallEvent = Pick<FactOf<'event'>, 'kind' | 'occurredAt' | 'value' | 'timePrecision'>;

function eventsOf(call: Loose, at: Date, isReceipt: boolean, settings: CallSettings): CallEvent[] {
  const value = textOf(call.CallStatus) ?? '';
  const timePrecision = isReceipt ? ('receipt' as const) : ('second' as const);
  // A leg that comes in is picked up by Twilio itself, to run the call flow.
  const isFlow = textOf(call.Direction) === 'inbound' && settings.inboundAnsweredBy === 'flow';
  const kind = isTakenBack(call) ? 'ended' : callEvents[value]!;
  const isResource = call.DateUpdated !== undefined;
  if (isResource) return resourceEvents(call, kind, isFlow);
  // A TwiML request repeats `in-progress` at every step of the flow: only a callback says when the call was answered.
  if (kind === 'answered' && (isFlow || isReceipt)) return [];
  return [{ kind, occurredAt: at, value, timePrecision }];
}

/** A resource shows a whole call: created, answered at its start time (where it has a duration), ended. */
function resourceEvents(call: Loose, kind: EventKind, isFlow: boolean): CallEvent[] {
  const value = textOf(call.CallStatus) ?? '';
  const [created, start, end] = [twilioTime(call.DateCreated), twilioTime(call.StartTime), twilioTime(call.EndTime)];
  const isAnswered = !isFlow && (kind === 'answered' || (kind === 'ended' && (numberOf(call.CallDuration) ?? 0) > 0));
  const candidates: [EventKind, Date | undefined][] = [
    ['started', created ?? start],
    ['answered', isAnswered ? start : undefined],
    [kind, kind === 'started' || kind === 'answered' ? undefined : end],
  ];
  return candidates.flatMap(([each, occurredAt]) =>
    occurredAt ? [{ kind: each, occurredAt, value, timePrecision: 'second' as const }] : [],
  );
}
