import { z } from 'zod';
import { defineConnector, reject, type SplitContext, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { fromIso, fromIsoAsUtc } from '../formats/time.ts';
import { precisionOf } from '../formats/helpdesk.ts';
import { cartLine } from '../formats/cart.ts';
import { placeText } from '../formats/place.ts';
import { isLoose, joinedTexts, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  // Passed on to the provider or the network.
  submitted: 'sent',
  buffered: 'sent',
  accepted: 'sent',
  delivered: 'delivered',
  read: 'read',
  expired: 'failed',
  failed: 'failed',
  rejected: 'failed',
  undeliverable: 'failed',
  deleted: 'failed',
  // The network never said what became of it.
  unknown: 'status_changed',
});

const CHANNELS = tableOf<Sms['channel']>({
  sms: 'sms',
  mms: 'sms',
  whatsapp: 'whatsapp',
  messenger: 'messenger',
  viber_service: 'viber',
  viber_service_msg: 'viber',
  rcs: 'rcs',
});

/** The receiver has asked to hear no more from this sender. */
const OPTED_OUT = '9';

/** What a file is sent as; other types are words, a place, or say themselves what they are. */
const FILES = /^(image|audio|video|file|vcard|sticker)$/;

/** The first version of the Messages API has the channel in its addresses, and what was said in `message`. */
const channelName = (native: Loose): string | undefined =>
  textOf(native.channel) ?? textOf(objectOf(native.from).type) ?? textOf(objectOf(native.to).type);

function contentOf(native: Loose): Loose {
  const content = objectOf(objectOf(native.message).content);
  return content.type === undefined ? native : { ...content, message_type: content.type };
}

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
      // The SMS API, as the account is set; its older ways, by MD5 and SHA-1, are not taken.
      ...(['sha256', 'sha512'] as const).map((algorithm) => ({
        scheme: 'parameter-hmac' as const,
        algorithm,
        parameter: 'sig',
        timestampParameter: 'timestamp',
        toleranceSeconds: 300,
      })),
    ],
  },
  takesQuery: true,
  threadKey: '(channel, our number, customer number), cut after 24 silent hours',
  statusLadder: ['submitted', 'buffered', 'accepted', 'delivered', 'read'],
  echoRule: 'Vonage delivers only what people write; of our own messages receipts come back, and reports',
  *split(document: unknown): Generator<Unit<Loose>> {
    if (isReport(document)) {
      for (const record of objectsOf(document.records)) yield* recordUnits(record);
      return;
    }
    for (const native of objectsOf([document].flat())) {
      if (native.messageId === undefined && native.message_uuid === undefined)
        throw new Error('invalid parameters: expected messageId or message_uuid');
      const status = textOf(native.status);
      const channel = channelName(native);
      const type = textOf(contentOf(native).message_type) ?? textOf(native.type) ?? 'text';
      if (channel !== undefined && !(channel in CHANNELS))
        yield { kind: 'unknown', nativeKind: `channel.${channel}`, native };
      else if (status !== undefined)
        yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
      else yield { kind: type === 'reaction' ? 'reaction' : 'message', nativeKind: type, native };
    }
  },
  map: ({ kind, native }, context) =>
    native.message_uuid === undefined ? mapShort(kind, native, context) : mapMessages(kind, native, context),
});

/** A report on text messages (Reports API); those of other products have other fields. */
const isReport = (document: unknown): document is Loose =>
  isLoose(document) && Array.isArray(document.records) && textOf(document.product)?.toUpperCase() === 'SMS';

/** A record of a report under the names of the SMS API: what was said, where the report has it, and what became of it. */
function* recordUnits(record: Loose): Generator<Unit<Loose>> {
  const direction = textOf(record.direction)?.toLowerCase() ?? 'none';
  const nativeKind = `record.${direction}`;
  if (!/^(in|out)bound$/.test(direction)) return yield { kind: 'unknown', nativeKind, native: record };
  const isOurs = direction === 'outbound';
  const pair = { messageId: record.message_id, direction };
  const sides = isOurs ? { msisdn: record.to, to: record.from } : { msisdn: record.from, to: record.to };
  const said = { ...pair, ...sides, text: record.message_body, 'message-timestamp': record.date_received };
  yield { kind: 'message', nativeKind, native: said };
  const status = textOf(record.status)?.toLowerCase();
  if (!isOurs || !status || !(status in RECEIPTS) || !textOf(record.date_finalized)) return;
  const end = { status, 'err-code': record.error_code, 'message-timestamp': record.date_finalized };
  yield { kind: 'receipt', nativeKind: `status.${status}`, native: { ...pair, ...sides, ...end } };
}

/** The SMS API: `msisdn` is the customer in both directions, `to` our number; its clock is UTC without a zone. */
function mapShort(kind: Unit['kind'], native: Loose, context: SplitContext) {
  const time = textOf(native['message-timestamp']);
  const status = textOf(native.status) ?? '';
  const isReceipt = kind === 'receipt';
  const isOurs = isReceipt || native.direction === 'outbound';
  const error = errorOf(native['err-code']);
  const receipt = isReceipt ? receiptOf(RECEIPTS, status, error) : undefined;
  const part = partOf(native);
  return mapSms(
    {
      id: part
        ? wholeId(native, (time ?? context.delivery.receivedAt.toISOString()).slice(0, 10))
        : textOf(native.messageId),
      from: textOf(isOurs ? native.to : native.msisdn),
      to: textOf(isOurs ? native.msisdn : native.to),
      isInbound: !isOurs,
      at: fromIsoAsUtc(time),
      nativeTime: time,
      // The space between two words may stand at the end of a part.
      text: part && typeof native.text === 'string' ? native.text : textOf(native.text),
      part,
      ...(receipt && { receipt: { ...receipt, isOptOut: error === OPTED_OUT } }),
    },
    context,
  );
}

/**
 * Parts of one message have a reference in common; a phone uses it again after 256 messages, so the day goes with it.
 */
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
  const content = contentOf(native);
  const type = textOf(content.message_type) ?? 'text';
  const file = objectOf(content[type]);
  // Several files in one message.
  const parts = type === 'content' ? objectsOf(content.content) : [];
  const target = textOf(objectOf(native.context).message_uuid);
  const error = objectOf(native.error);
  const isReceipt = kind === 'receipt';
  const channel = CHANNELS[channelName(native) ?? ''];
  if (type === 'reaction' && !target) return reject('a reaction without the message it is to');
  return mapSms(
    {
      id: textOf(native.message_uuid),
      // A report without its channel finds the conversation by its message.
      from: isReceipt && !channel ? undefined : address(native.from),
      to: address(native.to),
      isInbound: !isReceipt,
      name: textOf(objectOf(native.profile).name) ?? textOf(objectOf(objectOf(native.message).profile).name),
      at: fromIso(native.timestamp),
      timePrecision: precisionOf(native.timestamp),
      nativeTime: textOf(native.timestamp),
      text: textOf(content.text) ?? saidIn(type, file) ?? joinedTexts('\n', parts.map(wordsOfPart)),
      media: [...(FILES.test(type) ? [{ ...file, type }] : []), ...parts].filter(isFile).map(nameOf),
      ...(type === 'reaction'
        ? { reaction: { to: target!, value: file.action === 'unreact' ? 'removed' : (textOf(file.emoji) ?? 'other') } }
        : { repliedTo: target }),
      ...(channel && { channel }),
      ...(isReceipt && {
        receipt: receiptOf(
          RECEIPTS,
          textOf(native.status) ?? '',
          textOf(error.title) ?? textOf(error.reason) ?? textOf(error.type),
        ),
      }),
    },
    context,
  );
}

const isFile = ({ type }: Loose): boolean => FILES.test(textOf(type) ?? '');
const nameOf = ({ name, type }: Loose) => ({ name: textOf(name) ?? textOf(type)! });
const wordsOfPart = ({ text, caption }: Loose): string | undefined => textOf(text) ?? textOf(caption);

/** A caption, a chosen answer or button, an order with its note, or a shared place. */
function saidIn(type: string, given: Loose): string | undefined {
  if (type === 'location') return placeText([given.name, given.address], given.lat, given.long);
  if (type === 'order') {
    const items = objectsOf(given.product_items).map((item) => cartLine(item.quantity, item.product_retailer_id));
    return joinedTexts('\n', [given.text, ...items]);
  }
  return textOf(given.caption) ?? textOf(given.title) ?? (type === 'button' ? textOf(given.text) : undefined);
}
