import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { recordsIn } from '../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../formats/time.ts';
import { numberOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  queued: 'queued_message',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  rejected: 'failed',
  failed: 'failed',
});

const CHANNELS = tableOf<Sms['channel']>({ whatsapp: 'whatsapp', rcs: 'rcs' });

const statusOf = (native: Loose): string | undefined => textOf(native.Status) ?? textOf(native.status);

/** `MessageTime` is that of our message; what became of it has a time of its own, or none. */
const RECEIPT_TIMES = tableOf<string>({
  queued: 'QueuedTime',
  sent: 'SentTime',
  delivered: 'DeliveryReportTime',
  undelivered: 'DeliveryReportTime',
});

function timeOf(native: Loose): string | undefined {
  const status = statusOf(native);
  return textOf(native[status === undefined ? 'MessageTime' : (RECEIPT_TIMES[status] ?? '')]);
}

/**
 * A record of the API under the names of a callback. It has no words: it tells when a message was written, by whom. When
 * the state it is in was reached it does not tell.
 */
const fromRecord = (record: Loose): Loose => ({
  MessageUUID: record.message_uuid,
  From: record.from_number,
  To: record.to_number,
  Type: record.message_type,
  Direction: record.message_direction,
  MessageTime: record.message_time,
});

/** A message has ten at most; more is a number that something broke. */
const MOST_MEDIA = 10;

/** Errors that say the recipient asked to hear no more. */
const OPTED_OUT = new Set(['200']);

export const plivo = defineConnector<Loose, Record<string, never>>({
  name: 'plivo',
  title: 'Plivo Messaging',
  version: 1,
  channels: ['sms', 'whatsapp', 'rcs'],
  docs: [
    'https://www.plivo.com/docs/messaging/api/message/receive',
    'https://www.plivo.com/docs/messaging/concepts/signature-validation',
  ],
  formats: ['form', 'json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'one-of',
    schemes: [
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'base64',
        header: 'X-Plivo-Signature-V3',
        hasSeveral: true,
        parts: ['ordered-url', { text: '.' }, { header: 'X-Plivo-Signature-V3-Nonce' }],
      },
      // The older one, of accounts that have not changed: it covers the address and the nonce, not the form.
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'base64',
        header: 'X-Plivo-Signature-V2',
        hasSeveral: true,
        parts: ['plain-url', { header: 'X-Plivo-Signature-V2-Nonce' }],
      },
    ],
  },
  takesQuery: true,
  threadKey: '(channel, our number, customer number), cut after 24 silent hours',
  statusLadder: ['queued', 'sent', 'delivered', 'read'],
  echoRule: 'Plivo delivers only what people write; of our own messages receipts come back, and records without words',
  *split(document: unknown) {
    for (const given of objectsOf(recordsIn(document, 'objects'))) {
      if (typeof given.message_uuid === 'string') {
        yield { kind: 'message', nativeKind: `resource.${textOf(given.message_direction)}`, native: fromRecord(given) };
        continue;
      }
      const native = given;
      if (native.MessageUUID === undefined) throw new Error('invalid parameters: expected MessageUUID');
      const status = statusOf(native);
      if (status === undefined) yield { kind: 'message', nativeKind: textOf(native.Type) ?? 'sms', native };
      else yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
    }
  },
  map({ kind, native }, context) {
    const isReceipt = kind === 'receipt';
    const time = timeOf(native);
    const at = fromIsoAsUtc(time);
    const error = textOf(native.ErrorCode);
    const receipt = isReceipt ? receiptOf(RECEIPTS, statusOf(native)!, error === '000' ? undefined : error) : undefined;
    return mapSms(
      {
        // A long message goes out in parts; its status belongs to the message as a whole.
        id: textOf(native.ParentMessageUUID) ?? textOf(native.MessageUUID),
        from: textOf(native.From),
        to: textOf(native.To),
        isInbound: !isReceipt && textOf(native.Direction) !== 'outbound',
        at,
        nativeTime: isReceipt && !at ? undefined : time,
        text: textOf(native.Text) ?? textOf(native.Body) ?? textOf(native.ButtonText),
        media: mediaOf(native),
        channel: CHANNELS[textOf(native.Type)?.toLowerCase() ?? ''] ?? 'sms',
        // Plivo says it of the keywords it knows, which may be the customer's own list.
        ...(textOf(native.MessageIntent)?.toLowerCase() === 'optout' && { isOptOut: true }),
        ...(receipt && { receipt: { ...receipt, isOptOut: OPTED_OUT.has(error ?? '') } }),
      },
      context,
    );
  },
});

/**
 * The last part of a link is the file's own id; the link itself opens it and stays out. Links are numbered from nought or
 * from one.
 */
function mediaOf(native: Loose): NonNullable<FactOf<'utterance'>['media']> {
  const links = Object.keys(native).filter((name) => /^Media\d+$/.test(name) && textOf(native[name]));
  const named = links.map((name) => ({ name: 'media', mediaId: textOf(native[name])!.split(/[/?]/).at(-1)! }));
  const count = Math.min(numberOf(native.MediaCount) ?? 0, MOST_MEDIA);
  return named.length > 0 ? named : Array.from({ length: count }, () => ({ name: 'media' }));
}
