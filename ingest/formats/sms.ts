import { ok, reject, type Outcome, type SplitContext } from '../connector.ts';
import { FactList, type HandleInput } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { normalizeHandle } from './handle.ts';
import { textPart } from './text-parts.ts';
import { whatsappUserId } from './twilio.ts';

/** A text message, or what became of one of ours, as every vendor of SMS tells it under names of its own. */
export interface Sms {
  readonly id: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly isInbound: boolean;
  /** What the customer is called in the app. */
  readonly name?: string | undefined;
  /** Absent where the vendor tells no time: it is then that of receipt. */
  readonly at?: Date | undefined;
  readonly timePrecision?: 'minute' | 'second' | 'millisecond';
  readonly isZoneKnown?: boolean;
  readonly nativeTime?: string | undefined;
  readonly text?: string | undefined;
  readonly media?: FactOf<'utterance'>['media'];
  /** The place of a part among those of a long message, whose id all parts have. */
  readonly part?: { readonly place: number; readonly count: number } | undefined;
  /** The vendor found a message to be the wish to hear no more. */
  readonly isOptOut?: boolean | undefined;
  /** The id of the message that this one answers. */
  readonly repliedTo?: string | undefined;
  /** Set on a reaction, which is no message: what it is to, and the sign (`removed` where it was taken back). */
  readonly reaction?: { readonly to: string; readonly value: string } | undefined;
  /** Set on a status report; a message has none. */
  readonly receipt?: { readonly kind: FactOf<'event'>['kind']; readonly value: string; readonly isOptOut?: boolean };
  readonly channel?: 'sms' | 'whatsapp' | 'viber' | 'rcs' | keyof typeof ID_HANDLES;
  /** Set on a message that is taken back; its words are not told again. */
  readonly isDeleted?: boolean;
  readonly isAutomatic?: boolean;
}

/** Apps whose people have an id, which may be digits and is no phone number. */
const ID_HANDLES = {
  messenger: 'messenger_id',
  instagram: 'instagram_id',
  apple_messages: 'apple_id',
  line: 'line_id',
  telegram: 'telegram_id',
  wechat: 'wechat_id',
} as const;

/** The words that every carrier takes as the wish to hear no more; in an app they are words like any other. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit']);

/**
 * The facts of a text message: a thread of our line and the customer's number, cut after a silent day. Numbers come with
 * and without a plus; short codes and names of senders are kept as they are, and are nobody's handle.
 */
export function mapSms(sms: Sms, context: SplitContext): Outcome {
  const { receivedAt } = context.delivery;
  const [customer, line] = sms.isInbound ? [sms.from, sms.to] : [sms.to, sms.from];
  if (!sms.id) return reject('missing id of the message');
  if (sms.receipt && (!customer || !line)) return mapLoneReceipt(sms.id, sms.receipt, sms, context);
  if (!customer) return reject('the address of the customer is not given: the conversation is not known');
  if (!line) return reject('our own number is not given: the conversation is not known');
  if (sms.nativeTime !== undefined && !sms.at)
    return reject(`invalid time: ${sms.nativeTime}; expected a date and a clock time`);
  const occurredAt = sms.at ?? receivedAt;
  const facts = new FactList(context, occurredAt.getTime());
  const channel = sms.channel ?? 'sms';
  const pair = `${addressOf(line, channel)}|${addressOf(customer, channel)}`;
  const threadId = facts.thread({
    // One number may send text messages and stand in an app: these are conversations of their own.
    nativeId: channel === 'sms' ? pair : `${channel}/${pair}`,
    channel,
    account: addressOf(line, channel),
    sessionGapHours: 24,
  });
  const handleId = handlesOf(customer, channel)
    .map((handle) => facts.participant(threadId, 'customer', occurredAt, { ...handle, display: sms.name }))
    .at(-1);
  const placed = {
    threadId,
    occurredAt,
    timePrecision: sms.at ? (sms.timePrecision ?? 'second') : 'receipt',
    isZoneKnown: sms.at ? (sms.isZoneKnown ?? true) : true,
  } as const;
  if (sms.receipt) addReceipt(facts, sms.id, sms.receipt, placed);
  else if (sms.isDeleted) facts.utterance({ threadId, nativeId: sms.id, deletedAt: occurredAt });
  else if (sms.reaction)
    facts.event({
      ...placed,
      kind: 'reaction',
      value: sms.reaction.value,
      utteranceId: facts.utteranceId(sms.reaction.to),
      nativeId: sms.id,
    });
  else addMessage(facts, sms, sms.id, placed, handleId);
  return ok(facts.facts);
}

/** A report that names only its message: it finds its conversation when the message comes. */
function mapLoneReceipt(
  id: string,
  receipt: NonNullable<Sms['receipt']>,
  { at, timePrecision = 'second', isZoneKnown = true }: Sms,
  context: SplitContext,
): Outcome {
  const occurredAt = at ?? context.delivery.receivedAt;
  const facts = new FactList(context, occurredAt.getTime());
  addReceipt(facts, id, receipt, {
    threadId: facts.threadId(`message/${id}`),
    occurredAt,
    timePrecision: at ? timePrecision : 'receipt',
    isZoneKnown: at ? isZoneKnown : true,
  });
  return ok(facts.facts);
}

type Placed = Pick<FactOf<'event'>, 'threadId' | 'occurredAt' | 'timePrecision' | 'isZoneKnown'>;

function addMessage(facts: FactList, sms: Sms, nativeId: string, placed: Placed, handleId: string | undefined): void {
  const { isInbound, text, media, part } = sms;
  facts.utterance({
    ...placed,
    nativeId,
    role: isInbound ? 'customer' : 'agent',
    nativeTime: sms.nativeTime,
    visibility: 'public',
    ...(text && (part ? { textParts: [textPart(part.place, part.count, text)] } : { text })),
    ...(media && media.length > 0 && { media }),
    ...(isInbound && handleId && { handleId }),
    ...(sms.repliedTo && { replyToId: facts.utteranceId(sms.repliedTo) }),
  });
  const isStop = sms.isOptOut ?? (!part && isByCarrier(sms) && STOP_WORDS.has(text?.toLowerCase() ?? ''));
  if (isInbound && isStop && text)
    facts.event({ ...placed, kind: 'opted_out', value: text, utteranceId: facts.utteranceId(nativeId) });
}

function addReceipt(
  facts: FactList,
  id: string,
  { kind, value, isOptOut }: NonNullable<Sms['receipt']>,
  placed: Placed,
) {
  const utteranceId = facts.utteranceId(id);
  facts.event({ ...placed, kind, value, utteranceId });
  if (isOptOut) facts.event({ ...placed, kind: 'opted_out', value, utteranceId });
}

/** E.164 of a number with or without its plus; undefined for short codes and names. */
export const phoneOf = (address: string): string | undefined =>
  /^\+?\d{7,15}$/.test(address) ? normalizeHandle('phone', address.replace(/^\+?/, '+'), '') : undefined;

const isByCarrier = ({ channel = 'sms' }: Sms): boolean => channel === 'sms' || channel === 'rcs';

const idHandle = (channel: Sms['channel']) =>
  channel && channel in ID_HANDLES ? ID_HANDLES[channel as keyof typeof ID_HANDLES] : undefined;

const addressOf = (address: string, channel: Sms['channel']): string =>
  (idHandle(channel) ? undefined : phoneOf(address)) ?? address;

function handlesOf(customer: string, channel: Sms['channel']): HandleInput[] {
  const type = idHandle(channel);
  if (type) return [{ type, value: customer }];
  const phone = phoneOf(customer);
  // A business of Viber writes to numbers, a bot to ids.
  if (channel === 'viber' && !phone) return [{ type: 'viber_id', value: customer }];
  if (channel !== 'whatsapp') return [{ type: 'phone', value: phone }];
  if (!phone) return [{ type: 'whatsapp_user_id', value: whatsappUserId(customer) }];
  return [
    { type: 'whatsapp_id', value: phone.slice(1) },
    { type: 'phone', value: phone },
  ];
}

/** A status report as this vendor words it, or undefined where the status is not known. */
export function receiptOf(
  ladder: Readonly<Record<string, FactOf<'event'>['kind']>>,
  status: string,
  detail?: string,
): Sms['receipt'] {
  const kind = ladder[status];
  return kind && { kind, value: [status, detail].filter(Boolean).join(': ') };
}
