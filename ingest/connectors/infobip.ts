import { z } from 'zod';
import { defineConnector, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf } from '../formats/sms.ts';
import { fromIso } from '../formats/time.ts';
import { objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  ACCEPTED: 'queued_message',
  PENDING: 'sent',
  DELIVERED: 'delivered',
  SEEN: 'read',
  UNDELIVERABLE: 'failed',
  EXPIRED: 'failed',
  REJECTED: 'failed',
});

const groupOf = (native: Loose): string | undefined => textOf(objectOf(native.status).groupName)?.toUpperCase();

export const infobip = defineConnector<Loose, Record<string, never>>({
  name: 'infobip',
  title: 'Infobip SMS',
  version: 1,
  channels: ['sms'],
  docs: [
    'https://www.infobip.com/docs/api/channels/sms/inbound-sms',
    'https://www.infobip.com/docs/api/channels/sms/outbound-sms',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: '(our number, customer number), cut after 24 silent hours',
  statusLadder: ['ACCEPTED', 'PENDING', 'DELIVERED', 'SEEN'],
  echoRule: 'Infobip delivers only what people write; of our own messages only reports come back',
  *split(document: unknown): Generator<Unit<Loose>> {
    const body = objectOf(document);
    if (!Array.isArray(body.results)) throw new Error('invalid body: expected results');
    for (const native of objectsOf(body.results)) {
      const group = groupOf(native);
      if (group !== undefined)
        yield { kind: group in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${group}`, native };
      else if (native.seenAt !== undefined) yield { kind: 'receipt', nativeKind: 'status.SEEN', native };
      else if (native.receivedAt !== undefined || native.text !== undefined)
        yield { kind: 'message', nativeKind: 'message', native };
      else yield { kind: 'unknown', nativeKind: Object.keys(native)[0] ?? 'none', native };
    }
  },
  map({ kind, native }, context) {
    const isReceipt = kind === 'receipt';
    const time = isReceipt ? (native.seenAt ?? native.doneAt ?? native.sentAt) : native.receivedAt;
    const status = objectOf(native.status);
    return mapSms(
      {
        id: textOf(native.messageId),
        from: textOf(native.from) ?? textOf(native.sender),
        to: textOf(native.to),
        isInbound: !isReceipt,
        at: fromIso(time),
        timePrecision: 'millisecond',
        nativeTime: textOf(time),
        // The whole message; `cleanText` lacks the keyword that routed it.
        text: textOf(native.text) ?? textOf(native.cleanText),
        ...(isReceipt && { receipt: receiptOf(RECEIPTS, groupOf(native) ?? 'SEEN', textOf(status.name)) }),
      },
      context,
    );
  },
});
