import { z } from 'zod';
import { defineConnector, type SplitContext, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { fromIso, fromIsoAsUtc } from '../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  submitted: 'queued_message',
  buffered: 'sent',
  accepted: 'sent',
  delivered: 'delivered',
  read: 'read',
  expired: 'failed',
  failed: 'failed',
  rejected: 'failed',
  undeliverable: 'failed',
});

const CHANNELS = tableOf<Sms['channel']>({
  sms: 'sms',
  mms: 'sms',
  whatsapp: 'whatsapp',
  messenger: 'messenger',
  viber_service: 'viber',
  rcs: 'rcs',
});

export const vonage = defineConnector<Loose, Record<string, never>>({
  name: 'vonage',
  title: 'Vonage SMS and Messages',
  version: 1,
  channels: ['sms', 'whatsapp', 'messenger', 'viber', 'rcs'],
  docs: [
    'https://developer.vonage.com/en/messaging/sms/guides/inbound-sms',
    'https://developer.vonage.com/en/messages/concepts/webhooks',
  ],
  formats: ['form', 'json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'one-of',
    schemes: [
      // The Messages API.
      {
        scheme: 'jwt',
        header: 'Authorization',
        prefix: 'Bearer ',
        bodyHashClaim: 'payload_hash',
        toleranceSeconds: 300,
      },
      // The SMS API.
      {
        scheme: 'parameter-hmac',
        algorithm: 'sha256',
        parameter: 'sig',
        timestampParameter: 'timestamp',
        toleranceSeconds: 300,
      },
    ],
  },
  takesQuery: true,
  threadKey: '(our number, customer number), cut after 24 silent hours',
  statusLadder: ['submitted', 'buffered', 'accepted', 'delivered', 'read'],
  echoRule: 'Vonage delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown): Generator<Unit<Loose>> {
    for (const native of objectsOf([document].flat())) {
      if (native.messageId === undefined && native.message_uuid === undefined)
        throw new Error('invalid parameters: expected messageId or message_uuid');
      const status = textOf(native.status);
      if (status !== undefined)
        yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
      else yield { kind: 'message', nativeKind: textOf(native.message_type) ?? textOf(native.type) ?? 'text', native };
    }
  },
  map: ({ kind, native }, context) =>
    native.message_uuid === undefined ? mapShort(kind, native, context) : mapMessages(kind, native, context),
});

/** The SMS API: `msisdn` is the customer in both directions, `to` our number; its clock is UTC without a zone. */
function mapShort(kind: Unit['kind'], native: Loose, context: SplitContext) {
  const time = textOf(native['message-timestamp']);
  const status = textOf(native.status) ?? '';
  const isReceipt = kind === 'receipt';
  const part = partOf(native);
  return mapSms(
    {
      id: part
        ? wholeId(native, (time ?? context.delivery.receivedAt.toISOString()).slice(0, 10))
        : textOf(native.messageId),
      from: textOf(isReceipt ? native.to : native.msisdn),
      to: textOf(isReceipt ? native.msisdn : native.to),
      isInbound: !isReceipt,
      at: fromIsoAsUtc(time),
      nativeTime: time,
      // The space between two words may stand at the end of a part.
      text: part && typeof native.text === 'string' ? native.text : textOf(native.text),
      part,
      ...(isReceipt && { receipt: receiptOf(RECEIPTS, status, errorOf(native['err-code'])) }),
    },
    context,
  );
}

/** Parts of one message have a reference in common; a phone uses it again after 256 messages, so the day goes with it. */
const wholeId = (native: Loose, day: string): string =>
  ['concat', textOf(native.msisdn), textOf(native.to), textOf(native['concat-ref']), day].join('/');

function partOf(native: Loose): Sms['part'] {
  const [place, count] = [numberOf(native['concat-part']), numberOf(native['concat-total'])];
  const isPart = textOf(native['concat-ref']) !== undefined && Number.isInteger(place) && Number.isInteger(count);
  return isPart && place! >= 1 && place! <= count! && count! <= 255 ? { place: place!, count: count! } : undefined;
}

const errorOf = (code: unknown): string | undefined => (textOf(code) === '0' ? undefined : textOf(code));

/** The Messages API, of all channels: `from` and `to` as they are, ids in objects for some channels. */
function mapMessages(kind: Unit['kind'], native: Loose, context: SplitContext) {
  const address = (side: unknown): string | undefined =>
    textOf(side) ?? textOf(objectOf(side).number) ?? textOf(objectOf(side).id);
  const type = textOf(native.message_type) ?? 'text';
  const file = objectOf(native[type]);
  const error = objectOf(native.error);
  const isReceipt = kind === 'receipt';
  const channel = CHANNELS[textOf(native.channel) ?? ''];
  return mapSms(
    {
      id: textOf(native.message_uuid),
      from: address(native.from),
      to: address(native.to),
      isInbound: !isReceipt,
      at: fromIso(native.timestamp),
      nativeTime: textOf(native.timestamp),
      text: textOf(native.text) ?? textOf(file.caption) ?? textOf(objectOf(native.reply).title),
      ...(type !== 'text' && type !== 'reply' && { media: [{ name: textOf(file.name) ?? type }] }),
      ...(channel && { channel }),
      ...(isReceipt && {
        receipt: receiptOf(RECEIPTS, textOf(native.status) ?? '', textOf(error.title) ?? textOf(error.type)),
      }),
    },
    context,
  );
}
