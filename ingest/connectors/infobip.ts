import { z } from 'zod';
import { defineConnector, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { fromIso } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
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

const CHANNELS = tableOf<Sms['channel']>({ SMS: 'sms', WHATSAPP: 'whatsapp', VIBER: 'viber', RCS: 'rcs' });

/** What a message of an app is sent as; others are no words, files or places. */
const SPOKEN = /^(TEXT|BUTTON|INTERACTIVE_(BUTTON|LIST)_REPLY|SUGGESTION|LOCATION|CONTACT|ORDER)$/;
const FILES = /^(IMAGE|VIDEO|AUDIO|VOICE|DOCUMENT|FILE|STICKER)$/;

const groupOf = (native: Loose): string | undefined => textOf(objectOf(native.status).groupName)?.toUpperCase();

export const infobip = defineConnector<Loose, Record<string, never>>({
  name: 'infobip',
  title: 'Infobip SMS',
  version: 1,
  channels: ['sms', 'whatsapp', 'viber', 'rcs'],
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
      else if (native.receivedAt !== undefined || native.text !== undefined) yield messageUnit(native);
      else yield { kind: 'unknown', nativeKind: Object.keys(native)[0] ?? 'none', native };
    }
  },
  map({ kind, native }, context) {
    // In the apps what was said stands in an object.
    const said = objectOf(native.message);
    const type = textOf(said.type) ?? '';
    const isReceipt = kind === 'receipt';
    const time = isReceipt ? (native.seenAt ?? native.doneAt ?? native.sentAt) : native.receivedAt;
    const status = objectOf(native.status);
    return mapSms(
      {
        id: textOf(native.messageId),
        from: textOf(native.from) ?? textOf(native.sender),
        to: textOf(native.to) ?? textOf(native.destination),
        isInbound: !isReceipt,
        at: fromIso(time),
        timePrecision: 'millisecond',
        nativeTime: textOf(time),
        // The whole message; `cleanText` lacks the keyword that routed it.
        text: textOf(native.text) ?? textOf(native.cleanText) ?? wordsOf(said),
        ...(FILES.test(type) && { media: [{ name: textOf(said.fileName) ?? type.toLowerCase() }] }),
        channel: CHANNELS[channelName(native)],
        repliedTo: textOf(objectOf(said.context).id),
        ...(isReceipt && {
          receipt: receiptOf(
            // Accepted by Infobip, and not yet handed on.
            status.name === 'PENDING_ACCEPTED' ? { PENDING: 'queued_message' } : RECEIPTS,
            groupOf(native) ?? 'SEEN',
            textOf(status.name),
          ),
        }),
      },
      context,
    );
  },
});

const channelName = (native: Loose): string => textOf(native.integrationType)?.toUpperCase() ?? 'SMS';

function messageUnit(native: Loose): Unit<Loose> {
  const channel = channelName(native);
  if (!(channel in CHANNELS)) return { kind: 'unknown', nativeKind: `channel.${channel}`, native };
  const type = textOf(objectOf(native.message).type);
  const isKnown = type === undefined || SPOKEN.test(type) || FILES.test(type);
  return { kind: isKnown ? 'message' : 'unknown', nativeKind: type ?? 'message', native };
}

/** What was typed, the answer or button that was chosen, a caption, or the place that was shared. */
function wordsOf(said: Loose): string | undefined {
  return (
    textOf(said.text) ??
    textOf(said.title) ??
    textOf(said.caption) ??
    placeText([said.name, said.address], said.latitude, said.longitude)
  );
}
