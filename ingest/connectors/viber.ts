import { z } from 'zod';
import {
  defineConnector,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { fromEpochMilliseconds } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { joinedTexts, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const EVENTS = tableOf<FactOf<'event'>['kind']>({
  delivered: 'delivered',
  seen: 'read',
  failed: 'failed',
  subscribed: 'status_changed',
  unsubscribed: 'opted_out',
  conversation_started: 'triggered',
});
const RECEIPTS = new Set(['delivered', 'seen', 'failed']);

function kindOf(event: string): UnitKind {
  if (event === 'message') return 'message';
  if (event in EVENTS) return RECEIPTS.has(event) ? 'receipt' : 'event';
  return event === 'webhook' ? 'ignored' : 'unknown';
}

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const at = fromEpochMilliseconds(native.timestamp);
  if (!at) return reject(`invalid timestamp: ${textOf(native.timestamp) ?? 'none'}; expected epoch milliseconds`);
  const person = objectOf(native.sender ?? native.user);
  const userId = textOf(person.id) ?? textOf(native.user_id);
  if (!userId) return reject('missing user id: the conversation is not known');
  const token = textOf(native.message_token);
  if (!token && nativeKind !== 'unsubscribed') return reject('missing message_token');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: userId, channel: 'viber', sessionGapHours: 24 });
  const handle = { type: 'viber_id', value: userId, display: textOf(person.name) } as const;
  const handleId = facts.participant(threadId, 'customer', at, handle);
  if (nativeKind === 'message')
    facts.utterance({
      nativeId: token!,
      threadId,
      role: 'customer',
      occurredAt: at,
      nativeTime: textOf(native.timestamp),
      timePrecision: 'millisecond',
      isZoneKnown: true,
      visibility: 'public',
      ...contentOf(objectOf(native.message)),
      ...(handleId && { handleId }),
    });
  else
    facts.event({
      threadId,
      kind: EVENTS[nativeKind]!,
      occurredAt: at,
      timePrecision: 'millisecond',
      value: valueOf(nativeKind, native),
      ...(RECEIPTS.has(nativeKind) && { utteranceId: facts.utteranceId(token!) }),
    });
  return ok(facts.facts);
}

/** Why a message failed, or by which link a conversation began; other events say it by their name. */
const valueOf = (event: string, { desc, context }: Loose): string =>
  [event, event === 'failed' ? textOf(desc) : textOf(context)].filter(Boolean).join(': ');

/** Addresses of files expire, so only their name, size and sticker number are kept. */
function contentOf(message: Loose): { text?: string; media?: FactOf<'utterance'>['media'] } {
  const type = textOf(message.type) ?? 'text';
  const { lat, lon } = objectOf(message.location);
  const contacts = type === 'contact' ? objectsOf([message.contact].flat()) : [];
  // Viber's own example of a text carries the fields of the other types as well.
  const spoken = [
    message.text,
    type === 'location' && placeText([], lat, lon),
    ...contacts.map(({ name, phone_number }) => joinedTexts(', ', [name, phone_number])),
    type === 'url' && message.media,
  ];
  const text = joinedTexts('\n', spoken);
  if (!/^(picture|video|file|sticker)$/.test(type)) return text ? { text } : {};
  const byteSize = numberOf(message.file_size) ?? numberOf(message.size);
  const mediaId = textOf(message.sticker_id);
  const name = textOf(message.file_name) ?? type;
  return {
    ...(text && { text }),
    media: [{ name, ...(mediaId && { mediaId }), ...(byteSize !== undefined && { byteSize }) }],
  };
}

export const viber = defineConnector<Loose, Record<string, never>>({
  name: 'viber',
  title: 'Viber',
  version: 1,
  channels: ['viber'],
  docs: ['https://developers.viber.com/docs/api/rest-bot-api/#callbacks'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'X-Viber-Content-Signature',
    parts: ['body'],
  },
  threadKey: 'user id, cut after 24 silent hours',
  statusLadder: ['delivered', 'seen'],
  echoRule: 'Viber delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown) {
    for (const native of [document].flat().map(objectOf)) {
      const event = textOf(native.event);
      if (!event) throw new Error('invalid callback: expected an event');
      yield { kind: kindOf(event), nativeKind: event, native };
    }
  },
  map,
});
