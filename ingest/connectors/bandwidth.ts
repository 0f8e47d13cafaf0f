import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf } from '../formats/sms.ts';
import { fromIso, fromIsoAsUtc } from '../formats/time.ts';
import { objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  'message-sending': 'sent',
  'message-delivered': 'delivered',
  'message-read': 'read',
  'message-failed': 'failed',
});

/** "Opted out" of a toll-free number or a campaign, and "blocked by STOP". */
const OPTED_OUT = new Set(['4476', '4477', '4405']);

export const bandwidth = defineConnector<Loose, Record<string, never>>({
  name: 'bandwidth',
  title: 'Bandwidth Messaging',
  version: 1,
  channels: ['sms'],
  docs: ['https://dev.bandwidth.com/docs/messaging/webhooks/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  // The callback's user name and password, as they stand in the header: base64 of `name:password`.
  trust: { scheme: 'header-token', header: 'Authorization', prefix: 'Basic ' },
  threadKey: '(our number, customer number), cut after 24 silent hours; a group message by each receiver',
  statusLadder: ['message-sending', 'message-delivered', 'message-read'],
  echoRule: 'Bandwidth delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown) {
    for (const native of objectsOf([document].flat())) {
      const type = textOf(native.type);
      if (!type) throw new Error('invalid event: expected a type');
      const kind = type === 'message-received' ? 'message' : type in RECEIPTS ? 'receipt' : 'unknown';
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
        text: textOf(message.text),
        media: filesOf(message),
        ...(receipt && { receipt: { ...receipt, isOptOut: OPTED_OUT.has(error ?? '') } }),
      },
      context,
    );
  },
});

/** The last part of a link is the file's name; the link itself stays out. */
const filesOf = ({ media }: Loose): NonNullable<FactOf<'utterance'>['media']> =>
  (Array.isArray(media) ? media : []).flatMap((url) => textOf(url)?.split('/').at(-1) ?? []).map((name) => ({ name }));
