import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf } from '../formats/sms.ts';
import { fromIso, fromIsoAsUtc } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { lastSegment, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  'message-sending': 'sent',
  'message-sent': 'sent',
  'message-delivered': 'delivered',
  'message-read': 'read',
  'message-failed': 'failed',
});

/** What people write, and what they answer to a suggestion or a question for their place in RCS. */
const MESSAGES = new Set(['message-received', 'suggestion-response', 'request-location-response']);

/** "Rejected due to user opt-out", as Bandwidth and as the carrier say it. */
const OPTED_OUT = new Set(['4475', '4775']);

export const bandwidth = defineConnector<Loose, Record<string, never>>({
  name: 'bandwidth',
  title: 'Bandwidth Messaging',
  version: 1,
  channels: ['sms', 'rcs'],
  docs: ['https://dev.bandwidth.com/docs/messaging/webhooks/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  // The callback's user name and password, as they stand in the header: base64 of `name:password`.
  trust: { scheme: 'header-token', header: 'Authorization', prefix: 'Basic ' },
  threadKey: '(channel, our number, customer number), cut after 24 silent hours; a group message by each receiver',
  statusLadder: ['message-sending', 'message-sent', 'message-delivered', 'message-read'],
  echoRule: 'Bandwidth delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown) {
    for (const native of objectsOf([document].flat())) {
      const type = textOf(native.type);
      if (!type) throw new Error('invalid event: expected a type');
      const kind = MESSAGES.has(type) ? 'message' : type in RECEIPTS ? 'receipt' : 'unknown';
      yield { kind, nativeKind: type, native };
    }
  },
  map({ kind, nativeKind, native }, context) {
    const message = objectOf(native.message);
    const isReceipt = kind === 'receipt';
    const time = textOf(isReceipt ? native.time : message.time) ?? textOf(native.time);
    const error = textOf(native.errorCode);
    const receipt = isReceipt
      ? receiptOf(RECEIPTS, nativeKind, [error, textOf(native.description)].filter(Boolean).join(' '))
      : undefined;
    return mapSms(
      {
        id: textOf(message.id),
        from: textOf(message.from),
        // The one receiver this event is about; the message lists all of a group.
        to: (isReceipt ? textOf(native.to) : textOf(message.owner)) ?? textOf(message.to),
        isInbound: !isReceipt,
        at: fromIsoAsUtc(time),
        isZoneKnown: fromIso(time) !== undefined,
        timePrecision: time?.includes('.') ? 'millisecond' : 'second',
        nativeTime: time,
        text: wordsOf(message),
        ...(message.channel === 'RBM' && { channel: 'rcs' }),
        repliedTo: textOf(objectOf(message.suggestionResponse).pairedMessageId),
        media: filesOf(message),
        ...(receipt && { receipt: { ...receipt, isOptOut: OPTED_OUT.has(error ?? '') } }),
      },
      context,
    );
  },
});

/** The last part of a link is the file's name; the link itself stays out. */
function filesOf({ media, content }: Loose): NonNullable<FactOf<'utterance'>['media']> {
  const file = textOf(objectOf(objectOf(content).media).fileUrl);
  return [...(Array.isArray(media) ? media : []), file]
    .flatMap((url) => lastSegment(url) ?? [])
    .map((name) => ({ name }));
}

/** What was typed, the suggestion that was pressed, or the place that was shared. */
function wordsOf(message: Loose): string | undefined {
  const { latitude, longitude } = objectOf(message.locationResponse);
  return (
    textOf(message.text) ??
    textOf(objectOf(message.content).text) ??
    textOf(objectOf(message.suggestionResponse).text) ??
    placeText([], latitude, longitude)
  );
}
