import { z } from 'zod';
import { defineConnector, reject, type Unit } from '../connector.ts';
import type { FactOf } from '../records.ts';
import { mapSms, receiptOf, type Sms } from '../formats/sms.ts';
import { jsonIn } from '../formats/json.ts';
import { fromIso } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { isLoose, joinedTexts, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  ACCEPTED: 'queued_message',
  PENDING: 'sent',
  DELIVERED: 'delivered',
  SEEN: 'read',
  UNDELIVERABLE: 'failed',
  EXPIRED: 'failed',
  REJECTED: 'failed',
});

/** States that are not what the name of their group says. */
const BY_NAME = tableOf<FactOf<'event'>['kind']>({
  // Accepted by Infobip, and not yet handed on.
  PENDING_ACCEPTED: 'queued_message',
  // It has reached the network, and not yet the phone.
  DELIVERED_TO_OPERATOR: 'sent',
});

const CHANNELS = tableOf<Sms['channel']>({
  SMS: 'sms',
  MMS: 'sms',
  WHATSAPP: 'whatsapp',
  VIBER: 'viber',
  VIBER_BM: 'viber',
  VIBER_BOT: 'viber',
  RCS: 'rcs',
  MESSENGER: 'messenger',
  INSTAGRAM_DM: 'instagram',
  APPLE_MB: 'apple_messages',
});

/** What a message of an app is sent as; others are no words, files or places. */
const SPOKEN = /^(TEXT|SUBJECT|BUTTON|(INTERACTIVE_)?(BUTTON|LIST)_REPLY|SUGGESTION|LOCATION|CONTACT|ORDER)$/;
const FILES = /^(IMAGE|VIDEO|AUDIO|VOICE|DOCUMENT|FILE|STICKER)$/;

const groupOf = (native: Loose): string | undefined => textOf(objectOf(native.status).groupName)?.toUpperCase();

export const infobip = defineConnector<Loose, Record<string, never>>({
  name: 'infobip',
  title: 'Infobip SMS',
  version: 1,
  channels: ['sms', 'whatsapp', 'viber', 'rcs', 'messenger', 'instagram', 'apple_messages'],
  docs: [
    'https://www.infobip.com/docs/api/channels/sms/inbound-sms',
    'https://www.infobip.com/docs/api/channels/sms/outbound-sms',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  threadKey: '(channel, our number, customer number), cut after 24 silent hours',
  statusLadder: ['ACCEPTED', 'PENDING', 'DELIVERED', 'SEEN'],
  echoRule: 'Infobip delivers only what people write; of our own messages reports come back, and logs',
  *split(document: unknown): Generator<Unit<Loose>> {
    const body = objectOf(document);
    if (!Array.isArray(body.results)) throw new Error('invalid body: expected results');
    for (const native of objectsOf(body.results)) {
      const group = groupOf(native);
      const event = textOf(native.event)?.toLowerCase();
      if (event?.startsWith('typing_')) yield { kind: 'ignored', nativeKind: event, native };
      else if (group !== undefined) {
        // A log has the words too, which a report has not.
        if (sentWords(native) !== undefined) yield { kind: 'message', nativeKind: 'sent', native };
        yield { kind: group in RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${group}`, native };
      } else if (native.seenAt !== undefined) yield { kind: 'receipt', nativeKind: 'status.SEEN', native };
      else if (native.receivedAt !== undefined || native.text !== undefined) yield messageUnit(native);
      else yield { kind: 'unknown', nativeKind: Object.keys(native)[0] ?? 'none', native };
    }
  },
  map({ kind, nativeKind, native }, context) {
    const parts = partsOf(native);
    const [first = {}] = parts;
    const isReaction = typeOf(first) === 'REACTION';
    const to = textOf(objectOf(first.context).id) ?? (isReaction ? textOf(native.pairedMessageId) : undefined);
    const channel = CHANNELS[channelName(native) ?? (native.seenAt === undefined ? 'SMS' : '')];
    if (isReaction && !to) return reject('a reaction without the message it is to');
    const [isReceipt, isSent] = [kind === 'receipt', nativeKind === 'sent'];
    const time = isReceipt
      ? (native.seenAt ?? native.doneAt ?? native.sentAt)
      : isSent
        ? native.sentAt
        : native.receivedAt;
    const [group, stateName] = [groupOf(native) ?? 'SEEN', textOf(objectOf(native.status).name)];
    return mapSms(
      {
        id: textOf(native.messageId),
        // Nobody sees a text message be read: where that is said and no channel, the conversation is its message's.
        from: channel && (textOf(native.from) ?? textOf(native.sender)),
        to: textOf(native.to) ?? textOf(native.destination),
        isInbound: !isReceipt && !isSent,
        name: isReceipt ? undefined : textOf(objectOf(native.contact).name),
        at: fromIso(time),
        timePrecision: 'millisecond',
        nativeTime: textOf(time),
        // The whole message; `cleanText` lacks the keyword that routed it.
        text: sentWords(native) ?? textOf(native.cleanText) ?? joinedTexts('\n', parts.map(wordsOf)),
        media: parts.filter((part) => FILES.test(typeOf(part) ?? '')).map(fileOf),
        ...(channel && { channel }),
        ...(isReaction
          ? { reaction: { to: to!, value: first.action === 'REMOVED' ? 'removed' : (textOf(first.emoji) ?? 'other') } }
          : { repliedTo: to }),
        ...(isReceipt && {
          receipt: receiptOf(tableFor(group, stateName), group, stateName),
        }),
      },
      context,
    );
  },
});

const sentWords = ({ text, content }: Loose): string | undefined => textOf(text) ?? textOf(objectOf(content).text);

/** The groups of states, and the one that is named where it means something else. */
const tableFor = (group: string, name = ''): typeof RECEIPTS =>
  name in BY_NAME ? { [group]: BY_NAME[name]! } : RECEIPTS;

/** Text messages name none. */
const channelName = (native: Loose): string | undefined =>
  (textOf(native.integrationType) ?? textOf(native.channel))?.toUpperCase();

function messageUnit(native: Loose): Unit<Loose> {
  const channel = channelName(native) ?? 'SMS';
  if (!(channel in CHANNELS)) return { kind: 'unknown', nativeKind: `channel.${channel}`, native };
  const types = partsOf(native).flatMap((part) => typeOf(part) ?? []);
  const known = types.find((type) => SPOKEN.test(type) || FILES.test(type));
  // Whether a sign-in succeeded.
  if (types[0] === 'AUTHENTICATION_RESPONSE') return { kind: 'ignored', nativeKind: types[0], native };
  if (types[0] === 'REACTION') return { kind: 'reaction', nativeKind: 'REACTION', native };
  // A text message has its words beside the addresses; without them and without parts nothing was said.
  const isKnown = types.length === 0 ? 'text' in native || 'cleanText' in native : known !== undefined;
  return { kind: isKnown ? 'message' : 'unknown', nativeKind: known ?? types[0] ?? 'message', native };
}

/** What was said: one object in the apps, a list in the Messages API, and in MMS parts with a type of content each. */
function partsOf({ message, content }: Loose): Loose[] {
  if (Array.isArray(content)) return objectsOf(content);
  if (Array.isArray(message)) return objectsOf(message);
  if (typeof message !== 'string') return isLoose(message) ? [message] : [];
  const parts = message.startsWith('{') ? mmsParts(message) : undefined;
  return parts ?? [{ type: 'TEXT', text: message }];
}

function mmsParts(message: string): Loose[] | undefined {
  const { mms_parts: parts } = objectOf(jsonIn(message));
  return Array.isArray(parts) ? objectsOf(parts) : undefined;
}

function typeOf({ type, contentType }: Loose): string | undefined {
  if (textOf(type)) return textOf(type);
  const group = textOf(contentType)?.split('/')[0]?.toUpperCase();
  return group === 'TEXT' || /smil/.test(textOf(contentType) ?? '')
    ? 'TEXT'
    : group && (FILES.test(group) ? group : 'FILE');
}

const fileOf = (part: Loose) => ({ name: textOf(part.fileName) ?? typeOf(part)!.toLowerCase() });

/** What was typed, the answer or button that was chosen, a caption, or the place that was shared. */
function wordsOf(said: Loose): string | undefined {
  return (
    textOf(said.text) ??
    (/^text\/plain/i.test(textOf(said.contentType) ?? '') ? textOf(said.value) : undefined) ??
    textOf(said.title) ??
    textOf(said.caption) ??
    placeText([said.name, said.address], said.latitude, said.longitude)
  );
}
