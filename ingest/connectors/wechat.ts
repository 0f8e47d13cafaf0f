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
import { fromEpoch } from '../formats/time.ts';
import { placeText } from '../formats/place.ts';
import { numberOf, objectOf, tableOf, textOf, type Loose } from '../formats/value.ts';
import { parseXml } from '../formats/xml.ts';

const MESSAGE_TYPES = new Set([
  'text',
  'image',
  'voice',
  'video',
  'shortvideo',
  'location',
  'link',
  'miniprogrampage',
  'file',
]);

/** What WeChat writes in place of what it does not pass on, such as an animated sticker: nobody said it. */
const NOT_PASSED_ON = '【收到不支持的消息类型，暂无法显示】';

/** Events in the order of what they say: the person comes or goes, asks for something, or an agent takes over. */
const EVENTS = tableOf<FactOf<'event'>['kind']>({
  subscribe: 'status_changed',
  unsubscribe: 'opted_out',
  SCAN: 'triggered',
  CLICK: 'triggered',
  VIEW: 'triggered',
  view_miniprogram: 'triggered',
  scancode_push: 'triggered',
  scancode_waitmsg: 'triggered',
  pic_sysphoto: 'triggered',
  pic_photo_or_album: 'triggered',
  pic_weixin: 'triggered',
  location_select: 'triggered',
  user_enter_tempsession: 'triggered',
  // What the person lets us send.
  subscribe_msg_popup_event: 'status_changed',
  subscribe_msg_change_event: 'status_changed',
  kf_create_session: 'assigned',
  kf_switch_session: 'transferred',
  kf_close_session: 'ended',
});
const IGNORED = new Set([
  'LOCATION',
  'TEMPLATESENDJOBFINISH',
  'MASSSENDJOBFINISH',
  'PUBLISHJOBFINISH',
  'subscribe_msg_sent_event',
]);

function unitOf(document: unknown): Unit<Loose> {
  // A mini program may ask for JSON, with the same names.
  const native = objectOf(typeof document === 'string' ? parseXml(document).xml : document);
  const type = textOf(native.MsgType);
  if (!type && textOf(native.Encrypt)) return { kind: 'message', nativeKind: 'encrypted', native };
  if (!type) throw new Error('invalid message: expected MsgType');
  const event = textOf(native.Event);
  if (type !== 'event') return { kind: MESSAGE_TYPES.has(type) ? 'message' : 'unknown', nativeKind: type, native };
  const kind: UnitKind = event && event in EVENTS ? 'event' : IGNORED.has(event ?? '') ? 'ignored' : 'unknown';
  return { kind, nativeKind: `event.${event ?? 'none'}`, native };
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'encrypted')
    return reject('the message is encrypted; expected its EncodingAESKey in sealKeyEnv, or plain or compatible mode');
  const [person, account] = [textOf(native.FromUserName), textOf(native.ToUserName)];
  if (!person || !account) return reject('FromUserName or ToUserName is missing: the conversation is not known');
  // Documented as seconds; some relays send milliseconds.
  const at = fromEpoch(native.CreateTime);
  if (!at) return reject(`invalid CreateTime: ${textOf(native.CreateTime) ?? 'none'}; expected epoch seconds`);
  const nativeId = textOf(native.MsgId);
  if (kind === 'message' && !nativeId) return reject('missing MsgId');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({ nativeId: `${account}|${person}`, channel: 'wechat', account, sessionGapHours: 24 });
  const handles = [
    facts.participant(threadId, 'customer', at, { type: 'wechat_id', value: person }),
    facts.participant(threadId, 'customer', at, { type: 'wechat_id', value: textOf(native.UnionId) }),
  ];
  const placed = {
    threadId,
    occurredAt: at,
    timePrecision: Number(native.CreateTime) >= 1e11 ? 'millisecond' : 'second',
  } as const;
  if (kind === 'event') addEvent(facts, native, placed);
  else
    facts.utterance({
      ...placed,
      nativeId: nativeId!,
      role: 'customer',
      nativeTime: textOf(native.CreateTime),
      isZoneKnown: true,
      visibility: 'public',
      text: wordsOf(native),
      ...mediaOf(native),
      ...(handles[0] && { handleId: handles[0] }),
    });
  return ok(facts.facts);
}

/**
 * What was typed, or heard by WeChat itself, the name of a place or of a page of a program, or a link, whose title its
 * page has written.
 */
function wordsOf(native: Loose): string | undefined {
  if (native.MsgType === 'file') return undefined;
  const place = placeText([native.Label], native.Location_X, native.Location_Y);
  const typed = textOf(native.Content);
  if (typed === NOT_PASSED_ON) return undefined;
  return typed ?? textOf(native.Recognition) ?? place ?? textOf(native.Url) ?? textOf(native.Title);
}

/** The title of a file is its name; its key opens nothing for the account. */
function mediaOf(native: Loose): { media?: FactOf<'utterance'>['media'] } {
  const byteSize = numberOf(native.FileTotalLen);
  if (native.MsgType === 'file')
    return { media: [{ name: textOf(native.Title) ?? 'file', ...(byteSize !== undefined && { byteSize }) }] };
  const mediaId = textOf(native.MediaId);
  return mediaId ? { media: [{ mediaId, name: textOf(native.Format) ?? textOf(native.MsgType) ?? 'file' }] } : {};
}

function addEvent(
  facts: FactList,
  native: Loose,
  placed: { threadId: string; occurredAt: Date; timePrecision: 'second' | 'millisecond' },
): void {
  const event = textOf(native.Event)!;
  const agent = textOf(native.ToKfAccount) ?? textOf(native.KfAccount);
  const value = [event, textOf(native.EventKey)].filter(Boolean).join(': ');
  facts.event({
    ...placed,
    kind: EVENTS[event]!,
    value,
    // Within one second a person may press two buttons of the menu.
    nativeId: value,
    ...(agent && { agentId: facts.agent({ nativeId: agent }) }),
  });
}

export const wechat = defineConnector<Loose, Record<string, never>>({
  name: 'wechat',
  title: 'WeChat Official Account',
  version: 1,
  channels: ['wechat'],
  docs: ['https://developers.weixin.qq.com/doc/offiaccount/en/Message_Management/Receiving_standard_messages.html'],
  formats: ['xml', 'json'],
  settings: z.strictObject({}),
  trust: {
    scheme: 'sorted-query',
    signature: 'signature',
    timestamp: 'timestamp',
    nonce: 'nonce',
    toleranceSeconds: 300,
    seal: { signature: 'msg_signature', field: 'Encrypt' },
  },
  seal: { kind: 'xml-element', field: 'Encrypt' },
  handshake: {
    kind: 'echo-signed-query',
    signature: 'signature',
    timestamp: 'timestamp',
    nonce: 'nonce',
    challengeParameter: 'echostr',
  },
  acknowledgement: 'success',
  threadKey: '(account, openid of the person), cut after 24 silent hours',
  echoRule: 'WeChat delivers only what people do; our own messages do not come back',
  *split(document: unknown) {
    for (const each of [document].flat()) yield unitOf(each);
  },
  map,
});
