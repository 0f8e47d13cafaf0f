import { drop, ok, reject, type Outcome, type SplitContext, type Unit, type UnitKind } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { FactOf, HandleTypeName } from '../records.ts';
import { addMetaFeedback } from './meta-feedback.ts';
import { metaMedia, metaText } from './meta-message.ts';
import { fromEpoch } from './time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, textsOf, type Loose } from './value.ts';

/** Messenger and Instagram send one shape: `entry[].messaging[]`, and `standby[]` while another app has the thread. */
export interface MetaNative {
  readonly item: Loose;
  readonly entry: Loose;
}

interface Product {
  readonly channel: 'messenger' | 'instagram';
  readonly handle: HandleTypeName;
}

/** A unit whose time, account and customer are known. */
interface Scene extends MetaNative {
  readonly facts: FactList;
  readonly threadId: string;
  readonly handleId: string | undefined;
  readonly at: Date;
  readonly timePrecision: 'millisecond' | 'second';
  readonly customer: string;
}

const KINDS = tableOf<UnitKind>({
  message: 'message',
  message_edit: 'edit',
  postback: 'message',
  reaction: 'reaction',
  delivery: 'receipt',
  read: 'receipt',
  optin: 'event',
  referral: 'event',
  pass_thread_control: 'event',
  take_thread_control: 'event',
  request_thread_control: 'event',
  messaging_feedback: 'survey',
  response_feedback: 'reaction',
  account_linking: 'event',
  typing: 'ignored',
  // Which app may answer, what Meta does about the page, and games: nothing anyone says.
  app_roles: 'ignored',
  policy_enforcement: 'ignored',
  'policy-enforcement': 'ignored',
  game_play: 'ignored',
});

const mappers = tableOf<(scene: Scene) => Outcome>({
  message: mapMessage,
  message_edit: mapEdit,
  postback: mapPostback,
  reaction: mapReaction,
  delivery: mapReceipt,
  read: mapReceipt,
  optin: mapOptIn,
  referral: (scene) => mapEvent(scene, 'triggered', 'referral', ['source', 'type', 'ref', 'ad_id']),
  pass_thread_control: (scene) => mapEvent(scene, 'handed_over', 'pass_thread_control', ['new_owner_app_id']),
  take_thread_control: (scene) => mapEvent(scene, 'handed_over', 'take_thread_control', ['previous_owner_app_id']),
  messaging_feedback: mapFeedback,
  response_feedback: mapRating,
  account_linking: (scene) => mapEvent(scene, 'status_changed', 'account_linking', ['status']),
  request_thread_control: (scene) =>
    mapEvent(scene, 'status_changed', 'request_thread_control', ['requested_owner_app_id']),
});

/**
 * Units of a delivery about `object` ("page", "instagram"): one body, or a list of them, as Meta's own examples write it.
 * What kind a change is that is no message, `changeKind` says.
 */
export function* metaMessagingUnits(
  document: unknown,
  object: string,
  changeKind: (field: string) => UnitKind,
): Generator<Unit<MetaNative>> {
  for (const body of Array.isArray(document) ? objectsOf(document) : [objectOf(document)]) {
    if (body.object !== object || !Array.isArray(body.entry))
      throw new Error(`invalid object: ${textOf(body.object) ?? 'none'}; expected "${object}" with entries`);
    for (const entry of objectsOf(body.entry)) yield* entryUnits(entry, changeKind);
  }
}

/** Messages come as changes too, where an app subscribes by field. */
function* entryUnits(entry: Loose, changeKind: (field: string) => UnitKind): Generator<Unit<MetaNative>> {
  for (const list of ['messaging', 'standby'] as const)
    for (const item of objectsOf(entry[list])) yield itemUnit(item, entry, list);
  // With Instagram's own login a change stands in the entry itself.
  const changes = entry.field === undefined ? objectsOf(entry.changes) : [entry];
  for (const { field, value: given } of changes) {
    const value = objectOf(given);
    const name = textOf(field) ?? 'none';
    const isItem = value.sender !== undefined && value.recipient !== undefined;
    yield isItem
      ? itemUnit(value, entry, name)
      : { kind: changeKind(name), nativeKind: `changes.${name}`, native: { item: value, entry } };
  }
}

function itemUnit(item: Loose, entry: Loose, list: string): Unit<MetaNative> {
  const name = Object.keys(KINDS).find((key) => (item[key] ?? undefined) !== undefined);
  const isDelete = objectOf(item.message).is_deleted === true;
  const kind = isDelete ? 'delete' : name === undefined ? 'unknown' : KINDS[name]!;
  const nativeKind = name ?? Object.keys(item).find((key) => !/^(sender|recipient|timestamp)$/.test(key)) ?? list;
  return { kind, nativeKind, native: { item, entry } };
}

export function mapMetaMessaging({ nativeKind, native }: Unit<MetaNative>, product: Product, context: SplitContext) {
  const { item, entry } = native;
  const at = fromEpoch(item.timestamp ?? entry.time);
  if (!at) return reject(`invalid timestamp: ${textOf(item.timestamp) ?? 'none'}; expected epoch milliseconds`);
  if (item.is_self === true || objectOf(item.message).is_self === true) return drop('the account writes to itself');
  const [account, customer] = sidesOf(native);
  if (!customer || !account) return reject('the sender or the recipient is missing: the conversation is not known');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({
    nativeId: `${account}|${customer}`,
    channel: product.channel,
    account,
    sessionGapHours: 24,
  });
  // In what the account sends, the sender's name is its own.
  const person = [item.sender, item.recipient].map(objectOf).find(({ id }) => textOf(id) === customer);
  const display = textOf(person?.username);
  const handleId = facts.participant(threadId, 'customer', at, { type: product.handle, value: customer, display });
  // Referrals come in seconds, everything else in milliseconds.
  const timePrecision = (numberOf(item.timestamp) ?? 0) >= 1e11 ? 'millisecond' : 'second';
  return mappers[nativeKind]!({ ...native, facts, threadId, handleId, at, timePrecision, customer });
}

/** Account and customer: the entry names the account; an echo comes from it, everything else goes to it. */
function sidesOf({ item, entry }: MetaNative): [string | undefined, string | undefined] {
  const [sender, recipient] = [textOf(objectOf(item.sender).id), textOf(objectOf(item.recipient).id)];
  const own = textOf(entry.id);
  if (sender === own) return [sender, recipient];
  if (recipient === own) return [recipient, sender];
  return objectOf(item.message).is_echo === true ? [sender, recipient] : [recipient, sender];
}

function mapMessage(scene: Scene): Outcome {
  const { facts, threadId, at, timePrecision, item, handleId, entry } = scene;
  const message = objectOf(item.message);
  const nativeId = textOf(message.mid);
  if (!nativeId) return reject('missing message.mid');
  if (message.is_deleted === true) {
    facts.utterance({ nativeId, threadId, deletedAt: at });
    return ok(facts.facts);
  }
  const isOurs = message.is_echo === true || textOf(objectOf(item.sender).id) === textOf(entry.id);
  const replied = objectOf(message.reply_to);
  const repliedTo = textOf(replied.mid);
  const media = metaMedia(message);
  const text = metaText(message);
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    role: isOurs ? 'agent' : 'customer',
    occurredAt: at,
    nativeTime: textOf(item.timestamp),
    timePrecision,
    isZoneKnown: true,
    visibility: 'public',
    ...(text && { text }),
    ...(media.length > 0 && { media }),
    ...(!isOurs && handleId && { handleId }),
    ...(repliedTo && { replyToId: facts.utteranceId(repliedTo) }),
  });
  const triggers: [string, unknown][] = [
    ['referral', objectOf(message.referral).source],
    ['story_reply', objectOf(replied.story).id],
    ['story_mention', objectsOf(message.attachments).find(({ type }) => type === 'story_mention')?.type],
  ];
  for (const [name, value] of triggers)
    if (textOf(value))
      facts.event({ threadId, kind: 'triggered', occurredAt: at, utteranceId, timePrecision, value: name });
  return ok(facts.facts);
}

/** Far more than Meta allows: a count that could not be one must not order the versions. */
const MOST_EDITS = 1000;

function mapEdit({ facts, threadId, at, item }: Scene): Outcome {
  const { mid, text, num_edit } = objectOf(item.message_edit);
  const nativeId = textOf(mid);
  if (!nativeId || !textOf(text)) return reject('an edit without the message or its new text');
  // The time is that of the message in some versions; the number of the edit then orders them. Nought is no edit yet.
  const edits = Math.min(numberOf(num_edit) ?? 1, MOST_EDITS);
  facts.utterance({
    nativeId,
    threadId,
    text: textOf(text),
    ...(edits > 0 && { editedAt: at }),
    version: at.getTime() + edits,
  });
  return ok(facts.facts);
}

/** A button the customer pressed; its title is what they said, its payload a word between programs. */
function mapPostback(scene: Scene): Outcome {
  const { facts, threadId, at, timePrecision, item, handleId, customer } = scene;
  const postback = objectOf(item.postback);
  const utteranceId = facts.utterance({
    nativeId: textOf(postback.mid) ?? `${threadIdName(customer, at)}/postback`,
    threadId,
    role: 'customer',
    occurredAt: at,
    timePrecision,
    isZoneKnown: true,
    visibility: 'public',
    text: textOf(postback.title),
    ...(handleId && { handleId }),
  });
  const referral = objectOf(postback.referral);
  const pressed = textOf(postback.title) === undefined ? textOf(postback.payload) : undefined;
  const value = [pressed, valuesOf(referral, ['source', 'type', 'ref', 'ad_id'])].filter(Boolean).join(' ');
  if (value) facts.event({ threadId, kind: 'triggered', occurredAt: at, utteranceId, timePrecision, value });
  return ok(facts.facts);
}

const threadIdName = (customer: string, at: Date): string => `${customer}/${at.getTime()}`;

function mapReaction({ facts, threadId, at, timePrecision, item, customer }: Scene): Outcome {
  const { mid, action, emoji, reaction } = objectOf(item.reaction);
  const target = textOf(mid);
  if (!target) return reject('a reaction without the message it is to');
  const value = action === 'unreact' ? 'removed' : (textOf(emoji) ?? textOf(reaction) ?? 'other');
  const utteranceId = facts.utteranceId(target);
  facts.event({
    threadId,
    kind: 'reaction',
    occurredAt: at,
    utteranceId,
    value,
    nativeId: textOf(objectOf(item.sender).id) ?? customer,
    timePrecision,
  });
  return ok(facts.facts);
}

/** Answers to Messenger's feedback template. */
function mapFeedback({ facts, threadId, handleId, at, item, customer }: Scene): Outcome {
  const answered = { threadId, handleId, occurredAt: at, nativeId: threadIdName(customer, at) };
  const count = addMetaFeedback(facts, objectOf(item.messaging_feedback), answered);
  return count > 0 ? ok(facts.facts) : reject('a feedback without answers');
}

/** A thumb up or down under one of our messages. */
function mapRating({ facts, threadId, at, timePrecision, item, customer }: Scene): Outcome {
  const { mid, feedback } = objectOf(item.response_feedback);
  if (!textOf(mid) || !textOf(feedback)) return reject('a rating without its message or its word');
  const utteranceId = facts.utteranceId(textOf(mid)!);
  const rated = { threadId, utteranceId, occurredAt: at, timePrecision, nativeId: `${customer}/feedback` };
  facts.event({ ...rated, kind: 'reaction', value: textOf(feedback)! });
  return ok(facts.facts);
}

/** Messages are named one by one, or by a watermark: all of ours up to that time. */
function mapReceipt({ facts, threadId, at, timePrecision, item }: Scene): Outcome {
  const kind = item.read === undefined ? 'delivered' : 'read';
  const { mid, mids, watermark } = objectOf(item.read ?? item.delivery);
  const named = textsOf([mid, ...textsOf(mids)]);
  for (const each of new Set(named))
    facts.event({ threadId, kind, occurredAt: at, utteranceId: facts.utteranceId(each), timePrecision });
  const until = fromEpoch(watermark);
  if (named.length === 0 && until)
    facts.event({ threadId, kind, occurredAt: at, timePrecision, value: `until ${until.toISOString()}` });
  return named.length > 0 || until ? ok(facts.facts) : drop('a receipt that names no message');
}

/** A way in (a plugin, a button), or consent to notifications, which a person may take back. */
function mapOptIn(scene: Scene): Outcome {
  const status = textOf(objectOf(scene.item.optin).notification_messages_status);
  const kind = status === undefined ? 'triggered' : /STOP/.test(status) ? 'opted_out' : 'status_changed';
  return mapEvent(scene, kind, 'optin', ['notification_messages_status', 'type', 'ref', 'payload', 'title']);
}

function mapEvent(
  { facts, threadId, at, timePrecision, item }: Scene,
  kind: FactOf<'event'>['kind'],
  name: string,
  fields: string[],
): Outcome {
  facts.event({
    threadId,
    kind,
    occurredAt: at,
    timePrecision,
    value: [name, valuesOf(objectOf(item[name]), fields)].filter(Boolean).join(': '),
  });
  return ok(facts.facts);
}

const valuesOf = (given: Loose, fields: string[]): string =>
  fields.flatMap((field) => textOf(given[field]) ?? []).join(' ');
