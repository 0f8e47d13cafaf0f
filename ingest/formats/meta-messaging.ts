import { drop, ok, reject, type Outcome, type SplitContext, type Unit, type UnitKind } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { HandleTypeName } from '../records.ts';
import { mapCart, mapCustomerInformation, mapPostback } from './meta-answer.ts';
import { CALLS, mapMetaCall } from './meta-call.ts';
import { mapEvent, mapFeedback, mapOptIn, mapRating, mapReaction, mapReceipt } from './meta-event.ts';
import { metaMedia, metaText } from './meta-message.ts';
import type { MetaNative, Scene } from './meta-scene.ts';
import { fromIsoOrEpoch } from './time.ts';
import { isLoose, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from './value.ts';

interface Product {
  readonly channel: 'messenger' | 'instagram';
  readonly handle: HandleTypeName;
}

const KINDS = tableOf<UnitKind>({
  message: 'message',
  message_edit: 'edit',
  postback: 'message',
  order: 'message',
  messaging_customer_information: 'message',
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
  call_permission_reply: 'event',
  payment: 'event',
  typing: 'ignored',
  // Which app may answer, what Meta does about the page, purchases under way, and games: nothing anyone says.
  app_roles: 'ignored',
  policy_enforcement: 'ignored',
  'policy-enforcement': 'ignored',
  checkout_update: 'ignored',
  pre_checkout: 'ignored',
  game_play: 'ignored',
});

const mappers = tableOf<(scene: Scene) => Outcome>({
  message: mapMessage,
  message_edit: mapEdit,
  postback: mapPostback,
  order: mapCart,
  messaging_customer_information: mapCustomerInformation,
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
  call_permission_reply: (scene) => mapEvent(scene, 'status_changed', 'call_permission_reply', ['response']),
  payment: (scene) => mapEvent(scene, 'status_changed', 'payment', []),
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
    // Meta shows a change or an event as an example without what stands around it.
    const isEvent = body.entry === undefined && isLoose(body.sender) && isLoose(body.recipient);
    if (isEvent || (textOf(body.field) && isLoose(body.value))) {
      yield* entryUnits(isEvent ? { messaging: [body] } : { changes: [body] }, changeKind);
      continue;
    }
    if (body.object !== object || !Array.isArray(body.entry))
      throw new Error(`invalid object: ${textOf(body.object) ?? 'none'}; expected "${object}" with entries`);
    for (const entry of objectsOf(body.entry)) yield* entryUnits(entry, changeKind);
  }
}

/** Messages come as changes too, where an app subscribes by field, and consent to calls in the entry itself. */
function* entryUnits(entry: Loose, changeKind: (field: string) => UnitKind): Generator<Unit<MetaNative>> {
  if (isLoose(entry.sender) && isLoose(entry.recipient)) yield itemUnit(entry, {}, 'entry');
  for (const item of objectsOf(entry.calls)) {
    const name = textOf(item.event) ?? 'none';
    yield { kind: CALLS[name] ?? 'unknown', nativeKind: `calls.${name}`, native: { item, entry } };
  }
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
  if (nativeKind.startsWith('calls.')) return mapMetaCall(native, product.handle, context);
  const at = fromIsoOrEpoch(item.timestamp ?? entry.time);
  if (!at) return reject(`invalid timestamp: ${textOf(item.timestamp) ?? 'none'}; expected epoch milliseconds`);
  if (item.is_self === true || objectOf(item.message).is_self === true) return drop('the account writes to itself');
  if (native.isUnsided) return reject('neither side is one of ownAccounts: who is the customer is not known');
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
  const display = textOf(person?.name) ?? textOf(person?.username);
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
