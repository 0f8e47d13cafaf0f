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
import { normalizeHandle } from '../formats/handle.ts';
import type { FactOf } from '../records.ts';
import { parseJson } from '../formats/json.ts';
import { fromIso } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const RECEIPTS = tableOf<FactOf<'event'>['kind']>({
  DELIVERED: 'delivered',
  READ: 'read',
  TTL_EXPIRATION_REVOKED: 'failed',
  TTL_EXPIRATION_REVOKE_FAILED: 'status_changed',
});
const EVENTS = tableOf<FactOf<'event'>['kind']>({
  SUBSCRIBE: 'status_changed',
  UNSUBSCRIBE: 'opted_out',
});
const CONTENT = ['text', 'suggestionResponse', 'location', 'userFile'];

/** What a person did names them as the sender; what became of our message, by the server's word, does not. */
const personOf = (native: Loose): string | undefined => textOf(native.senderPhoneNumber) ?? textOf(native.phoneNumber);

/** A bare message, or one in the envelope of Pub/Sub: base64 of JSON, with attributes beside it. */
function openEnvelope(document: unknown): Loose {
  const body = objectOf(document);
  const { data, attributes } = objectOf(body.message);
  if (typeof data !== 'string') return body;
  const inner = objectOf(parseJson(Buffer.from(data, 'base64').toString('utf8')));
  const agentId = textOf(objectOf(attributes).agentId) ?? textOf(objectOf(attributes).business_id);
  return { ...(agentId && { agentId }), ...inner };
}

function kindOf(native: Loose): [UnitKind, string] {
  const event = textOf(native.eventType);
  if (event === 'IS_TYPING') return ['ignored', event];
  if (event) return [event in RECEIPTS ? 'receipt' : event in EVENTS ? 'event' : 'unknown', event];
  const content = CONTENT.find((name) => native[name] !== undefined);
  return content ? ['message', content] : ['unknown', Object.keys(native)[0] ?? 'none'];
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const phone = normalizeHandle('phone', personOf(native), context.source);
  if (!phone) return reject(`invalid senderPhoneNumber: ${personOf(native) ?? 'none'}; expected E.164`);
  const sentAt = fromIso(native.sendTime);
  const at = sentAt ?? context.delivery.receivedAt;
  const messageId = textOf(native.messageId);
  if (!messageId && kind !== 'event') return reject('missing messageId');
  const facts = new FactList(context, at.getTime());
  const agent = textOf(native.agentId);
  const threadId = facts.thread({
    nativeId: [agent, phone].filter(Boolean).join('|'),
    channel: 'rcs',
    sessionGapHours: 24,
    ...(agent && { account: agent }),
  });
  const handleId = facts.participant(threadId, 'customer', at, { type: 'phone', value: phone });
  const placed = { threadId, occurredAt: at, timePrecision: sentAt ? 'millisecond' : 'receipt' } as const;
  if (kind === 'message')
    facts.utterance({
      ...placed,
      nativeId: messageId!,
      role: 'customer',
      nativeTime: textOf(native.sendTime),
      isZoneKnown: true,
      visibility: 'public',
      ...saidIn(native),
      ...(handleId && { handleId }),
    });
  else
    facts.event({
      ...placed,
      kind: RECEIPTS[nativeKind] ?? EVENTS[nativeKind]!,
      value: nativeKind,
      nativeId: textOf(native.eventId) ?? '',
      ...(kind === 'receipt' && { utteranceId: facts.utteranceId(messageId!) }),
    });
  return ok(facts.facts);
}

/**
 * Typed words, the label of a pressed suggestion (its data is a word between programs), a place, or a file by name (its
 * address opens it and stays out).
 */
function saidIn(native: Loose): { text?: string; media?: FactOf<'utterance'>['media'] } {
  const pressed = objectOf(native.suggestionResponse);
  const place = objectOf(native.location);
  const text = textOf(native.text) ?? textOf(pressed.text) ?? placeText([], place.latitude, place.longitude);
  const file = objectOf(objectOf(native.userFile).payload);
  if (native.userFile === undefined) return text ? { text } : {};
  const [mimeType, byteSize] = [textOf(file.mimeType), numberOf(file.fileSizeBytes)];
  const name = textOf(file.fileName) ?? 'file';
  return { media: [{ name, ...(mimeType && { mimeType }), ...(byteSize !== undefined && { byteSize }) }] };
}

export const rcs = defineConnector<Loose, Record<string, never>>({
  name: 'rcs',
  title: 'RCS (Google RBM)',
  version: 1,
  channels: ['rcs'],
  docs: ['https://developers.google.com/business-communications/rcs-business-messaging/guides/build/messages/receive'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'hmac',
    algorithm: 'sha512',
    encoding: 'base64',
    header: 'X-Goog-Signature',
    parts: [{ base64: 'message.data' }],
  },
  handshake: { kind: 'echo-text', tokenField: 'clientToken', answerField: 'secret' },
  threadKey: '(agent id, phone number), cut after 24 silent hours',
  statusLadder: ['DELIVERED', 'READ'],
  echoRule: 'RCS delivers only what people write; of our own messages only receipts come back',
  *split(document: unknown): Generator<Unit<Loose>> {
    for (const each of objectsOf([document].flat())) {
      // Whether networks have let the business in, which concerns nobody it talks with.
      if (objectOf(objectOf(each.message).attributes).type === 'agent_launch_event') {
        yield { kind: 'ignored', nativeKind: 'agent_launch_event', native: each };
        continue;
      }
      const native = openEnvelope(each);
      if (personOf(native) === undefined) throw new Error('invalid message: expected senderPhoneNumber');
      const [kind, nativeKind] = kindOf(native);
      yield { kind, nativeKind, native };
    }
  },
  map,
});
