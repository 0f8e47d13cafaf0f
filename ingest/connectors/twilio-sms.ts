import { z } from 'zod';
import { defineConnector, ok, reject, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { decodeBase64Text } from '../formats/base64.ts';
import { callbackParameters, handlesOf, twilioTime, twilioTrust } from '../formats/twilio.ts';
import { numberOf, objectsOf, textOf, type Loose } from '../formats/value.ts';
import type { FactOf } from '../records.ts';

type EventKind = FactOf<'event'>['kind'];

/** What the status of a message that we sent says of it. */
const receipts: Readonly<Record<string, EventKind>> = {
  accepted: 'queued_message',
  scheduled: 'queued_message',
  queued: 'queued_message',
  sending: 'queued_message',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'status_changed',
};
/** The words Twilio itself acts on; with its own opt-out management it says so in `OptOutType`. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
/** "Attempt to send to unsubscribed recipient". */
const RECIPIENT_OPTED_OUT = '21610';

export const twilioSms = defineConnector<Loose, Record<string, never>>({
  name: 'twilio-sms',
  title: 'Twilio Messaging',
  version: 1,
  channels: ['sms', 'whatsapp', 'rcs'],
  docs: [
    'https://www.twilio.com/docs/messaging/guides/webhook-request',
    'https://www.twilio.com/docs/messaging/api/message-resource',
  ],
  formats: ['form', 'json'],
  settings: z.object({}),
  trust: twilioTrust,
  threadKey: '(our number, or MessagingServiceSid while none is chosen; customer address)',
  statusLadder: ['queued', 'sent', 'delivered', 'read'],
  echoRule: 'Direction outbound-*: sent by us, whichever tool sent it; the MessageSid is the same everywhere.',
  *split(document: unknown) {
    if (typeof document !== 'object' || document === null)
      throw new Error('invalid document: expected Twilio parameters or message resources');
    for (const record of objectsOf([document].flat()))
      for (const resource of 'messages' in record ? objectsOf(record.messages) : [record]) yield unitOf(resource);
  },
  map({ native }, context) {
    const sid = textOf(native.MessageSid) ?? textOf(native.SmsSid);
    if (!sid) return reject('the message has no MessageSid');
    const parties = partiesOf(native);
    if (!parties.customer) return reject('neither From nor To is given: the conversation is not known');
    if (!parties.line)
      return reject('neither our number nor a MessagingServiceSid is given: the conversation is not known');
    return ok(factsOf(native, sid, parties.customer, parties.line, context));
  },
});

function unitOf(resource: Loose): Unit<Loose> {
  const isRest = 'sid' in resource;
  const native = isRest ? callbackParameters(resource, { Sid: 'MessageSid', Status: 'MessageStatus' }) : resource;
  if (isRest) return { kind: 'message', nativeKind: `resource.${textOf(native.Direction) ?? 'message'}`, native };
  const status = statusOf(native);
  if (status) return { kind: status in receipts ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
  const isMessage = 'MessageSid' in native || 'SmsSid' in native;
  return { kind: isMessage ? 'message' : 'unknown', nativeKind: isMessage ? 'received' : unknownKind(native), native };
}

/** Older callbacks have only `SmsStatus`, which inbound messages have too. */
function statusOf(native: Loose): string | undefined {
  const status = textOf(native.MessageStatus) ?? textOf(native.SmsStatus);
  return status === 'received' || status === 'receiving' ? undefined : status;
}

const unknownKind = (native: Loose): string => textOf(native.type) ?? textOf(native.EventType) ?? 'no MessageSid';

/** A webhook without a status is an inbound message; one with a status, and `outbound-*` resources, are ours. */
function partiesOf(native: Loose) {
  const isInbound = isInboundMessage(native);
  const [from, to] = [textOf(native.From), textOf(native.To)];
  const line = (isInbound ? to : from) ?? textOf(native.MessagingServiceSid);
  return { customer: isInbound ? from : to, line };
}

const isInboundMessage = (native: Loose): boolean =>
  textOf(native.Direction)?.startsWith('inbound') ?? statusOf(native) === undefined;

function factsOf(native: Loose, sid: string, customer: string, line: string, context: SplitContext) {
  const changedAt = twilioTime(native.DateUpdated);
  const sentAt = twilioTime(native.DateSent) ?? twilioTime(native.DateCreated);
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, (changedAt ?? receivedAt).getTime());
  const occurredAt = sentAt ?? receivedAt;
  const timePrecision = sentAt ? 'second' : 'receipt';
  const threadId = facts.thread({
    nativeId: `${line}|${customer}`,
    channel: channelOf(customer),
    account: line,
    sessionGapHours: 24,
  });
  const handles = [...handlesOf(customer, textOf(native.ProfileName)), ...handlesOf(textOf(native.ExternalUserId))];
  const [handleId] = handles.map((handle) => facts.participant(threadId, 'customer', occurredAt, handle));
  const utteranceId = facts.utteranceId(sid);
  const at = { threadId, utteranceId, occurredAt, timePrecision } as const;
  const status = statusOf(native);
  if (status === undefined || 'Direction' in native)
    addMessage(facts, native, { ...at, sid, handleId: isInboundMessage(native) ? handleId : undefined });
  if (status && receipts[status]) addReceipt(facts, native, status, changedAt ? { ...at, occurredAt: changedAt } : at);
  return facts.facts;
}

function channelOf(customer: string): 'whatsapp' | 'rcs' | 'sms' {
  const scheme = /^(whatsapp|rcs):/i.exec(customer)?.[1]?.toLowerCase();
  return scheme === 'whatsapp' || scheme === 'rcs' ? scheme : 'sms';
}

interface At {
  threadId: string;
  utteranceId: string;
  occurredAt: Date;
  timePrecision: 'second' | 'receipt';
}

function addMessage(facts: FactList, native: Loose, at: At & { sid: string; handleId: string | undefined }): void {
  const { sid, handleId, utteranceId, ...placed } = at;
  const isInbound = isInboundMessage(native);
  // A button's own words say more than the body that goes with it; on SMS there are no buttons.
  const body = (textOf(native.From)?.startsWith('whatsapp:') && textOf(native.ButtonText)) || textOf(native.Body);
  const decoded = body === undefined ? undefined : decodeBase64Text(body);
  facts.utterance({
    ...placed,
    nativeId: sid,
    role: isInbound ? 'customer' : roleOfSender(native),
    text: decoded ?? body,
    sourceText: decoded === undefined ? undefined : body,
    nativeTime: textOf(native.DateSent) ?? textOf(native.DateCreated),
    handleId,
    media: mediaOf(native),
  });
  if (isInbound && isOptOut(native, body)) facts.event({ ...placed, utteranceId, kind: 'opted_out', value: body });
}

/** `outbound-reply` and `outbound-call` are what an application answers by itself, in TwiML. */
const roleOfSender = (native: Loose) => (textOf(native.Direction) === 'outbound-api' ? 'agent' : 'bot');

const isOptOut = (native: Loose, body: string | undefined): boolean =>
  textOf(native.OptOutType)?.toUpperCase() === 'STOP' || STOP_WORDS.has(body?.toLowerCase() ?? '');

/** Links expire and need a password, so only their type is kept, and the media's own id where the link has one. */
function mediaOf(native: Loose) {
  const count = numberOf(native.NumMedia) ?? 0;
  if (count === 0) return undefined;
  return Array.from({ length: count }, (_, index) => ({
    mediaId: textOf(native[`MediaUrl${index}`])?.split('/').at(-1),
    mimeType: textOf(native[`MediaContentType${index}`]),
  }));
}

function addReceipt(facts: FactList, native: Loose, status: string, at: At): void {
  const errorCode = textOf(native.ErrorCode);
  facts.event({ ...at, kind: receipts[status]!, value: errorCode ?? status });
  if (errorCode === RECIPIENT_OPTED_OUT) facts.event({ ...at, kind: 'opted_out', value: errorCode });
}
