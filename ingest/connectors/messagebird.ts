import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf } from '../formats/sms.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

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
  title: 'MessageBird (Bird) SMS',
  version: 1,
  channels: ['sms'],
  docs: [
    'https://developers.messagebird.com/api/sms-messaging/',
    'https://developers.messagebird.com/api/#verifying-http-requests',
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
  threadKey: '(our number or short code, customer number), cut after 24 silent hours',
  statusLadder: ['scheduled', 'buffered', 'sent', 'delivered'],
  echoRule: 'MessageBird delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown) {
    for (const native of objectsOf([document].flat())) {
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
        at: timeOf(time),
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
