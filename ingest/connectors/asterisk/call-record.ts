import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addRecording, internationalNumber, sidesOf, soundOf, type Sides } from '../../formats/exchange.ts';
import { fromLocal } from '../../formats/local-time.ts';
import { numberOf, textOf } from '../../formats/value.ts';
import type { FactOf } from '../../records.ts';
import type { AsteriskSettings } from './asterisk.ts';

const fieldNames = [
  'accountCode',
  'source',
  'destination',
  'context',
  'callerId',
  'channel',
  'destinationChannel',
  'application',
  'applicationData',
  'start',
  'answer',
  'end',
  'duration',
  'billableDuration',
  'disposition',
  'flags',
] as const;

type CallRecord = { readonly [Name in (typeof fieldNames)[number]]?: string | undefined };

/** Seconds since 1970 and a number, after the name of the exchange where it has one. */
const UNIQUE_ID = /^(?:[\w.-]+-)?\d{9,}\.\d+$/;

/** What the columns after the sixteenth say, of which the exchange is set to write all, some or none. */
function idsIn(fields: readonly string[]): { uniqueId?: string | undefined; linkedId?: string | undefined } {
  const [idOf, last] = [(index: number) => UNIQUE_ID.exec(fields[index]?.trim() ?? '')?.[0], fields.length];
  return { uniqueId: idOf(fieldNames.length), linkedId: last >= fieldNames.length + 3 ? idOf(last - 2) : undefined };
}

/** The file of the recording, which stands in a column of its own or in the user field. */
const recordingIn = (fields: readonly string[]): string | undefined =>
  fields.slice(fieldNames.length).find((field) => soundOf(field) !== undefined);

/** The extension of a device's channel, e.g. `PJSIP/8584-9153`. */
const extensionIn = (channel: string | undefined): string | undefined =>
  /^(?:PJSIP|SIP|IAX2|SCCP|Local)\/(\d{3,6})[-@]/i.exec(channel ?? '')?.[1];

/**
 * The second half of a channel that the exchange dials itself over, as it does for each member of a ring group: the number
 * in it is the one dialled, and who calls only the leg that dialled it tells.
 */
const isFarHalf = (channel: string | undefined): boolean => /^Local\/.*;2$/.test(channel ?? '');

/** FreePBX calls the mailbox of extension 201 `vmu201`, `vmb201` or `vms201`, by why it is reached. */
const withoutMailbox = (number: string | undefined) => number?.replace(/^vm[a-z]?(?=\d{3,6}$)/, '');

/** The name in `"Ana Roy" <+12125550142>`, unless it only repeats the number. */
const nameIn = (callerId: string | undefined): string | undefined =>
  textOf(/^"(.*)"\s*</.exec(callerId ?? '')?.[1]?.replace(/^\+?\d+$/, ''));

/** Who is at each end, as far as the record tells. */
function endsOf(record: CallRecord, inboundContexts: readonly string[]): Sides {
  if (isFarHalf(record.channel)) return {};
  const isFromOutside = record.context !== undefined && inboundContexts.includes(record.context);
  const caller = (isFromOutside ? undefined : extensionIn(record.channel)) ?? record.source;
  const callee = extensionIn(record.destinationChannel) ?? withoutMailbox(record.destination);
  return sidesOf(caller, callee, record.context, inboundContexts);
}

/**
 * One leg. `start`, `answer` and `end` are the exchange's wall clock. `answer` is when the exchange took the call, which
 * for a queue is before anybody waited in it: only `queue_log` tells when an agent did.
 */
export function mapCallRecord(fields: readonly string[], context: SplitContext<AsteriskSettings>): Outcome {
  const record: CallRecord = Object.fromEntries(fieldNames.map((name, index) => [name, textOf(fields[index])]));
  const { timeZone, country, inboundContexts } = context.settings;
  const [startedAt, answeredAt, endedAt] = [record.start, record.answer, record.end].map((t) => fromLocal(t, timeZone));
  if (!startedAt || !endedAt) return reject(`invalid start or end: ${record.start}; expected yyyy-mm-dd hh:mm:ss`);
  const { uniqueId, linkedId } = idsIn(fields);
  if (isFarHalf(record.channel) && !linkedId)
    return drop('half of a leg within the exchange: the leg that dialled it tells its call');
  const sides = endsOf(record, inboundContexts);
  const facts = new FactList(context, endedAt.getTime());
  // An extension that was only dialled (a queue, a mailbox, a menu) is nobody's; a device that was reached is.
  const device = sides.direction === 'outbound' ? sides.extension : extensionIn(record.destinationChannel);
  const isAnswered = record.disposition === 'ANSWERED';
  const agentId = device && isAnswered ? facts.agent({ nativeId: device }) : undefined;
  const { status, endKind, isConnected } = stateOf(record, sides.direction);
  const threadId = facts.thread({
    nativeId: uniqueId ?? `${record.channel}@${record.start}`,
    channel: record.application === 'VoiceMail' ? 'voicemail' : 'voice',
    startedAt,
    endedAt,
    status,
    ...(sides.direction && { direction: sides.direction }),
    ...(agentId && { agentId }),
  });
  if (linkedId) facts.link(threadId, facts.threadId(linkedId), 'call leg');
  const value = internationalNumber(sides.customer, country);
  const display = sides.direction === 'inbound' ? nameIn(record.callerId) : undefined;
  if (value) facts.participant(threadId, 'customer', startedAt, { type: 'phone', value, display });
  const at = { threadId, timePrecision: 'second', isZoneKnown: timeZone !== undefined } as const;
  facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  if (isConnected && answeredAt)
    facts.event({ ...at, kind: 'answered', occurredAt: answeredAt, ...(agentId && { agentId }) });
  facts.event({ ...at, kind: endKind, occurredAt: endedAt, value: record.disposition });
  const seconds = (name: string, text: unknown) =>
    facts.measure({ threadId, name, value: numberOf(text), unit: 'second' });
  seconds('leg_duration', record.duration);
  seconds(isConnected ? 'talk_duration' : 'connected_duration', record.billableDuration);
  const recording = isAnswered ? recordingIn(fields) : undefined;
  if (recording) addRecording(facts, threadId, recording);
  return ok(facts.facts);
}

interface State {
  readonly status: FactOf<'thread'>['status'];
  readonly endKind: FactOf<'event'>['kind'];
  /** Two people spoke: a dialled party answered. */
  readonly isConnected: boolean;
}

function stateOf(record: CallRecord, direction: string | undefined): State {
  const { disposition, application, destinationChannel } = record;
  if (disposition === 'ANSWERED') {
    // Taken by the queue and over without anybody dialled: the caller gave up.
    if (application === 'Queue' && !destinationChannel)
      return { status: 'abandoned', endKind: 'abandoned', isConnected: false };
    return { status: 'closed', endKind: 'ended', isConnected: application === 'Dial' && !!destinationChannel };
  }
  const isMissed = direction === 'inbound' || disposition === 'NO ANSWER' || disposition === 'BUSY';
  return { status: 'failed', endKind: isMissed ? 'missed' : 'failed', isConnected: false };
}
