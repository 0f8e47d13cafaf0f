import { z } from 'zod';
import { defineConnector, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { placeText } from '../formats/place.ts';
import { fromEpochSeconds, fromIso } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  scheduled: 'queued_message',
  buffered: 'queued_message',
  sent: 'sent',
  delivered: 'delivered',
  expired: 'failed',
  delivery_failed: 'failed',
});

/** What becomes of our messages in the apps. */
const CHAT_RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  accepted: 'queued_message',
  pending: 'queued_message',
  processing: 'queued_message',
  buffered: 'queued_message',
  transmitted: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  expired: 'failed',
  rejected: 'failed',
  sending_failed: 'failed',
  delivery_failed: 'failed',
});

const CHANNELS = tableOf<Sms['channel']>({
  sms: 'sms',
  whatsapp: 'whatsapp',
  whatsapp_sandbox: 'whatsapp',
  facebook: 'messenger',
  viber: 'viber',
  rcs: 'rcs',
});

const Settings = z.strictObject({
  /** Our number or short code, which status reports do not name. */
  line: z.string().optional(),
});

/** "The recipient has opted out": the customer sent STOP. */
const OPTED_OUT = '103';

/** ISO 8601, or `20230727004929` (UTC) for short codes. */
function timeOf(given: unknown): Date | undefined {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(textOf(given) ?? '');
  if (!digits) return fromIso(given);
  const [, year, month, day, hour, minute, second] = digits;
  return fromIso(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export const messagebird = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'messagebird',
  title: 'MessageBird (Bird)',
  version: 1,
  channels: ['sms', 'whatsapp', 'messenger', 'viber', 'rcs'],
  docs: [
    'https://developers.messagebird.com/api/sms-messaging/',
    'https://developers.messagebird.com/api/#verifying-http-requests',
    'https://developers.messagebird.com/api/conversations/',
    'https://docs.bird.com/api/channels-api/message-status-and-interactions',
  ],
  formats: ['form', 'json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'jwt',
    header: 'MessageBird-Signature-JWT',
    bodyHashClaim: 'payload_hash',
    urlHashClaim: 'url_hash',
  },
  // Status reports are GET requests.
  takesQuery: true,
  threadKey: '(app, our number, short code or channel, customer number), cut after 24 silent hours',
  statusLadder: ['scheduled', 'buffered', 'sent', 'delivered', 'read'],
  echoRule: 'a direction of sent or outgoing is ours; of text messages of ours receipts alone come back',
  *split(document: unknown): Generator<Unit<Loose>> {
    for (const native of objectsOf([document].flat())) {
      if (isChat(native)) {
        yield* chatUnits(native);
        continue;
      }
      if (native.originator === undefined && native.recipient === undefined)
        throw new Error('invalid parameters: expected originator or recipient');
      const status = textOf(native.status);
      // A message as the API lists it, with all of its receivers.
      if (isLoose(native.recipients))
        yield { kind: 'unknown', nativeKind: `resource.${textOf(native.direction) ?? 'none'}`, native };
      else if (status === undefined)
        yield { kind: 'message', nativeKind: native.mediaURLs === undefined ? 'sms' : 'mms', native };
      else yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
    }
  },
  map({ kind, native }, context) {
    const isReceipt = kind === 'receipt';
    if (isChat(native)) return mapChat(isReceipt, native, context);
    const theirs = textOf(isReceipt ? native.recipient : native.originator);
    const ours = isReceipt
      ? (context.settings.line ?? textOf(native.originator))
      : (textOf(native.shortcode) ?? textOf(native.receiver) ?? textOf(native.recipient));
    const time = textOf(
      native.statusDatetime ?? native.createdDatetime ?? native.CreatedDatetime ?? native.receive_datetime,
    );
    const files = [native.mediaUrls ?? native.mediaURLs].flat().flatMap((url) => textOf(url) ?? []);
    const reason = textOf(native.statusReason) ?? textOf(native.statusErrorCode);
    const receipt = isReceipt ? receiptOf(RECEIPTS, textOf(native.status)!, reason) : undefined;
    return mapSms(
      {
        id: textOf(native.id) ?? textOf(native.message_id) ?? textOf(native.mid),
        from: isReceipt ? ours : theirs,
        to: isReceipt ? theirs : ours,
        isInbound: !isReceipt,
        // Short codes say it in seconds too.
        at: time ? timeOf(time) : fromEpochSeconds(native.date_utc),
        nativeTime: time,
        text: textOf(native.body) ?? textOf(native.message),
        // A link opens the file and stays out.
        media: files.map(() => ({ name: 'media' })),
        ...(receipt && { receipt: { ...receipt, isOptOut: textOf(native.statusErrorCode) === OPTED_OUT } }),
      },
      context,
    );
  },
});

/** A message as the Conversations API or, under other names, Bird's Channels API tells it. */
interface Chat extends Pick<Sms, 'id' | 'isInbound' | 'text' | 'media'> {
  readonly platform: string | undefined;
  /** The id of the channel: our own address is not given on both ways. */
  readonly line: string | undefined;
  readonly customer: string | undefined;
  readonly createdAt: string | undefined;
  readonly changedAt: string | undefined;
  readonly status: string | undefined;
  readonly reason: string | undefined;
}

const isChat = ({ service, payload, type, conversation }: Loose): boolean =>
  (service === 'channels' && isLoose(payload)) ||
  (/^(message|conversation)\.(created|updated)$/.test(textOf(type) ?? '') && isLoose(conversation));

const chatOf = (native: Loose): Chat => (native.service === 'channels' ? birdOf(native) : conversationOf(native));

/** A new message of either side, and what became of one of ours; the words of a deleted one are not said again. */
function* chatUnits(native: Loose): Generator<Unit<Loose>> {
  const name = textOf(native.type) ?? textOf(native.event) ?? 'none';
  const { id, platform, status, isInbound } = chatOf(native);
  const isEvent = objectOf(native.message).type === 'event';
  if (!id || isEvent || !/^message\.|\.(in|out)bound$/.test(name)) yield { kind: 'unknown', nativeKind: name, native };
  else if (platform !== undefined && !(platform in CHANNELS))
    yield { kind: 'unknown', nativeKind: `channel.${platform}`, native };
  else {
    if (status !== 'deleted') yield { kind: 'message', nativeKind: name, native };
    if ((!isInbound && status) || status === 'deleted')
      yield { kind: status in CHAT_RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
  }
}

function mapChat(isReceipt: boolean, native: Loose, context: SplitContext): Outcome {
  const { platform, line, customer, createdAt, changedAt, status, reason, ...said } = chatOf(native);
  const channel = CHANNELS[platform ?? ''];
  if (!channel) return reject('missing platform: which app the message is of is not known');
  const time = isReceipt ? (changedAt ?? createdAt) : createdAt;
  const [from, to] = said.isInbound ? [customer, line] : [line, customer];
  return mapSms(
    {
      ...said,
      from,
      to,
      channel,
      at: fromIso(time),
      nativeTime: time,
      ...(isReceipt && { receipt: receiptOf(CHAT_RECEIPTS, status ?? '', reason) }),
    },
    context,
  );
}

function conversationOf({ message: given, contact }: Loose): Chat {
  const message = objectOf(given);
  const content = objectOf(message.content);
  const type = textOf(message.type) ?? 'text';
  const part = objectOf(content[type]);
  const isInbound = message.direction === 'received';
  return {
    id: textOf(message.id),
    platform: textOf(message.platform),
    line: textOf(message.channelId),
    customer: textOf(isInbound ? message.from : message.to) ?? textOf(objectOf(contact).msisdn),
    isInbound,
    createdAt: textOf(message.createdDatetime),
    changedAt: textOf(message.updatedDatetime),
    status: textOf(message.status),
    reason: textOf(objectOf(message.error).description),
    text:
      textOf(content.text) ??
      textOf(part.caption) ??
      textOf(part.text) ??
      textOf(objectOf(part.text).body) ??
      textOf(objectOf(part.reply).text) ??
      placeText([], part.latitude, part.longitude),
    ...(/^(image|video|audio|file|whatsappSticker)$/.test(type) && { media: [{ name: type }] }),
  };
}

function birdOf({ event, payload: given }: Loose): Chat {
  const payload = objectOf(given);
  const body = objectOf(payload.body);
  const part = objectOf(body[textOf(body.type) ?? '']);
  const [receiver, place] = [objectOf(payload.receiver), objectOf(part.coordinates)];
  const isInbound = payload.direction === 'incoming';
  const person = isInbound ? objectOf(payload.sender).contact : (objectsOf(receiver.contacts)[0] ?? receiver.contact);
  return {
    id: textOf(payload.id),
    platform: textOf(event)?.split('.')[0],
    line: textOf(payload.channelId),
    customer: textOf(objectOf(person).identifierValue),
    isInbound,
    createdAt: textOf(payload.createdAt),
    changedAt: textOf(payload.lastStatusAt),
    status: textOf(payload.status),
    reason: textOf(payload.reason),
    text: textOf(part.text) ?? placeText([], place.latitude, place.longitude),
    media: [
      ...objectsOf(part.images).map(() => ({ name: 'image' })),
      ...objectsOf(part.files).map(({ filename }) => ({ name: textOf(filename) ?? 'file' })),
    ],
  };
}
