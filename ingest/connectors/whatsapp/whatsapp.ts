import { z } from 'zod';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { metaHandshake, metaTrust } from '../../formats/meta.ts';
import { fromEpochSeconds } from '../../formats/time.ts';
import { objectOf, textOf } from '../../formats/value.ts';
import { mapCall } from './call.ts';
import { addWhatsAppCustomer, digitsOf, findWhatsAppContact, type WhatsAppContact } from './contact.ts';
import { addWhatsAppFile, unsaidOf, whatsAppErrors, whatsAppMedia, whatsAppText } from './message.ts';
import { RECEIPTS, splitWhatsApp, type Scene, type WhatsAppNative as Native } from './units.ts';
import type { EventKind } from '../../records.ts';

type EventName = z.infer<typeof EventKind>;

const SESSION_GAP_HOURS = 24;

function map({ nativeKind, native }: Unit<Native>, context: SplitContext): Outcome {
  const { item, metadata, contacts } = native;
  if (nativeKind === 'errors') return drop(`an error of no message: ${whatsAppErrors([item]) ?? 'none given'}`);
  if (nativeKind === 'state_sync') return mapSavedContact(native, context);
  const at = fromEpochSeconds(item.timestamp);
  if (!at) return reject(`invalid timestamp: ${textOf(item.timestamp) ?? 'none'}; expected epoch seconds`);
  const number = textOf(metadata.phone_number_id);
  if (!number) return reject('missing metadata.phone_number_id; expected the business number');
  const [address, userId] = otherSide(native);
  const person = findWhatsAppContact(address, userId, contacts);
  if (!person)
    return reject(
      `invalid contact: ${textOf(address) ?? 'none'}; expected a phone number or a business-scoped user id`,
    );
  const id = textOf(item.id);
  if (!id && !/^(user_|messaging_handovers)/.test(nativeKind)) return reject('missing id');
  const scene = { ...native, facts: new FactList(context, at.getTime()), at, id: id ?? '', number, person };
  if (nativeKind === 'user_id_update') return mapUserIdUpdate(scene);
  return nativeKind.startsWith('calls.') || nativeKind.startsWith('statuses.call.')
    ? mapCall(scene)
    : mapInThread(scene, nativeKind);
}

/** The address and user id under which an item names the person the business talks with. */
function otherSide({ item, metadata, isEcho }: Native): [unknown, unknown] {
  if (item.recipient_id !== undefined || item.recipient_user_id !== undefined)
    return [
      item.recipient_participant_id ?? item.recipient_id,
      item.recipient_participant_user_id ?? item.recipient_user_id,
    ];
  if (item.wa_id !== undefined) return [item.wa_id, item.user_id];
  const isOurs = isEcho || item.direction === 'BUSINESS_INITIATED';
  const isToUs = digitsOf(item.to) !== undefined && digitsOf(item.to) === digitsOf(metadata.display_phone_number);
  return isOurs && !isToUs ? [item.to, item.to_user_id] : [item.from, item.from_user_id];
}

function mapInThread(scene: Scene, nativeKind: string): Outcome {
  const { facts, item, at } = scene;
  const type = textOf(item.type) ?? '';
  if (type === 'system') return mapSystem(scene);
  const unsaid = type === 'unsupported' && unsaidOf(item);
  if (unsaid) return drop(`done to another message, without what and to which: ${unsaid}`);
  const threadId = addThread(scene);
  const handleId = addWhatsAppCustomer(facts, threadId, scene.person, at);
  const event = (kind: EventName, value: string) =>
    facts.event({ threadId, kind, occurredAt: at, value, timePrecision: 'second' });
  if (nativeKind === 'user_preferences') addPreference(scene, threadId);
  else if (nativeKind === 'messaging_handovers')
    event('handed_over', Object.keys(item).find((key) => key.startsWith('control_')) ?? nativeKind);
  else if (type === 'payment') event('status_changed', `payment: ${textOf(item.status)}`);
  else if (nativeKind.startsWith('statuses.')) addReceipt(scene, threadId);
  else if (type === 'reaction') addReaction(scene, threadId);
  else if (type === 'request_welcome') event('triggered', type);
  else if (type === 'edit' || type === 'revoke') {
    const change = objectOf(item[type]);
    const nativeId = textOf(change.original_message_id);
    if (!nativeId) return reject(`missing ${type}.original_message_id`);
    const edited = objectOf(change.message);
    if (type === 'revoke') facts.utterance({ nativeId, threadId, deletedAt: at });
    else
      facts.utterance({ nativeId, threadId, editedAt: at, text: whatsAppText(edited), media: whatsAppMedia(edited) });
  } else addMessage(scene, threadId, handleId);
  return ok(facts.facts);
}

/**
 * A person is known by number, by user id or by both, so each thread is linked to the person's other keys. In a group
 * every person has a thread of their own, linked to the group's: the handles of one thread must be one person's.
 */
function addThread({ facts, item, metadata, number, person }: Scene): string {
  const group = textOf(item.group_id) ?? (item.recipient_type === 'group' ? textOf(item.recipient_id) : undefined);
  const prefix = group ? `${number}:group:${group}` : number;
  const display = digitsOf(metadata.display_phone_number);
  const thread = (nativeId: string) =>
    facts.thread({
      nativeId,
      channel: 'whatsapp',
      account: display ? `+${display}` : number,
      sessionGapHours: SESSION_GAP_HOURS,
    });
  const threadId = thread(`${prefix}:${person.key}`);
  for (const key of person.keys.slice(1))
    facts.link(threadId, facts.threadId(`${prefix}:${key}`), 'same WhatsApp contact');
  if (group) facts.link(threadId, thread(prefix), 'WhatsApp group');
  return threadId;
}

function addMessage(
  { facts, item, at, id, isEcho, isStandby }: Scene,
  threadId: string,
  handleId: string | undefined,
): void {
  const event = (kind: EventName, value: string) =>
    facts.event({ threadId, kind, occurredAt: at, utteranceId: facts.utteranceId(id), value, timePrecision: 'second' });
  const permission = objectOf(objectOf(item.interactive).call_permission_reply);
  if (permission.response !== undefined)
    return void event('status_changed', `call_permission: ${textOf(permission.response)}`);
  const repliedTo = textOf(objectOf(item.context).id);
  facts.utterance({
    nativeId: id,
    threadId,
    role: isEcho ? (isStandby ? 'bot' : 'agent') : 'customer',
    occurredAt: at,
    nativeTime: textOf(item.timestamp),
    timePrecision: 'second',
    isZoneKnown: true,
    text: whatsAppText(item),
    media: whatsAppMedia(item),
    visibility: 'public',
    ...(!isEcho && handleId && { handleId }),
    ...(repliedTo && repliedTo !== id && { replyToId: facts.utteranceId(repliedTo) }),
  });
  addWhatsAppFile(facts, item, { threadId, utteranceId: facts.utteranceId(id), startedAt: at });
  const referral = objectOf(item.referral);
  if (referral.source_type !== undefined)
    event('triggered', [referral.source_type, referral.source_id].map(textOf).join(': '));
  const errors = whatsAppErrors(item.errors);
  if (errors) event('unknown', `not passed on by WhatsApp: ${errors}`);
}

function addReaction({ facts, item, at, id }: Scene, threadId: string): void {
  const { message_id, emoji } = objectOf(item.reaction);
  // A removed reaction comes with an empty emoji or with none.
  const utteranceId = facts.utteranceId(textOf(message_id) ?? id);
  facts.event({
    threadId,
    kind: 'reaction',
    occurredAt: at,
    utteranceId,
    value: textOf(emoji) ?? 'removed',
    nativeId: id,
    timePrecision: 'second',
  });
}

function addReceipt({ facts, item, at, id }: Scene, threadId: string): void {
  const status = textOf(item.status)!;
  // "deleted" asks to erase what was received.
  if (status === 'deleted') return void facts.utterance({ nativeId: id, threadId, deletedAt: at });
  const value = whatsAppErrors(item.errors) ?? status;
  facts.event({
    threadId,
    kind: RECEIPTS[status]!,
    occurredAt: at,
    utteranceId: facts.utteranceId(id),
    value,
    nativeId: status,
    timePrecision: 'second',
  });
}

function addPreference({ facts, item, at }: Scene, threadId: string): void {
  const kind = item.value === 'stop' ? 'opted_out' : 'status_changed';
  const value = [item.category, item.value].map(textOf).join(': ');
  facts.event({ threadId, kind, occurredAt: at, value, timePrecision: 'second' });
}

/** The address book of the business's own app: under which name it has saved a number. */
function mapSavedContact({ item }: Native, context: SplitContext): Outcome {
  const { phone_number, full_name, first_name } = objectOf(item.contact);
  const at = fromEpochSeconds(objectOf(item.metadata).timestamp);
  const [digits, display] = [digitsOf(phone_number), textOf(full_name) ?? textOf(first_name)];
  if (textOf(item.action) === 'remove') return drop('a contact is taken out of the address book of the app');
  if (!at || !digits) return reject('a contact of the app without its number or its time');
  const facts = new FactList(context, at.getTime());
  facts.handle({ type: 'whatsapp_id', value: digits, display });
  facts.handle({ type: 'phone', value: `+${digits}`, display });
  return ok(facts.facts);
}

/** The user id of a person is another one from now on. */
function mapUserIdUpdate(scene: Scene): Outcome {
  const { previous, current } = objectOf(scene.item.user_id);
  const [before, next] = [previous, current].map((userId) => findWhatsAppContact(undefined, userId, []));
  return before && next ? joinContacts(scene, before, next) : reject('a change of user id without both ids');
}

/** A new number or user id: both stand on one profile, and the conversation goes on under the new one. */
function mapSystem(scene: Scene): Outcome {
  const { item, person } = scene;
  const system = objectOf(item.system);
  const next = findWhatsAppContact(system.wa_id ?? system.new_wa_id, system.user_id, []);
  if (!next || !/changed_(number|user_id)/.test(textOf(system.type) ?? ''))
    return drop(`a system note that says nothing of the conversation: ${textOf(system.type) ?? 'no type'}`);
  return joinContacts(scene, person, next);
}

function joinContacts({ facts, at, number }: Scene, before: WhatsAppContact, next: WhatsAppContact): Outcome {
  const handle = ({ waId, userIds }: WhatsAppContact) =>
    waId
      ? facts.handle({ type: 'whatsapp_id', value: waId })
      : facts.handle({ type: 'whatsapp_user_id', value: userIds[0] });
  const [from, to] = [before, next].map(({ key }) => facts.threadId(`${number}:${key}`));
  facts.profile(handle(before), handle(next), 'WhatsApp number change', at);
  facts.link(from!, to!, 'WhatsApp number change');
  return ok(facts.facts);
}

export const whatsapp = defineConnector<Native, Record<string, never>>({
  name: 'whatsapp',
  title: 'WhatsApp Cloud API',
  version: 1,
  channels: ['whatsapp', 'voice'],
  docs: ['https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: metaTrust,
  handshake: metaHandshake,
  threadKey: '(phone_number_id, contact), cut after 24 silent hours; calls by their own id',
  statusLadder: ['sent', 'delivered', 'read'],
  echoRule: 'message_echoes[] are the business’s own words, messages[] the customer’s',
  split: splitWhatsApp,
  map,
});
