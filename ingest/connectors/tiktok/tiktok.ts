import { z } from 'zod';
import {
  defineConnector,
  drop,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { FactOf } from '../../records.ts';
import { parseJson } from '../../formats/json.ts';
import { fromEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { commentsOf, mapTiktokComment } from './comment.ts';

const Settings = z.strictObject({
  /** Ids of the company's accounts, where a record does not come in an event that tells the direction. */
  ownAccounts: z.array(z.string()).default([]),
});
type Context = SplitContext<z.infer<typeof Settings>>;

interface Native {
  /** The envelope; the message itself where it came alone. */
  readonly event: Loose;
  readonly content: Loose;
}

const KINDS = tableOf<UnitKind>({
  im_receive_msg: 'message',
  im_receive_msg_eu: 'message',
  im_send_msg: 'message',
  im_mark_read_msg: 'receipt',
  im_referral_msg: 'event',
  'comment.update': 'message',
  // What the platform asks when the webhook is set up.
  verify_webhook: 'ignored',
  // A comment of an answer of the API.
  comment: 'message',
});

/** What became of videos, downloads, permissions and automatic messages: nothing anyone said. */
const UNSAID = /^(authorization|video|post|portability)\.|^im_auto_message_/;

/** The content is JSON in a string inside the JSON. */
function unitOf(event: Loose): Unit<Native> {
  const name = textOf(event.event);
  if (name === undefined && event.message_id === undefined)
    throw new Error('invalid event: expected an event or a message');
  const given = textOf(event.content);
  const content = given ? parseJson(given) : name === undefined ? event : event.content;
  const native = { event, content: isLoose(content) ? content : {} };
  const kind = name === undefined ? 'message' : (KINDS[name] ?? (UNSAID.test(name) ? 'ignored' : 'unknown'));
  const isReaction = kind === 'message' && typeOf(native.content) === 'reaction';
  return { kind: isReaction ? 'reaction' : kind, nativeKind: name ?? 'message', native };
}

/** The messages of an answer of the API, which has a code and the id of the request. */
function messagesOf(document: Loose): Loose[] {
  if (document.code === undefined || document.request_id === undefined) return [document];
  if (textOf(document.code) !== '0')
    throw new Error(
      `an error answer of the API: ${textOf(document.message) ?? textOf(document.code)}; expected an event`,
    );
  const comments = commentsOf(document);
  if (comments) return comments.map((content) => ({ event: 'comment', content }));
  const { messages } = objectOf(document.data);
  if (!Array.isArray(messages)) throw new Error('an answer of the API without messages or comments; expected an event');
  return objectsOf(messages);
}

/** Webhooks write types in lower case, lists of messages in upper case. */
const typeOf = (content: Loose): string =>
  (textOf(content.type) ?? textOf(content.message_type) ?? 'text').toLowerCase();

const personOf = ({ event, content }: Native, side: 'from' | 'to'): string | undefined =>
  textOf(objectOf(content[`${side}_user`]).id) ??
  textOf(event[`${side}_user_id`]) ??
  textOf(content[`${side}_user_id`]);

interface Placed {
  readonly threadId: string;
  readonly occurredAt: Date;
  readonly timePrecision: 'millisecond' | 'second';
}

/** TikTok says no more of messages by people in Europe. */
const WITHHELD = 'somebody in Europe wrote: what and in which conversation is not given';

function map({ kind, nativeKind, native }: Unit<Native>, context: Context): Outcome {
  const { event, content } = native;
  if (nativeKind.startsWith('comment')) return mapTiktokComment(content, textOf(event.user_openid), context);
  const at = fromEpoch(content.timestamp ?? content.create_time ?? event.create_time);
  if (!at) return reject(`invalid timestamp: ${textOf(content.timestamp) ?? 'none'}; expected epoch milliseconds`);
  const conversation = textOf(content.conversation_id) ?? textOf(content.conversation_short_id);
  if (!conversation && nativeKind === 'im_receive_msg_eu') return drop(WITHHELD);
  if (!conversation) return reject('missing conversation_id');
  const [from, to] = [personOf(native, 'from'), personOf(native, 'to')];
  const isOurs = nativeKind === 'im_send_msg' || isOwn(native, from, context);
  const [customer, account] = isOurs ? [to, from] : [from, to];
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({
    nativeId: conversation,
    channel: 'tiktok',
    sessionGapHours: 24,
    ...(account && { account }),
  });
  const display =
    textOf(objectsOf(content.user_infos).find(({ open_id }) => open_id === customer)?.nick_name) ??
    textOf(isOurs ? content.to : content.from);
  const handleId = facts.participant(threadId, 'customer', at, { type: 'tiktok_id', value: customer, display });
  const placed = { threadId, occurredAt: at, timePrecision: precisionOf(native) };
  if (kind === 'receipt') return isOurs ? drop('read by the business itself') : mapRead(facts, content, placed);
  if (kind === 'reaction') return mapReactions(facts, content, placed, from);
  if (kind !== 'event') return mapMessage(facts, content, placed, isOurs, handleId);
  facts.event({ ...placed, kind: 'triggered', value: referralIn(nativeKind, content) });
  return ok(facts.facts);
}

function mapMessage(
  facts: FactList,
  content: Loose,
  placed: Placed,
  isOurs: boolean,
  handleId: string | undefined,
): Outcome {
  const nativeId = textOf(content.message_id) ?? textOf(content.server_message_id);
  if (!nativeId) return reject('missing message_id');
  const isAutomatic = isOurs && textOf(content.auto_message_type) !== undefined;
  const repliedTo = textOf(objectOf(content.referenced_message_info).referenced_message_id);
  facts.utterance({
    ...placed,
    nativeId,
    role: isAutomatic ? 'bot' : isOurs ? 'agent' : 'customer',
    ...(isAutomatic && { isAutomatic }),
    nativeTime: textOf(content.timestamp) ?? textOf(content.create_time),
    isZoneKnown: true,
    visibility: 'public',
    ...saidIn(content),
    ...(!isOurs && handleId && { handleId }),
    ...(repliedTo && { replyToId: facts.utteranceId(repliedTo) }),
  });
  return ok(facts.facts);
}

/** The envelope names the account the event is for; the role stands beside an id. */
function isOwn({ event, content }: Native, from: string | undefined, { settings }: Context): boolean {
  const role = textOf(objectOf(content.from_user).role)?.toLowerCase();
  if (role !== undefined) return role === 'business_account';
  return from !== undefined && (from === textOf(event.user_openid) || settings.ownAccounts.includes(from));
}

/** By which advertisement or link a person came. */
function referralIn(name: string, { referral }: Loose): string {
  const { source, ad, short_link } = objectOf(referral);
  const detail = [source, objectOf(ad).ad_id, objectOf(short_link).ref].flatMap((each) => textOf(each) ?? []);
  return [name, detail.join(' ')].filter(Boolean).join(': ');
}

function mapReactions(facts: FactList, content: Loose, placed: Placed, from: string | undefined): Outcome {
  const reactions = objectsOf([content.reaction].flat()).filter(({ original_msg_id: id }) => textOf(id));
  for (const { original_msg_id, operation, emoji, type, timestamp, unique_identifier } of reactions) {
    const sign = textOf(emoji) ?? textOf(type) ?? 'other';
    facts.event({
      ...placed,
      kind: 'reaction',
      occurredAt: fromEpoch(timestamp) ?? placed.occurredAt,
      utteranceId: facts.utteranceId(textOf(original_msg_id)!),
      value: operation === 'REMOVE' ? `removed ${sign}` : sign,
      nativeId: textOf(unique_identifier) ?? from ?? '',
    });
  }
  return reactions.length > 0 ? ok(facts.facts) : reject('a reaction without the message it is to');
}

const precisionOf = ({ event, content }: Native): 'millisecond' | 'second' =>
  Number(content.timestamp ?? content.create_time ?? event.create_time) >= 1e11 ? 'millisecond' : 'second';

/** The words of a text; of the rest the kind, and the id of the file. */
function saidIn(content: Loose): { text?: string; media?: FactOf<'utterance'>['media'] } {
  const type = typeOf(content);
  const given = objectOf(content[type]);
  const titles = objectsOf(given.elements).flatMap(({ title }) => textOf(title) ?? []);
  const text = textOf(given.body) ?? textOf(given.text) ?? textOf(titles.join('\n')) ?? textOf(content.text);
  const mediaId = [given.media_id, given.sticker_id, given.item_id, given.video_id].map(textOf).find(Boolean);
  if (type === 'text' || type === 'template') return text ? { text } : {};
  return { ...(text && { text }), media: [{ name: type, ...(mediaId && { mediaId }) }] };
}

/** The other side has read everything up to a time. */
function mapRead(facts: FactList, content: Loose, placed: Placed): Outcome {
  const until = fromEpoch(objectOf(content.read).last_read_timestamp);
  if (!until) return drop('a read mark that names no time');
  facts.event({ ...placed, kind: 'read', value: `until ${until.toISOString()}` });
  return ok(facts.facts);
}

export const tiktok = defineConnector<Native, z.infer<typeof Settings>>({
  name: 'tiktok',
  title: 'TikTok Business Messaging',
  version: 1,
  channels: ['tiktok', 'social'],
  docs: ['https://business-api.tiktok.com/portal/docs?id=1832190670631937'],
  formats: ['json', 'ndjson'],
  settings: Settings,
  trust: {
    scheme: 'hmac',
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'Tiktok-Signature',
    list: 's',
    parts: [{ field: 't' }, { text: '.' }, 'body'],
    timestamp: { header: 'Tiktok-Signature', field: 't', unit: 'second', toleranceSeconds: 300 },
  },
  threadKey: 'conversation id, cut after 24 silent hours; comments by chain',
  statusLadder: ['read'],
  echoRule: 'im_send_msg: sent by the business, whichever tool sent it; the message_id is the same everywhere',
  *split(document: unknown) {
    for (const event of objectsOf([document].flat()).flatMap(messagesOf)) yield unitOf(event);
  },
  map,
});
