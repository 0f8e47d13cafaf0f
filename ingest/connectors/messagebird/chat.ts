import { reject, type Outcome, type SplitContext, type Unit, type UnitKind } from '../../connector.ts';
import type { FactOf } from '../../records.ts';
import { fullName, precisionOf } from '../../formats/helpdesk.ts';
import { placeText } from '../../formats/place.ts';
import { mapSms, receiptOf, type Sms } from '../../formats/sms.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

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
  // What became of it was never told, or not yet.
  unknown: 'status_changed',
  delayed: 'status_changed',
});

const CHANNELS = tableOf<Sms['channel']>({
  sms: 'sms',
  whatsapp: 'whatsapp',
  whatsapp_sandbox: 'whatsapp',
  facebook: 'messenger',
  instagram: 'instagram',
  telegram: 'telegram',
  line: 'line',
  wechat: 'wechat',
  viber: 'viber',
  rcs: 'rcs',
});

/** A message as the Conversations API or, under other names, Bird's Channels API tells it. */
interface Chat extends Pick<Sms, 'id' | 'isInbound' | 'name' | 'text' | 'media'> {
  readonly platform: string | undefined;
  /** The id of the channel: our own address is not given on both ways. */
  readonly line: string | undefined;
  readonly customer: string | undefined;
  readonly createdAt: string | undefined;
  readonly changedAt: string | undefined;
  readonly status: string | undefined;
  readonly reason: string | undefined;
}

export const isChat = ({ service, payload, type, conversation }: Loose): boolean =>
  (service === 'channels' && isLoose(payload)) ||
  (/^(message|conversation)\.(created|updated|resource)$/.test(textOf(type) ?? '') && isLoose(conversation));

const chatOf = (native: Loose): Chat => (native.service === 'channels' ? birdOf(native) : conversationOf(native));

/** A new message of either side, what became of one of ours, or that one was deleted. */
export function* chatUnits(native: Loose): Generator<Unit<Loose>> {
  const name = textOf(native.type) ?? textOf(native.event) ?? 'none';
  const { id, platform, status, isInbound } = chatOf(native);
  const isEvent = objectOf(native.message).type === 'event';
  if (!id || isEvent || !/^message\.|\.(in|out)bound$/.test(name)) yield { kind: 'unknown', nativeKind: name, native };
  else if (platform !== undefined && !(platform in CHANNELS))
    yield { kind: 'unknown', nativeKind: `channel.${platform}`, native };
  else if (status === 'deleted') yield { kind: 'delete', nativeKind: 'status.deleted', native };
  else {
    yield { kind: 'message', nativeKind: name, native };
    if (!isInbound && status)
      yield { kind: status in CHAT_RECEIPTS ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
  }
}

export function mapChat(kind: UnitKind, native: Loose, context: SplitContext): Outcome {
  const [isReceipt, isDeleted] = [kind === 'receipt', kind === 'delete'];
  const { platform, line, customer, createdAt, changedAt, status, reason, ...said } = chatOf(native);
  const channel = CHANNELS[platform ?? ''];
  if (!channel) return reject('missing platform: which app the message is of is not known');
  const time = isReceipt || isDeleted ? (changedAt ?? createdAt) : createdAt;
  const [from, to] = said.isInbound ? [customer, line] : [line, customer];
  return mapSms(
    {
      ...said,
      from,
      to,
      channel,
      at: fromIso(time),
      timePrecision: precisionOf(time),
      nativeTime: time,
      isDeleted,
      ...(isReceipt && { receipt: receiptOf(CHAT_RECEIPTS, status ?? '', reason) }),
    },
    context,
  );
}

/** What is displayed of somebody without a name is the number. */
const nameOf = ({ firstName, lastName, displayName }: Loose): string | undefined =>
  fullName(firstName, lastName) ?? textOf(textOf(displayName)?.replace(/^\+?\d+$/, ''));

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
    name: nameOf(objectOf(contact)),
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
    ...(/^(image|video|audio|file|whatsappSticker|externalAttachment)$/.test(type) && { media: [{ name: type }] }),
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
    name: textOf(objectOf(objectOf(person).annotations).name),
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

/** A message alone, as the API lists those of a conversation. */
export const isChatMessage = ({ conversationId, channelId, content, direction }: Loose): boolean =>
  typeof conversationId === 'string' && typeof channelId === 'string' && isLoose(content) && direction !== undefined;
