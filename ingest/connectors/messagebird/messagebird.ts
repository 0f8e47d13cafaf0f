import { z } from 'zod';
import { defineConnector, type Unit } from '../../connector.ts';
import type { FactOf } from '../../records.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { mapSms, receiptOf } from '../../formats/sms.ts';
import { fromEpochSeconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { chatUnits, isChat, isChatMessage, mapChat } from './chat.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  scheduled: 'queued_message',
  buffered: 'queued_message',
  sent: 'sent',
  delivered: 'delivered',
  expired: 'failed',
  delivery_failed: 'failed',
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
  channels: ['sms', 'whatsapp', 'messenger', 'instagram', 'telegram', 'line', 'wechat', 'viber', 'rcs'],
  docs: [
    'https://developers.messagebird.com/api/sms-messaging/',
    'https://developers.messagebird.com/api/#verifying-http-requests',
    'https://developers.messagebird.com/api/conversations/',
    'https://docs.bird.com/api/channels-api/message-status-and-interactions',
    'https://docs.bird.com/api/notifications-api/api-reference/webhooks/verifying-a-webhook',
  ],
  formats: ['form', 'json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'one-of',
    schemes: [
      {
        scheme: 'jwt',
        header: 'MessageBird-Signature-JWT',
        bodyHashClaim: 'payload_hash',
        urlHashClaim: 'url_hash',
      },
      // Bird's own.
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'base64',
        header: 'MessageBird-Signature',
        parts: [{ header: 'MessageBird-Request-Timestamp' }, { text: '\n' }, 'url', { text: '\n' }, 'body-hash'],
        timestamp: { header: 'MessageBird-Request-Timestamp', unit: 'second', toleranceSeconds: 300 },
      },
    ],
  },
  // Status reports are GET requests.
  takesQuery: true,
  threadKey: '(app, our number, short code or channel, customer number), cut after 24 silent hours',
  statusLadder: ['scheduled', 'buffered', 'sent', 'delivered', 'read'],
  echoRule:
    'a direction of sent or outgoing is ours; of text messages of ours receipts alone come back, and what the API lists',
  *split(document: unknown): Generator<Unit<Loose>> {
    for (const given of objectsOf(recordsIn(document, 'items'))) {
      const native = isChatMessage(given) ? { type: 'message.resource', message: given, conversation: {} } : given;
      if (isChat(native)) {
        yield* chatUnits(native);
        continue;
      }
      if (native.originator === undefined && native.recipient === undefined)
        throw new Error('invalid parameters: expected originator or recipient');
      const status = textOf(native.status);
      if (isLoose(native.recipients)) yield* resourceUnits(native);
      else if (status === undefined)
        yield { kind: 'message', nativeKind: native.mediaURLs === undefined ? 'sms' : 'mms', native };
      else yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
    }
  },
  map({ kind, native }, context) {
    const isReceipt = kind === 'receipt';
    const isOurs = isReceipt || native.direction === 'mt';
    if (isChat(native)) return mapChat(kind, native, context);
    const theirs = textOf(isOurs ? native.recipient : native.originator);
    const ours = isOurs
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
        from: isOurs ? ours : theirs,
        to: isOurs ? theirs : ours,
        isInbound: !isOurs,
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

/**
 * A message as the API lists it, with all of its receivers (`mt` is ours, `mo` the customer's). Only where there is one
 * receiver it is a message of one conversation.
 */
function* resourceUnits(message: Loose): Generator<Unit<Loose>> {
  const [receiver, ...others] = objectsOf(objectOf(message.recipients).items);
  const direction = textOf(message.direction) ?? 'none';
  const nativeKind = `resource.${direction}`;
  if (!receiver || others.length > 0 || !/^m[ot]$/.test(direction))
    yield { kind: 'unknown', nativeKind, native: message };
  else {
    const { id, originator } = message;
    // A message for later is said when its time comes.
    const createdDatetime = message.scheduledDatetime ?? message.createdDatetime;
    const native = { ...message, createdDatetime, recipient: receiver.recipient };
    const status = textOf(receiver.status);
    yield { kind: 'message', nativeKind, native };
    if (direction === 'mt' && status && status in RECEIPTS)
      yield { kind: 'receipt', nativeKind: `status.${status}`, native: { id, originator, ...receiver } };
  }
}
