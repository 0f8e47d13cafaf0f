import type { FactList } from '../../fact-list.ts';
import type { FactOf } from '../../records.ts';
import { decodeBase64Text } from '../../formats/base64.ts';
import { placeText } from '../../formats/place.ts';
import { lastSegment, numberOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

type EventKind = FactOf<'event'>['kind'];

/** Where and when one message stands. */
export interface MessagePlace {
  readonly threadId: string;
  readonly utteranceId: string;
  readonly occurredAt: Date;
  readonly timePrecision: 'second' | 'receipt';
}

/** What the status of a message that we sent says of it. */
export const messageReceipts = tableOf<EventKind>({
  accepted: 'queued_message',
  scheduled: 'queued_message',
  queued: 'queued_message',
  sending: 'queued_message',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  partially_delivered: 'status_changed',
  canceled: 'status_changed',
});

/** The words Twilio itself acts on; with its own opt-out management it says so in `OptOutType`. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);

/** "Attempt to send to unsubscribed recipient". */
const RECIPIENT_OPTED_OUT = '21610';

/** Older callbacks have only `SmsStatus`, which inbound messages have too. */
export function messageStatus(native: Loose): string | undefined {
  const status = textOf(native.MessageStatus) ?? textOf(native.SmsStatus);
  return status === 'received' || status === 'receiving' ? undefined : status;
}

/** A webhook without a status is an inbound message; one with a status, and `outbound-*` resources, are ours. */
export const isInboundMessage = (native: Loose): boolean =>
  textOf(native.Direction)?.startsWith('inbound') ?? messageStatus(native) === undefined;

/** Adds the message itself, and the customer's wish to hear no more where it is one. */
export function addMessage(facts: FactList, native: Loose, sid: string, place: MessagePlace, handleId?: string): void {
  const { utteranceId: _, ...placed } = place;
  const isInbound = isInboundMessage(native);
  // A button's own words say what the customer chose; on SMS there are no buttons.
  const isApp = /^(whatsapp|rcs|messenger):/i.test(textOf(native.From) ?? '');
  const body = (isApp ? textOf(native.ButtonText) : undefined) ?? textOf(native.Body) ?? placeOf(native);
  const repliedTo = textOf(native.OriginalRepliedMessageSid);
  const decoded = body === undefined ? undefined : decodeBase64Text(body);
  facts.utterance({
    ...placed,
    nativeId: sid,
    role: isInbound ? 'customer' : roleOfSender(native),
    text: decoded ?? body,
    sourceText: decoded === undefined ? undefined : body,
    nativeTime: textOf(native.DateSent) ?? textOf(native.DateCreated),
    isZoneKnown: true,
    visibility: 'public',
    handleId: isInbound ? handleId : undefined,
    media: mediaOf(native),
    ...(repliedTo && { replyToId: facts.utteranceId(repliedTo) }),
  });
  addFiles(facts, native, sid, place);
  if (isInbound && isOptOut(native, body)) facts.event({ ...place, kind: 'opted_out', value: body });
}

/** `outbound-reply` and `outbound-call` are what an application answers by itself, in TwiML. */
const roleOfSender = (native: Loose) => (textOf(native.Direction) === 'outbound-api' ? 'agent' : 'bot');

/** Twilio acts on the words in text messages alone; in the apps they are words like any other. */
const isOptOut = (native: Loose, body: string | undefined): boolean =>
  textOf(native.OptOutType)?.toUpperCase() === 'STOP' ||
  (!/^(whatsapp|messenger):/i.test(textOf(native.From) ?? '') && STOP_WORDS.has(body?.toLowerCase() ?? ''));

/** A shared place, which has no body. */
const placeOf = ({ Label, Address, Latitude, Longitude }: Loose): string | undefined =>
  placeText([Label, Address], Latitude, Longitude);

/** A message has ten at most; more is a number that something broke. */
const MOST_MEDIA = 10;

/** Links need a password and stay out; the last part of one is the media's own id. */
function mediaOf(native: Loose) {
  const count = Math.min(numberOf(native.NumMedia) ?? 0, MOST_MEDIA);
  if (!(count >= 1)) return undefined;
  return Array.from({ length: Math.trunc(count) }, (_, index) => ({
    mediaId: lastSegment(native[`MediaUrl${index}`]),
    mimeType: textOf(native[`MediaContentType${index}`]),
  }));
}

const kindOf = (mimeType: string | undefined) => {
  const group = mimeType?.split('/')[0];
  return group === 'audio' ? 'voice_note' : group === 'image' || group === 'video' ? group : 'file';
};

/** Below the account's own address (`baseUrl`). */
function addFiles(facts: FactList, native: Loose, sid: string, { threadId, occurredAt }: MessagePlace): void {
  for (const { mediaId, mimeType } of mediaOf(native) ?? [])
    if (mediaId !== undefined)
      facts.media({
        threadId,
        nativeId: mediaId,
        kind: kindOf(mimeType),
        utteranceId: facts.utteranceId(sid),
        startedAt: occurredAt,
        address: `path:/Messages/${encodeURIComponent(sid)}/Media/${encodeURIComponent(mediaId)}`,
        ...(mimeType && { mimeType }),
      });
}

/** Adds what became of a message we sent; an error says why, in Twilio's code. */
export function addReceipt(facts: FactList, native: Loose, status: string, place: MessagePlace): void {
  const errorCode = textOf(native.ErrorCode);
  facts.event({ ...place, kind: messageReceipts[status]!, value: errorCode ?? status });
  if (errorCode === RECIPIENT_OPTED_OUT) facts.event({ ...place, kind: 'opted_out', value: errorCode });
}

export function channelOf(customer: string): 'whatsapp' | 'rcs' | 'messenger' | 'sms' {
  const scheme = /^(whatsapp|rcs|messenger):/i.exec(customer)?.[1]?.toLowerCase();
  return scheme === 'whatsapp' || scheme === 'rcs' || scheme === 'messenger' ? scheme : 'sms';
}
