import { z } from 'zod';
import { defineConnector, ok, reject, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf } from '../formats/sms.ts';
import { recordsIn } from '../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject({
  /** Our short code or number, which delivery reports do not name. */
  line: z.string().optional(),
});

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  Sent: 'sent',
  Submitted: 'sent',
  Buffered: 'queued_message',
  Success: 'delivered',
  Rejected: 'failed',
  Failed: 'failed',
  AbsentSubscriber: 'failed',
  Expired: 'failed',
});

export const africastalking = defineConnector<Loose, z.infer<typeof Settings>>({
  name: 'africastalking',
  title: 'Africa’s Talking SMS',
  version: 1,
  channels: ['sms'],
  docs: ['https://developers.africastalking.com/docs/sms/notifications'],
  formats: ['form', 'json', 'ndjson'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: '(our short code, customer number), cut after 24 silent hours',
  statusLadder: ['Buffered', 'Sent', 'Submitted', 'Success'],
  echoRule: 'Africa’s Talking delivers only what people write; of our own messages only reports come back',
  *split(document: unknown): Generator<Unit<Loose>> {
    // Asked for, messages come in a list.
    const { SMSMessageData: fetched } = objectOf(document);
    for (const native of objectsOf(recordsIn(isLoose(fetched) ? fetched : document, 'Messages'))) {
      const status = textOf(native.status);
      // A menu on the phone's own screen (USSD): it has text too, and is no message.
      if (native.serviceCode !== undefined) yield { kind: 'unknown', nativeKind: 'ussd', native };
      else if (status !== undefined)
        yield { kind: status in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
      else if (native.updateType !== undefined)
        yield { kind: 'event', nativeKind: `subscription.${textOf(native.updateType)}`, native };
      else if (native.senderId !== undefined && native.text === undefined)
        yield { kind: 'event', nativeKind: 'opt-out', native };
      else if (native.text !== undefined || native.from !== undefined)
        yield { kind: 'message', nativeKind: 'message', native };
      else throw new Error('invalid parameters: expected a message, or a report with its status');
    }
  },
  map({ kind, native }, context) {
    const named = textOf(native.senderId) ?? textOf(native.shortCode);
    const [phone, line] = [textOf(native.phoneNumber), named ?? context.settings.line];
    if (kind === 'event') {
      if (!phone) return reject('missing phoneNumber: who opted out is not known');
      if (!line) return reject('missing senderId or shortCode: the conversation is not known');
      const update = textOf(native.updateType)?.toLowerCase();
      const value = update ? [update, textOf(native.keyword)].filter(Boolean).join(' of ') : line;
      const { receivedAt: occurredAt } = context.delivery;
      const facts = new FactList(context, occurredAt.getTime());
      const threadId = facts.thread({ nativeId: `${line}|${phone}`, channel: 'sms', sessionGapHours: 24 });
      facts.participant(threadId, 'customer', occurredAt, { type: 'phone', value: phone });
      // A subscription that begins is the customer's own wish too.
      const event = update === undefined || update === 'deletion' ? 'opted_out' : 'status_changed';
      facts.event({ threadId, kind: event, occurredAt, timePrecision: 'receipt', value });
      return ok(facts.facts);
    }
    const isReceipt = kind === 'receipt';
    const time = textOf(native.date);
    const reason = textOf(native.failureReason);
    const receipt = isReceipt ? receiptOf(RECEIPTS, textOf(native.status)!, reason) : undefined;
    return mapSms(
      {
        id: textOf(native.id),
        from: isReceipt ? line : textOf(native.from),
        to: isReceipt ? phone : textOf(native.to),
        isInbound: !isReceipt,
        // Without a zone in one of its two layouts.
        at: fromIsoAsUtc(time),
        isZoneKnown: /Z$|[+-]\d\d:?\d\d$/.test(time ?? ''),
        timePrecision: /\d:\d\d:\d\d/.test(time ?? '') ? 'second' : 'minute',
        nativeTime: time,
        text: textOf(native.text),
        ...(receipt && { receipt: { ...receipt, isOptOut: reason?.toLowerCase() === 'userinblacklist' } }),
      },
      context,
    );
  },
});
